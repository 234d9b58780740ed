import { show } from "./checks.js";
import { MAX_LENGTH } from "./numbers.js";
import { Operator } from "./operator.js";
import type { ScriptedOperator } from "./scripted.js";
import type { View } from "./view/view.js";
import { Visitor } from "./visitor.js";
import type { Widget } from "./widget.js";

/** Where the control channel hangs on the window: out of the way of names a page might use. */
export const CONTROL = Symbol.for("owidget_jupyter.simulator");

/** Lets someone outside play the two sides of a chat. */
export interface Control {
  /** Resolves to what came of the action, or null where there is nothing to say. */
  act(side: "operator" | "visitor", action: string, args: unknown[]): Promise<unknown>;
}

interface Action {
  /** The arguments in words, for the error that wrong ones get. */
  readonly takes: string;
  readonly accepts: (args: unknown[]) => boolean;
  readonly run: (args: unknown[]) => Promise<unknown>;
}

/**
 * Actions of one side are carried out one after another, in the order given, so that nobody has to
 * wait for one before asking for the next; the two sides do not wait for each other.
 */
export function createControl(widget: Widget, view: View, script: ScriptedOperator): Control {
  const operator = new Operator(widget);
  const visitor = new Visitor(widget, view);
  const sides: Record<string, Record<string, Action>> = {
    operator: {
      status: {
        takes: "one of 0 (offline), 1 (online), 2 (busy)",
        accepts: ([code, ...rest]) => (code === 0 || code === 1 || code === 2) && rest.length === 0,
        run: ([code]) => operator.status(code as 0 | 1 | 2),
      },
      accept: plain(() => operator.accept()),
      say: text((message) => operator.say(message)),
      end: plain(() => operator.end()),
    },
    visitor: {
      open: plain(() => visitor.open()),
      join: plain(() => visitor.join()),
      type: text((message) => visitor.type(message)),
      callBack: {
        takes: `a phone number of 1 to ${MAX_LENGTH} characters, and whether it is pasted`,
        accepts: ([number, paste = false, ...rest]) =>
          isNumber(number) && typeof paste === "boolean" && rest.length === 0,
        run: ([number, paste = false]) => visitor.callBack(number as string, paste as boolean),
      },
      minimise: plain(() => visitor.minimise()),
      leave: plain(() => visitor.leave()),
    },
  };
  const last = new Map<string, Promise<unknown>>();

  return {
    async act(side, action, args) {
      const actions = lookup(sides, side, "side");
      const chosen = lookup(actions, action, `${side} action`);
      if (!Array.isArray(args) || !chosen.accepts(args)) {
        // The arguments themselves stay out of the message: they may be somebody's words.
        throw new Error(`${side}.${action} takes ${chosen.takes}`);
      }
      if (side === "operator") {
        // At once, not in turn: the script must not get in between.
        widget.driveByHand();
        script.leave();
      }
      const turn = (last.get(side) ?? Promise.resolve()).then(() => chosen.run(args));
      // One that fails must not keep the next ones from their turn.
      last.set(
        side,
        turn.catch(() => {}),
      );
      return (await turn) ?? null;
    },
  };
}

function lookup<T>(table: Record<string, T>, name: string, what: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw new Error(`unknown ${what} ${show(name)}; accepted: ${Object.keys(table).join(", ")}`);
}

function isNumber(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_LENGTH;
}

function plain(run: () => Promise<void>): Action {
  return { takes: "no arguments", accepts: (args) => args.length === 0, run };
}

function text(run: (message: string) => Promise<void>): Action {
  return {
    takes: "one non-empty string",
    accepts: ([message, ...rest]) =>
      typeof message === "string" && message.trim() !== "" && rest.length === 0,
    run: ([message]) => run(message as string),
  };
}
