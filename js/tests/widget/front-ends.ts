/** What the tests of whole front ends share: a page, and a model on it from its kernel to its views. */
import { vi } from "vitest";
import type { Traits } from "../../src/widget/model";
import type { Run } from "../../src/wire";
import { ModelDouble } from "./scene";

// What the kernel hands out is bundled text, which only a browser can import: here it is the module.
vi.mock("../../src/widget/page", async (importOriginal) => {
  const hosting = await import("../../src/hosting/index");
  const card = await import("../../src/card/index");
  const parts: { [text: string]: object } = { hosting, card };
  return { ...(await importOriginal<object>()), evaluated: vi.fn(async (text) => parts[text]) };
});
/** What makes a module of a fetched text, for tests in which that goes wrong. */
export const evaluated = vi.mocked((await import("../../src/widget/page")).evaluated);
const { default: widget } = await import("../../src/widget/index");

type Definition = { initialize(props: unknown): void; render(props: unknown): void };
const { initialize, render } = widget as unknown as Definition;

export interface Shown {
  el: HTMLElement;
  close(): void;
}

/** A page that was just opened: nothing on it, nothing fetched, and timers that the test moves. */
export function openPage(): void {
  vi.useFakeTimers();
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("owidget_jupyter.page")];
  sessionStorage.clear();
  document.body.replaceChildren();
}

export class ModelOnPage {
  readonly kernel: ModelDouble;
  readonly #controller = new AbortController();

  constructor(traits: Partial<Traits> = {}) {
    this.kernel = new ModelDouble(traits);
    Object.assign(this.kernel.assets, { hosting: "hosting", card: "card" });
  }

  initialise(): void {
    initialize({ model: this.kernel.model, signal: this.#controller.signal });
  }

  show({ connected = true } = {}): Shown {
    const el = document.createElement("div");
    const view = new AbortController();
    if (connected) document.body.append(el);
    render({ model: this.kernel.model, el, signal: view.signal });
    vi.advanceTimersByTime(50);
    return { el, close: () => view.abort() };
  }

  /** Initialised, shown and granted its first lease. */
  async granted(run: Partial<Run> = {}): Promise<Shown> {
    this.initialise();
    const view = this.show();
    this.kernel.grant(1, run);
    await vi.advanceTimersByTimeAsync(50);
    return view;
  }

  lease(holder: string | null, silent = false, open = holder === null): void {
    this.kernel.say({ kind: "lease", holder, silent, open });
  }

  /** The parts that were asked for. */
  asked(): string[] {
    return this.kernel.sent.flatMap((message) => (message.kind === "asset" ? message.names : []));
  }

  close(): void {
    this.#controller.abort();
  }
}

export const notice = ({ el }: Shown): HTMLElement | null => el.querySelector(".owidget-notice");

export const click = ({ el }: Shown, text: string): void =>
  [...el.querySelectorAll("button")].find((it) => it.textContent === text)?.click();
