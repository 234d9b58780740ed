import { onAbort } from "../abort";
import type { AssetName, Texts } from "../wire";
import { assetText, evaluated, keepAsset } from "./page";

/** Time after which an asset that has not come is asked for again; ms. */
const AGAIN_MS = 3_000;

/** Asks the kernel for the heavy parts of the front end, and hands out what it answers. */
export class Assets {
  readonly #waiting = new Map<AssetName, Set<(text: string) => void>>();

  readonly #wanted = new Set<AssetName>();

  readonly #build: string;
  readonly #ask: (names: AssetName[]) => void;

  /** @param ask - sends the request for some; their texts go to `take`. */
  constructor(build: string, ask: (names: AssetName[]) => void) {
    this.#build = build;
    this.#ask = ask;
  }

  text(name: AssetName, signal: AbortSignal): Promise<string> {
    return assetText(this.#build, name, signal, (...asked) => this.#fetch(...asked));
  }

  /**
   * A part that is a module.
   *
   * @param ahead - others that it is going to need: they come with it, for the first time.
   */
  async module<Module>(
    name: AssetName,
    signal: AbortSignal,
    ahead: AssetName[] = [],
  ): Promise<Module> {
    const [text] = await Promise.all([name, ...ahead].map((each) => this.text(each, signal)));
    return evaluated<Module>(text ?? "");
  }

  /** Takes what the kernel brings unasked, and makes the module that comes first ready. */
  takeAhead(texts: Texts): void {
    this.take(texts);
    // What goes wrong here goes wrong again for whoever needs it, and is said then.
    if (texts.hosting) evaluated(texts.hosting).catch(() => {});
  }

  /** Takes what the kernel answers. */
  take(texts: Texts): void {
    for (const [name, text] of Object.entries(texts) as [AssetName, string][]) {
      for (const resolve of this.#waiting.get(name) ?? []) resolve(text);
      this.#waiting.delete(name);
      keepAsset(this.#build, name, text);
    }
  }

  #fetch(name: AssetName, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const again = setInterval(() => this.#want(name), AGAIN_MS);
      const waiting = this.#waiting.get(name) ?? new Set();
      this.#waiting.set(
        name,
        waiting.add((text) => {
          clearInterval(again);
          resolve(text);
        }),
      );
      onAbort(signal, () => {
        clearInterval(again);
        reject(signal.reason);
      });
      this.#want(name);
    });
  }

  /** What is wanted in one go is asked for in one: each answer of the kernel's has its delay. */
  #want(name: AssetName): void {
    this.#wanted.add(name);
    if (this.#wanted.size > 1) return;
    queueMicrotask(() => {
      const names = [...this.#wanted];
      this.#wanted.clear();
      this.#ask(names);
    });
  }
}
