import { onTestFinished, vi } from "vitest";
import { CONTROL, type Control, SIMULATION } from "../../src/simulation.js";
import type { OWidgetApi } from "../../src/simulator/api.js";
import type { AppEvent } from "../../src/simulator/events.js";
import { install, type OWidgetScript } from "../../src/simulator/install.js";
import { FRAME } from "./joined.js";
import { GUID, page, pass } from "./page.js";
import { type Changes, PACE, play } from "./play.js";

// The frame's own document is seen in Chromium only.
vi.mock("../../src/simulator/view/frame.js", async () => ({
  createFrame: (await import("./joined.js")).joinedFrame,
}));

export { freshPage, GUID, newDocument, page, pass } from "./page.js";

export interface Inserted {
  readonly owidget: OWidgetApi;
  readonly script: OWidgetScript;
  readonly events: AppEvent[];
  readonly statuses: number[];
  types(): string[];
  act(side: string, action: string, ...args: unknown[]): Promise<unknown>;
  part<T extends HTMLElement = HTMLElement>(name: string): T;
  maybe(name: string): HTMLElement | null;
  text(): string;
}

/** The script as a page inserts it: `use` is the page's `$owidgetOnLoad`. */
export async function insert(
  use: (owidget: OWidgetApi) => void = () => {},
  changes: Changes = {},
): Promise<Inserted> {
  const events: AppEvent[] = [];
  const statuses: number[] = [];
  const script = document.createElement("script") as OWidgetScript;
  script.$owidgetOnLoad = (owidget: OWidgetApi) => {
    owidget.setAppEventCallback((event: AppEvent) => events.push(event));
    owidget.setStatusUpdateCallback((code: number) => statuses.push(code));
    use(owidget);
  };
  const hosts = document.querySelectorAll("[data-owidget-simulator]").length;
  const { scenario, speed } = play(changes);
  page[SIMULATION] = { scenario, speed };
  const owidget = install(page, script);
  const control = page[CONTROL] as Control;
  await pass(scenario.load);

  const root = (): ShadowRoot | null =>
    document.querySelectorAll("[data-owidget-simulator]")[hosts]?.shadowRoot ?? null;
  const maybe = (name: string): HTMLElement | null => {
    const part = `[data-part="${name}"]`;
    const places = [root(), root()?.host.querySelector(FRAME)];
    const found = places.flatMap((place) => place?.querySelector<HTMLElement>(part) ?? [])[0];
    return !found || found.closest("[hidden]") ? null : found;
  };
  return {
    owidget,
    script,
    events,
    statuses,
    types: () => events.map((event) => event.type),
    act: (side, action, ...args) => control.act(side, action, args),
    maybe,
    part<T extends HTMLElement>(name: string): T {
      const found = maybe(name);
      if (!found) throw new Error(`there is no ${name} to be seen`);
      return found as T;
    },
    text: () => `${root()?.textContent ?? ""}${root()?.host.textContent ?? ""}`,
  };
}

/** Inserted, initialised and connected. */
export async function connected(...args: unknown[]): Promise<Inserted> {
  const inserted = await insert((owidget) => {
    owidget.init(...(args.length > 0 ? args : [GUID]));
    owidget.connectToServer();
  });
  await pass(PACE.connect);
  return inserted;
}

/** Writes into a field as a keyboard does. */
export function write(field: HTMLElement, text: string): void {
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}

/** The part that has the keyboard, in the window or among the buttons. */
export function focusedPart(): string | undefined {
  const { activeElement } = document;
  const focused = activeElement?.shadowRoot?.activeElement ?? activeElement;
  return (focused as HTMLElement | null)?.dataset.part;
}

/** What the page hears of the typing in the call-back form, until the end of the test. */
export function hearTyped(): string[] {
  const heard: string[] = [];
  const listen = (event: Event): void => {
    const field = event.composedPath()[0] as HTMLInputElement;
    if (field.dataset.part === "typed") heard.push(field.value);
  };
  document.addEventListener("input", listen);
  onTestFinished(() => document.removeEventListener("input", listen));
  return heard;
}
