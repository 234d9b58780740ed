import { BATCH_ENTRIES, type Entry, type Sighting } from "./wire";

/**
 * Numbers what this document load saw, stamps it with the browser's UTC time, and passes it on:
 * everything that was seen in one go together, at the end of it, or once it fills a batch: the page
 * sends one while more is still seen here. Pacing what goes to the kernel is the outbox's affair;
 * waiting here would only make the page learn later.
 */
export class Reporter {
  #n = 0;
  #waiting: Entry[] = [];

  constructor(private readonly post: (entries: Entry[]) => void) {}

  report(sighting: Sighting): void {
    this.#n += 1;
    this.#waiting.push({ n: this.#n, at: Date.now(), ...sighting });
    if (this.#waiting.length === 1) queueMicrotask(() => this.flush());
    if (this.#waiting.length === BATCH_ENTRIES) this.flush();
  }

  /** Passes on at once what waits; a document about to go has no later. */
  flush(): void {
    if (this.#waiting.length > 0) this.post(this.#waiting.splice(0));
  }
}
