import type { Scenario } from "../simulation.js";
import type { Step } from "./conversation.js";
import { isGoodbye } from "./texts/index.js";
import type { Widget } from "./widget.js";
import { mentions, wordsIn } from "./words.js";

/** Something to be typed: from when on, and what, found when the typing begins. */
interface Task {
  readonly at: number;
  readonly words: () => string;
  /** Called when it is about to be said. */
  readonly done: () => void;
}

/**
 * The operator who is there when nobody drives one: accepts once nobody is before the visitor,
 * greets, answers, says what the scenario has for later, takes leave. Types one line at a time.
 * What falls due while the connection is lost is done when it is back.
 */
export class ScriptedOperator {
  readonly #widget: Widget;
  readonly #part: Scenario["operator"];
  readonly #pending = new Set<() => void>();
  #tasks: Task[] = [];
  #atWork = false;
  #waited = false;

  constructor(widget: Widget, scenario: Scenario) {
    this.#widget = widget;
    this.#part = scenario.operator;
    widget.delivered.subscribe((step) => {
      if (!widget.manual) this.#react(step);
    });
    widget.changed.subscribe(() => {
      if (widget.manual) this.#leave();
      else if (widget.ahead === 0) this.#call();
    });
  }

  /** Leaves the chair: nothing that was planned happens any more. */
  #leave(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
    this.#tasks = [];
    this.#atWork = false;
    this.#waited = false;
    this.#widget.setTyping(false);
  }

  #react(step: Step): void {
    switch (step.kind) {
      case "created":
        this.#leave();
        this.#waited = true;
        return this.#call();
      case "started":
        return this.#attend();
      case "said":
        if (step.by === "visitor") this.#hear(step.text);
        return;
      case "ended":
        return this.#leave();
      case "restored":
        return this.#resume();
    }
  }

  /** After a reload: does what was still to be done when the document went. */
  #resume(): void {
    const { conversation, progress } = this.#widget;
    if (conversation.phase === "queued") {
      this.#waited = true;
      return this.#call();
    }
    this.#attend();
    const heard = this.#heard();
    const upTo = heard.length - conversation.unsent;
    for (const text of heard.slice(progress.answered, upTo)) this.#hear(text);
    const last = heard.at(-1);
    if (last && progress.answered === heard.length) this.#hangUpAfter(last);
  }

  /** Calls in the visitor who waits, if it is their turn. */
  #call(): void {
    if (!this.#waited || this.#widget.ahead > 0 || !this.#part.comes) return;
    this.#waited = false;
    this.#later(this.#part.accept, () => this.#widget.conversation.accept());
  }

  /** Greets, and plans what comes so long after joining. */
  #attend(): void {
    const { clock, conversation, language, progress } = this.#widget;
    const greeting = wordsIn(language, this.#part.greeting ?? language.texts.greeting);
    if (!progress.greeted) {
      const greeted = (): void => {
        progress.greeted = true;
      };
      this.#plan({ at: clock.now(), words: () => greeting, done: greeted });
    }
    const elapsed = clock.now() - progress.joined;
    const { leave, says } = this.#part;
    const done = (): void => {
      progress.said += 1;
    };
    const inOrder = [...says].sort((one, other) => one.after - other.after);
    for (const { after, say } of inOrder.slice(progress.said)) {
      const words = (): string => wordsIn(language, say);
      this.#later(Math.max(0, after - elapsed), () => this.#plan({ at: clock.now(), words, done }));
    }
    if (leave !== null) {
      this.#later(Math.max(0, leave - elapsed), () => conversation.end("operator"));
    }
  }

  #hear(message: string): void {
    const { clock, progress } = this.#widget;
    const done = (): void => {
      progress.answered += 1;
      this.#hangUpAfter(message);
    };
    const words = (): string => this.#replyTo(message) ?? this.#answer();
    this.#plan({ at: clock.now() + this.#part.think, words, done });
  }

  /** What there is to say to this very message. */
  #replyTo(message: string): string | null {
    const { language } = this.#widget;
    const reply = this.#part.replies.find(({ to }) => mentions(message, to));
    if (reply) return wordsIn(language, reply.say);
    return this.#isLast(message) ? language.texts.farewell : null;
  }

  /** The answer whose turn it is, by what was answered so before. */
  #answer(): string {
    const { language, progress } = this.#widget;
    const answers = this.#part.answers.length > 0 ? this.#part.answers : language.texts.answers;
    const done = this.#heard().slice(0, progress.answered);
    const turn = done.filter((message) => this.#replyTo(message) === null).length;
    return wordsIn(language, answers[turn % answers.length] ?? "");
  }

  /** All that the visitor wrote. */
  #heard(): string[] {
    const { lines } = this.#widget.conversation;
    return lines.filter(({ by }) => by === "visitor").map(({ text }) => text);
  }

  #isLast(message: string): boolean {
    return this.#part.leaveOnGoodbye && isGoodbye(message);
  }

  /** Gives a visitor who has taken leave a moment to read what was said to that. */
  #hangUpAfter(message: string): void {
    const { conversation } = this.#widget;
    if (this.#isLast(message)) this.#later(this.#part.think, () => conversation.end("operator"));
  }

  #plan(task: Task): void {
    this.#tasks.push(task);
    if (!this.#atWork) this.#work();
  }

  /** Types what is next. */
  #work(): void {
    const { clock, conversation } = this.#widget;
    const task = this.#tasks.shift();
    this.#atWork = task !== undefined;
    if (!task) return;
    this.#later(Math.max(0, task.at - clock.now()), () => {
      const text = task.words();
      const say = (): void => {
        task.done();
        if (text) conversation.say("operator", text);
        this.#work();
      };
      if (!text) return say();
      this.#widget.setTyping(true);
      this.#later(this.#part.type, () => {
        this.#widget.setTyping(false);
        say();
      });
    });
  }

  #later(ms: number, task: () => void): void {
    const { clock } = this.#widget;
    let cancelled = false;
    const uncount = clock.after(ms, () =>
      this.#widget.whenBack(() => {
        if (cancelled) return;
        this.#pending.delete(cancel);
        task();
      }),
    );
    const cancel = (): void => {
      cancelled = true;
      uncount();
    };
    this.#pending.add(cancel);
  }
}
