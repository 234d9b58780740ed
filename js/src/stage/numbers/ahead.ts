import type { Answer } from "../../wire";

/** Most answers that are kept of a kind; the oldest go first. */
const KEPT = 200;
/** Most questions under way: behind more of them the last one, which counts, would wait. */
const UNDER_WAY = 3;
/** Time after which a question counts as lost, with the connection say; ms. */
const LOST_MS = 3_000;
/** What may become a phone number: its characters, and as many digits as the shortest has. */
const PLAUSIBLE = /^\+?(?:[ \t\u00a0\u2007\u2009\u202f().\-/]*\d){4,20}[ ().\-/]*$/;

/**
 * Asks one Python function ahead, while the visitor types, and keeps what it says: nothing that
 * comes over the comm can be waited for in the vendor's synchronous callback.
 */
export class Ahead {
  /** What half numbers were answered must not drive out what was answered to whole ones. */
  readonly #typed = new Map<string, Answer>();
  readonly #entered = new Map<string, Answer>();
  readonly #asked = new Map<number, { number: string; submitted: boolean; at: number }>();
  /** Typed last, while as many as may be were under way. */
  #next: string | null = null;

  /** @param version - which function it is: what an earlier one says is not heeded. */
  constructor(
    private readonly version: number,
    private readonly ask: (number: string, submitted: boolean) => number,
  ) {}

  /** A field of the document holds this now. */
  typed(text: string): void {
    if (PLAUSIBLE.test(text) && !this.#known(text) && !this.#isAsked(text)) this.#want(text);
  }

  heard(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    this.#asked.delete(answer.id);
    if (asked && answer.version === this.version) {
      keep(asked.submitted ? this.#entered : this.#typed, asked.number, answer);
    }
    const next = this.#next;
    this.#next = null;
    if (next !== null) this.typed(next);
  }

  /**
   * What is known of a number that the vendor asks for now. Where that is nothing, or that the
   * function failed, it is asked for real: its failure is told, and the next time has an answer.
   */
  look(number: string): Answer | null {
    const answer = this.#known(number);
    if (answer?.given) keep(this.#entered, number, answer);
    else this.#send(number, true);
    return answer;
  }

  #known(number: string): Answer | null {
    return this.#entered.get(number) ?? this.#typed.get(number) ?? null;
  }

  #isAsked(text: string): boolean {
    return [...this.#asked.values()].some(({ number }) => number === text);
  }

  #want(number: string): void {
    const lost = Date.now() - LOST_MS;
    for (const [id, { at }] of this.#asked) if (at < lost) this.#asked.delete(id);
    if (this.#asked.size < UNDER_WAY) this.#send(number, false);
    else this.#next = number;
  }

  #send(number: string, submitted: boolean): void {
    this.#asked.set(this.ask(number, submitted), { number, submitted, at: Date.now() });
  }
}

function keep(answers: Map<string, Answer>, number: string, answer: Answer): void {
  answers.delete(number);
  answers.set(number, answer);
  for (const oldest of answers.keys()) {
    if (answers.size <= KEPT) break;
    answers.delete(oldest);
  }
}
