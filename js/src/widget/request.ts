/** First wait for the kernel's answer, doubling up to the second; ms. */
const ANSWER_MS = 3_000;
const ANSWER_MOST_MS = 24_000;

/** One thing that is asked of the kernel again and again until it answers. */
export class Request {
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #late: () => void;

  /** @param late - called each time that no answer came in time. */
  constructor(late: () => void) {
    this.#late = late;
  }

  get pending(): boolean {
    return this.#timer !== undefined;
  }

  /** Asks now and, less and less often, until `settled`; takes the place of what was asked before. */
  ask(send: () => void, wait = ANSWER_MS): void {
    this.settled();
    send();
    this.#timer = setTimeout(() => {
      this.#late();
      this.ask(send, Math.min(2 * wait, ANSWER_MOST_MS));
    }, wait);
  }

  settled(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
