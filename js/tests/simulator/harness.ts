import { afterEach, beforeEach, vi } from "vitest";
import type { OWidgetApi } from "../../src/simulator/api.js";
import { realClock, TIMINGS, type Timings } from "../../src/simulator/clock.js";
import { CONTROL, type Control } from "../../src/simulator/control.js";
import { install, type OWidgetPage, type OWidgetScript } from "../../src/simulator/install.js";
import type { AppEvent } from "../../src/simulator/widget.js";

export const GUID = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e";
export const page = window as unknown as OWidgetPage;

/** Every test starts on an empty page at a standing clock, and sees what is warned about. */
export function freshPage(): { warnings: () => string[] } {
  const warn = { calls: [] as string[] };
  beforeEach(() => {
    vi.useFakeTimers();
    warn.calls = [];
    vi.spyOn(console, "warn").mockImplementation((text: string) => void warn.calls.push(text));
    vi.spyOn(document, "hasFocus").mockReturnValue(true);
    localStorage.clear();
    newDocument();
  });
  afterEach(() => {
    vi.clearAllTimers();
    vi.useRealTimers();
  });
  return { warnings: () => warn.calls };
}

/** What a reload leaves: nothing of the old widget but its storage. */
export function newDocument(): void {
  vi.clearAllTimers();
  document.body.replaceChildren();
  document.documentElement.lang = "en";
  delete page.$owidget;
  delete page[CONTROL];
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

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
  timings: Partial<Timings> = {},
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
  const owidget = install(page, script, realClock, { ...TIMINGS, ...timings });
  const control = page[CONTROL] as Control;
  await pass(TIMINGS.load);

  const root = (): ShadowRoot | null =>
    document.querySelectorAll("[data-owidget-simulator]")[hosts]?.shadowRoot ?? null;
  const maybe = (name: string): HTMLElement | null => {
    const found = root()?.querySelector<HTMLElement>(`[data-part="${name}"]`) ?? null;
    return found?.closest("[hidden]") ? null : found;
  };
  return {
    owidget,
    script,
    events,
    statuses,
    types: () => events.map((event) => event.type),
    act: (side, action, ...args) => control.act(side as "operator", action, args),
    maybe,
    part<T extends HTMLElement>(name: string): T {
      const found = maybe(name);
      if (!found) throw new Error(`there is no ${name} to be seen`);
      return found as T;
    },
    text: () => root()?.textContent ?? "",
  };
}

/** Inserted, initialised and connected. */
export async function connected(...args: unknown[]): Promise<Inserted> {
  const inserted = await insert((owidget) => {
    owidget.init(...(args.length > 0 ? args : [GUID]));
    owidget.connectToServer();
  });
  await pass(TIMINGS.connect);
  return inserted;
}

/** Writes into a field as a keyboard does. */
export function write(field: HTMLElement, text: string): void {
  (field as HTMLInputElement).value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}
