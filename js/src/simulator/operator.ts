import type { Status } from "./events.js";
import { waitFor } from "./waiting.js";
import type { Widget } from "./widget.js";

/**
 * The operator's chair, for whoever drives it by hand. Nothing waits here for a lost connection to
 * come back, as that may take a step of the clock: what is done meanwhile goes out then.
 */
export class Operator {
  readonly #widget: Widget;
  /** The session that was accepted here, as opposed to by the script. */
  #accepted = "";

  constructor(widget: Widget) {
    this.#widget = widget;
  }

  /** Before connecting: the status the button will appear with. */
  async status(status: Status): Promise<void> {
    this.#widget.setStatus(status);
  }

  /**
   * Takes the next visitor. A conversation that the script took just before it left its chair is
   * taken over: nobody can tell from outside which of the two was quicker.
   */
  async accept(): Promise<void> {
    const { conversation } = this.#widget;
    await waitFor(this.#widget, "operator.accept: no visitor in the queue", () => {
      return conversation.running && conversation.sessionId !== this.#accepted ? true : null;
    });
    this.#accepted = conversation.sessionId;
    this.#widget.whenBack(() => conversation.accept());
  }

  async say(text: string): Promise<void> {
    await this.#running("say");
    this.#widget.whenBack(() => this.#widget.conversation.say("operator", text));
  }

  async end(): Promise<void> {
    await this.#running("end");
    this.#widget.whenBack(() => this.#widget.conversation.end("operator"));
  }

  #running(action: string): Promise<true> {
    const { conversation } = this.#widget;
    return waitFor(this.#widget, `operator.${action}: no session running`, () => {
      const { phase, sessionId } = conversation;
      const accepted = phase === "queued" && sessionId === this.#accepted;
      return phase === "active" || accepted ? true : null;
    });
  }
}
