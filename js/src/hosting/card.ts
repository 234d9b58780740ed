import { button, h } from "../dom";
import type { Question } from "../widget/situation";
import type { Isolation, Run } from "../wire";
import * as texts from "./texts";

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
      this.show({ said: `card ${reason}`, parts: () => card(run, reason, choose) });
    });
  }
}

/** The choice that the person has to make where no origin of its own can be had. */
function card(run: Run, reason: string, choose: (isolation: Isolation) => void): HTMLElement[] {
  const host = run.script ? new URL(run.script).host : "the simulator";
  const option = (text: string, cost: string, isolation: "opaque" | "none") =>
    h(
      "p",
      { className: "owidget-option" },
      button(text, () => choose(isolation)),
      h("span", {}, cost),
    );
  return [
    h("strong", {}, texts.CARD_TITLE(host)),
    h("p", {}, texts.CARD_TEXT(reason)),
    option(texts.CARD_OPAQUE, texts.CARD_OPAQUE_COST, "opaque"),
    option(texts.CARD_NONE, texts.CARD_NONE_COST, "none"),
  ];
}
