import type { Channel } from "./events.js";
import type { View } from "./view/view.js";
import { waitFor } from "./waiting.js";
import type { Widget } from "./widget.js";

/**
 * The visitor, acting through the very controls a person would use. Actions that need the window
 * open it first when it is closed, again by its button.
 */
export class Visitor {
  readonly #widget: Widget;
  readonly #view: View;

  constructor(widget: Widget, view: View) {
    this.#widget = widget;
    this.#view = view;
  }

  async open(): Promise<void> {
    const button = await this.#button("open");
    if (!this.#widget.open) button.click();
  }

  async join(channel: Channel = "chat"): Promise<void> {
    await this.open();
    await this.#view.act("join", [channel]);
  }

  async type(text: string): Promise<void> {
    await this.open();
    await this.#view.act("type", [text]);
  }

  /**
   * Asks to be called back: types key by key as a person would, or pastes and submits at once.
   *
   * @returns whether the form took the number; false where it called it invalid.
   */
  async callBack(number: string, paste: boolean): Promise<boolean> {
    const { conversation } = this.#widget;
    await this.#button("callBack");
    if (conversation.running) {
      throw new Error("visitor.callBack: a conversation is under way; it has to end first");
    }
    if (conversation.phase === "ended") {
      // One that is over is put away with its window.
      await this.open();
      await this.minimise();
    }
    await this.open();
    return (await this.#view.act("callBack", [number, paste])) as boolean;
  }

  async minimise(): Promise<void> {
    await this.#view.act("minimise");
  }

  /** Ends the conversation, if there is one, and closes the window, if it is open. */
  async leave(): Promise<void> {
    const running = this.#widget.conversation.running;
    if (running) {
      await this.open();
      await this.#view.act("leave");
    }
    if (running || this.#widget.open) await this.minimise();
  }

  #button(action: string): Promise<HTMLElement> {
    return waitFor(
      this.#widget,
      `visitor.${action}: no usable "button" control`,
      () => this.#view.button,
    );
  }
}
