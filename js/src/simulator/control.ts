import type { Control } from "../simulation.js";
import { show } from "./checks.js";
import { Desk } from "./desk.js";
import type { Channel } from "./events.js";
import { MAX_LENGTH } from "./numbers.js";
import { Operator } from "./operator.js";
import type { View } from "./view/view.js";
import { Visitor } from "./visitor.js";
import type { Widget } from "./widget.js";

interface Action {
  /** The arguments in words, for the error that wrong ones get. */
  readonly takes: string;
  /** How many arguments there are at most. */
  readonly most: number;
  readonly accepts: (args: unknown[]) => boolean;
  readonly run: (args: unknown[]) => Promise<unknown>;
}

/**
 * Lets someone outside play the two sides of a chat and drive the clock, and hear what the
 * operator's desk hears. Actions of one side are carried out one after another, in the order
 * given, so that nobody has to wait for one before asking for the next; the sides do not wait for
 * each other.
 */
export function createControl(widget: Widget, view: View): Control {
  const { clock } = widget;
  const desk = new Desk(widget);
  const operator = new Operator(widget);
  const visitor = new Visitor(widget, view);
  const sides: Record<string, Record<string, Action>> = {
    operator: {
      status: {
        takes: "one of 0 (offline), 1 (online), 2 (busy)",
        most: 1,
        accepts: ([code]) => code === 0 || code === 1 || code === 2,
        run: ([code]) => operator.status(code as 0 | 1 | 2),
      },
      accept: plain(() => operator.accept()),
      say: text((message) => operator.say(message)),
      end: plain(() => operator.end()),
    },
    visitor: {
      open: plain(() => visitor.open()),
      join: {
        takes: '"chat" or "av", or nothing for "chat"',
        most: 1,
        accepts: ([channel = "chat"]) => channel === "chat" || channel === "av",
        run: ([channel]) => visitor.join(channel as Channel | undefined),
      },
      type: text((message) => visitor.type(message)),
      callBack: {
        takes: `a phone number of 1 to ${MAX_LENGTH} characters, and whether it is pasted`,
        most: 2,
        accepts: ([number, paste = false]) => isNumber(number) && typeof paste === "boolean",
        run: ([number, paste = false]) => visitor.callBack(number as string, paste as boolean),
      },
      minimise: plain(() => visitor.minimise()),
      leave: plain(() => visitor.leave()),
    },
    clock: {
      speed: {
        takes: "a finite number from 0 on",
        most: 1,
        accepts: ([speed]) => isAmount(speed),
        run: async ([speed]) => {
          clock.speed = speed as number;
        },
      },
      step: {
        takes: "a finite number of ms from 0 on, or null (up to what is due next)",
        most: 1,
        accepts: ([ms]) => ms === null || isAmount(ms),
        run: async ([ms]) => {
          if (clock.speed > 0)
            throw new Error("clock.step: the clock runs; set its speed to 0 first");
          clock.step(ms as number | null);
        },
      },
    },
  };
  const last = new Map<string, Promise<unknown>>();

  return {
    async act(side, action, args) {
      const actions = lookup(sides, side, "side");
      const chosen = lookup(actions, action, `${side} action`);
      if (!Array.isArray(args) || args.length > chosen.most || !chosen.accepts(args)) {
        // The arguments themselves stay out of the message: they may be somebody's words.
        throw new Error(`${side}.${action} takes ${chosen.takes}`);
      }
      if (side === "operator") {
        // At once, not in turn: the script must not get in between.
        widget.driveByHand();
      }
      const turn = (last.get(side) ?? Promise.resolve()).then(() => chosen.run(args));
      // One that fails must not keep the next ones from their turn.
      last.set(
        side,
        turn.catch(() => {}),
      );
      return (await turn) ?? null;
    },
    listen: (listener) => desk.listen(listener),
  };
}

function lookup<T>(table: Record<string, T>, name: string, what: string): T {
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found) return found;
  throw new Error(`unknown ${what} ${show(name)}; accepted: ${Object.keys(table).join(", ")}`);
}

function isAmount(value: unknown): boolean {
  return Number.isFinite(value) && (value as number) >= 0;
}

function isNumber(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_LENGTH;
}

function plain(run: () => Promise<void>): Action {
  return { takes: "no arguments", most: 0, accepts: () => true, run };
}

function text(run: (message: string) => Promise<void>): Action {
  return {
    takes: "one non-empty string",
    most: 1,
    accepts: ([message]) => typeof message === "string" && message.trim() !== "",
    run: ([message]) => run(message as string),
  };
}
