import { afterEach, beforeEach, vi } from "vitest";
import { CONTROL, SIMULATION } from "../../src/simulation.js";
import type { OWidgetPage } from "../../src/simulator/install.js";

export const GUID = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e";
export const page = window as unknown as OWidgetPage;
/** Where the widgets of one page keep what they have in common. */
const SHARED = Symbol.for("owidget_jupyter.simulator.page");

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
  delete page[SIMULATION];
  delete (page as { [SHARED]?: unknown })[SHARED];
}

export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}
