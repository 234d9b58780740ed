import { onAbort } from "../abort";
import type { AssetName } from "../wire";
import { assetText, evaluated } from "./page";

/** Time after which an asset that has not come is asked for again; ms. */
const AGAIN_MS = 3_000;

/** Asks the kernel for the heavy parts of the front end, and hands out what it answers. */
export class Assets {
  readonly #waiting = new Map<AssetName, Set<(text: string) => void>>();

  readonly #wanted = new Set<AssetName>();

  readonly #build: string;
  readonly #ask: (names: AssetName[]) => void;

  /** @param ask - sends the request for some; their texts go to `answered`. */
  constructor(build: string, ask: (names: AssetName[]) => void) {
    this.#build = build;
    this.#ask = ask;
  }

  text(name: AssetName, signal: AbortSignal): Promise<string> {
    return assetText(this.#build, name, signal, (...asked) => this.#fetch(...asked));
  }

  /** A part that is a module. */
  async module<Module>(name: AssetName, signal: AbortSignal): Promise<Module> {
    return evaluated<Module>(await this.text(name, signal));
  }

  answered(texts: Partial<Record<AssetName, string>>): void {
    for (const [name, text] of Object.entries(texts) as [AssetName, string][]) {
      for (const resolve of this.#waiting.get(name) ?? []) resolve(text);
      this.#waiting.delete(name);
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
