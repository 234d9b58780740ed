import { vi } from "vitest";
import { CONTROL, type Control, type News, SIMULATION } from "../../../src/simulation.js";
import type { OWidgetApi } from "../../../src/simulator/api.js";
import type { Side } from "../../../src/simulator/conversation.js";
import { install, type OWidgetScript } from "../../../src/simulator/install.js";
import type { Widget } from "../../../src/simulator/widget.js";
import { GUID, page, pass } from "../page.js";
import { type Changes, play } from "../play.js";

const { widgets } = vi.hoisted(() => ({ widgets: [] as Widget[] }));

/** Nothing to be seen: these tests look at what is the case. */
vi.mock("../../../src/simulator/view/view.js", () => ({
  View: class {
    constructor(widget: Widget) {
      widgets.push(widget);
    }
  },
}));

export interface Engine {
  readonly owidget: OWidgetApi;
  readonly widget: Widget;
  /** What the page heard, in order: types of events, status codes, "connection true". */
  readonly heard: string[];
  readonly news: News[];
  act(side: string, action: string, ...args: unknown[]): Promise<unknown>;
  join(name?: string): void;
  write(text: string): void;
  /** What one of the two has said so far. */
  said(by: Side): string[];
}

/** What happens at the evaluation of the script. */
export function evaluate(script: OWidgetScript | null): OWidgetApi {
  return install(page, script);
}

/** The script as a page inserts it; `use` is the page's `$owidgetOnLoad`. */
export function insert(
  changes: Changes = {},
  use: (owidget: OWidgetApi) => void = () => {},
): Engine {
  page[SIMULATION] = play(changes);
  const heard: string[] = [];
  const news: News[] = [];
  const script = document.createElement("script") as OWidgetScript;
  script.$owidgetOnLoad = (owidget: OWidgetApi) => {
    owidget.setAppEventCallback(({ type }: { type: string }) => heard.push(type));
    owidget.setStatusUpdateCallback((code: number) => heard.push(`status ${code}`));
    owidget.setConnectionUpdateCallback((there: boolean) => heard.push(`connection ${there}`));
    use(owidget);
  };
  const owidget = evaluate(script);
  const widget = widgets.at(-1) as Widget;
  const control = page[CONTROL] as Control;
  control.listen((one) => news.push(one));
  return {
    owidget,
    widget,
    heard,
    news,
    act: (side, action, ...args) => control.act(side, action, args),
    join: (name = "") => widget.conversation.join(name),
    write: (text) => widget.conversation.say("visitor", text),
    said: (side) =>
      widget.conversation.lines.filter(({ by }) => by === side).map(({ text }) => text),
  };
}

/** Initialised and connected, with what was heard of that forgotten. */
export async function connected(changes: Changes = {}, ...args: unknown[]): Promise<Engine> {
  const engine = insert({ connect: 0, ...changes }, (owidget) => {
    owidget.init(...(args.length > 0 ? args : [GUID]));
    owidget.connectToServer();
  });
  await pass(0);
  engine.heard.length = 0;
  return engine;
}
