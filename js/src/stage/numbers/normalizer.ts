import type { Answer, NumbersOfStage, Question } from "../../wire";
import { describe } from "../json";
import { Ahead } from "./ahead";
import { askKernel } from "./kernel";
import { type Policy, policyOf } from "./policy";

/** Kinds of fields that a phone number is typed into. */
const FIELDS = new Set(["tel", "text", "number"]);

export interface Desk {
  /** Address of the synchronous number request; null where the isolation has none. */
  readonly url: string | null;
  ask(question: Question): void;
  problem(message: string): void;
}

/** Answers the vendor's synchronous number request by the rules that were set last. */
export class Normalizer {
  #asks = false;
  #policy: Policy | null = null;
  /** Where a function cannot be asked synchronously. */
  #ahead: Ahead | null = null;
  #questions = 0;

  constructor(private readonly desk: Desk) {}

  set(rules: NumbersOfStage): void {
    this.#policy = rules.policy && policyOf(rules.policy);
    this.#asks = rules.asks;
    if (!rules.asks || this.desk.url !== null) {
      this.#ahead = null;
      return;
    }
    // Adding the same listener again changes nothing.
    document.addEventListener("input", this.#onInput, { capture: true });
    this.#ahead = new Ahead(rules.version, (number, submitted) => {
      const id = ++this.#questions;
      this.desk.ask({ id, number, submitted });
      return id;
    });
  }

  heard(answer: Answer): void {
    this.#ahead?.heard(answer);
  }

  /** @returns the number in international format, or null for an invalid one; never throws. */
  answer(given: unknown): string | null {
    try {
      const text = String(given ?? "");
      const answer = this.#asks ? this.#asked(text.trim()) : null;
      // The policy has its own rule of what a space is, which is also Python's.
      return answer?.given ? answer.number : (this.#policy?.(text) ?? null);
    } catch (thrown) {
      this.desk.problem(`null was given: ${describe(thrown)}`);
      return null;
    }
  }

  #asked(number: string): Pick<Answer, "given" | "number"> | null {
    const { url } = this.desk;
    if (url === null) return this.#lookedUp(number);
    try {
      return askKernel(url, number);
    } catch (thrown) {
      this.desk.problem(`${(thrown as Error).message}, so ${this.#stepsIn}`);
      return null;
    }
  }

  #lookedUp(number: string): Answer | null {
    const answer = this.#ahead?.look(number) ?? null;
    if (!answer?.given) {
      const why = answer ? "the function has no answer" : "the function's answer is not there yet";
      this.desk.problem(`${why}, so ${this.#stepsIn}`);
    }
    return answer;
  }

  get #stepsIn(): string {
    return this.#policy ? "the policy answered" : "null was given";
  }

  readonly #onInput = (event: Event): void => {
    // The field itself, also where it is in an open shadow tree.
    const field = event.composedPath()[0];
    if (!(field instanceof HTMLInputElement) || !FIELDS.has(field.type)) return;
    this.#ahead?.typed(field.value.trim());
  };
}
