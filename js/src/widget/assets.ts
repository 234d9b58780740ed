import type { AssetName } from "../wire";

/** Time after which an asset that has not come is asked for again; ms. */
const AGAIN_MS = 3_000;

/** Asks the kernel for the heavy parts of the front end, and hands out what it answers. */
export class Assets {
  readonly #waiting = new Map<AssetName, Set<(text: string) => void>>();

  /** @param ask - sends the request for one; its answer goes to `answered`. */
  constructor(private readonly ask: (name: AssetName) => void) {}

  answered(name: AssetName, text: string): void {
    for (const resolve of this.#waiting.get(name) ?? []) resolve(text);
    this.#waiting.delete(name);
  }

  fetch(name: AssetName, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      const again = setInterval(() => this.ask(name), AGAIN_MS);
      const waiting = this.#waiting.get(name) ?? new Set();
      this.#waiting.set(
        name,
        waiting.add((text) => {
          clearInterval(again);
          resolve(text);
        }),
      );
      signal.addEventListener("abort", () => {
        clearInterval(again);
        reject(signal.reason);
      });
      this.ask(name);
    });
  }
}
