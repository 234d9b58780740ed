import type { Isolation, Run } from "../wire";
import type { Question } from "./situation";

/** Asks the person for an isolation, and remembers per script what was chosen. */
export class Card {
  readonly #choices = new Map<string, Isolation>();

  /** @param show - shows the question, or null once it is answered. */
  constructor(private readonly show: (question: Question | null) => void) {}

  /** Rejects when the signal aborts before the person has chosen. */
  ask(run: Run, reason: string, signal: AbortSignal): Promise<Isolation> {
    const subject = run.script ?? "";
    const chosen = this.#choices.get(subject);
    if (chosen) return Promise.resolve(chosen);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      const choose = (isolation: Isolation) => {
        this.#choices.set(subject, isolation);
        this.show(null);
        resolve(isolation);
      };
      this.show({ run, reason, choose });
    });
  }
}
