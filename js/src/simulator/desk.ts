import type { News, Waiting } from "../simulation.js";
import type { Widget } from "./widget.js";

/** How many messages are kept for a listener who is not there yet. */
const KEPT_MESSAGES = 100;

/** What the operator's desk sees: who waits, and what the visitor writes, once it has come through. */
export class Desk {
  readonly #widget: Widget;
  readonly #listeners: ((news: News) => void)[] = [];
  /** News for the first listener: the latest messages, and the queue as it last was. */
  #kept: News[] = [];
  #queue = "[]";

  constructor(widget: Widget) {
    this.#widget = widget;
    widget.changed.subscribe(() => this.#look());
    widget.delivered.subscribe((step) => {
      this.#look();
      if (step.kind === "said" && step.by === "visitor") {
        this.#tell({ kind: "message", text: step.text });
      }
    });
  }

  listen(listener: (news: News) => void): void {
    this.#listeners.push(listener);
    for (const news of this.#kept.splice(0)) listener(news);
  }

  #look(): void {
    if (this.#widget.connectionLost) return;
    const waiting = waitingIn(this.#widget);
    const queue = JSON.stringify(waiting);
    if (queue === this.#queue) return;
    this.#queue = queue;
    this.#tell({ kind: "queue", waiting });
  }

  #tell(news: News): void {
    for (const listener of this.#listeners) listener(news);
    if (this.#listeners.length > 0) return;
    if (news.kind === "queue") this.#kept = this.#kept.filter(({ kind }) => kind !== "queue");
    this.#kept.push(news);
    const messages = this.#kept.filter(({ kind }) => kind === "message");
    if (messages.length > KEPT_MESSAGES)
      this.#kept = this.#kept.filter((one) => one !== messages[0]);
  }
}

function waitingIn({ conversation, customData, position, visitorName }: Widget): Waiting[] {
  // What the other side has not heard of does not wait there.
  if (position === null || !conversation.announced) return [];
  return [
    {
      session: conversation.sessionId,
      name: visitorName,
      position,
      since: conversation.since,
      data: Object.fromEntries(customData),
    },
  ];
}
