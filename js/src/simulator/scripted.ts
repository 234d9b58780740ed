import type { Step } from "./conversation.js";
import { isGoodbye } from "./texts/index.js";
import type { Widget } from "./widget.js";

/** The operator who is there when nobody drives one: accepts, greets, answers, takes leave. */
export class ScriptedOperator {
  readonly #widget: Widget;
  readonly #pending = new Set<() => void>();
  #answered = 0;

  constructor(widget: Widget) {
    this.#widget = widget;
    widget.conversation.steps.subscribe((step) => {
      if (!widget.manual) this.#react(step);
    });
  }

  /** Leaves the chair: nothing that was planned happens any more. */
  leave(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }

  #react(step: Step): void {
    const { conversation, timings } = this.#widget;
    switch (step.kind) {
      case "created":
        this.#answered = 0;
        return this.#later(timings.accept, () => conversation.accept());
      case "started":
        return this.#later(timings.greet, () => this.#say(this.#widget.language.texts.greeting));
      case "said":
        if (step.by === "visitor") this.#later(timings.answer, () => this.#answer(step.text));
        return;
      case "ended":
        return this.leave();
      case "restored":
        return this.#resume();
    }
  }

  /** After a reload: does what was still to be done when the document went. */
  #resume(): void {
    const { conversation } = this.#widget;
    if (conversation.phase === "queued") return this.#react({ kind: "created" });
    const last = conversation.lines.at(-1);
    if (last?.by === "visitor") this.#react({ kind: "said", by: "visitor", text: last.text });
    if (last?.by === "system") this.#react({ kind: "started" });
  }

  #answer(message: string): void {
    const { conversation, language, timings } = this.#widget;
    if (isGoodbye(message)) {
      this.#say(language.texts.farewell);
      this.#later(timings.farewell, () => conversation.end("operator"));
      return;
    }
    const { answers } = language.texts;
    this.#say(answers[this.#answered % answers.length] ?? answers[0]);
    this.#answered += 1;
  }

  #say(text: string): void {
    this.#widget.conversation.say("operator", text);
  }

  #later(ms: number, task: () => void): void {
    const cancel = this.#widget.clock.after(ms, () => {
      this.#pending.delete(cancel);
      task();
    });
    this.#pending.add(cancel);
  }
}
