import { BATCH_MS, type Entry, type Sighting } from "./wire";

/**
 * Numbers what this document load saw, stamps it with the browser's UTC time, and passes it on
 * in batches: at most one every `BATCH_MS`, everything of one tick in the same.
 */
export class Reporter {
  #n = 0;
  #last = 0;
  #waiting: Entry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly post: (entries: Entry[]) => void) {}

  report(sighting: Sighting): void {
    this.#n += 1;
    this.#waiting.push({ n: this.#n, at: Date.now(), ...sighting });
    this.#timer ??= setTimeout(
      () => this.flush(),
      Math.max(0, this.#last + BATCH_MS - performance.now()),
    );
  }

  /** Passes on at once what waits; a document about to go has no later. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    this.#last = performance.now();
    this.post(this.#waiting.splice(0));
  }
}
