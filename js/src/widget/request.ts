/** First wait for the kernel's answer, doubling up to the second; ms. */
const ANSWER_MS = 3_000;
const ANSWER_MOST_MS = 24_000;
/** What nobody waits for is asked once the page has shown what it has to show; ms. */
const NO_HURRY_MS = 1_000;

/** One thing that is asked of the kernel again and again until it answers. */
export class Request {
  /** Whether it was asked, and an answer is to come. */
  pending = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #late: () => void;

  /** @param late - called each time that no answer came in time. */
  constructor(late: () => void) {
    this.#late = late;
  }

  /**
   * Asks and, less and less often, asks again until `settled`; takes the place of what was asked
   * before.
   *
   * @param hurry - false where it can wait: then in a while, unless it is asked for by then.
   */
  ask(send: () => void, hurry = true): void {
    if (hurry) this.#ask(send);
    else this.#timer ??= setTimeout(() => this.#ask(send), NO_HURRY_MS);
  }

  settled(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.pending = false;
  }

  #ask(send: () => void, wait = ANSWER_MS): void {
    this.settled();
    this.pending = true;
    send();
    this.#timer = setTimeout(() => {
      this.#late();
      this.#ask(send, Math.min(2 * wait, ANSWER_MOST_MS));
    }, wait);
  }
}
