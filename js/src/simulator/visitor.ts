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
    const button = await this.#control("open", "button");
    if (!this.#widget.open) button.click();
  }

  async join(): Promise<void> {
    await this.open();
    (await this.#control("join", "start")).click();
  }

  async type(text: string): Promise<void> {
    await this.open();
    const input = (await this.#control("type", "input")) as HTMLInputElement | HTMLTextAreaElement;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    (await this.#control("type", "send")).click();
  }

  async minimise(): Promise<void> {
    (await this.#control("minimise", "close")).click();
  }

  /** Ends the conversation, if there is one, and closes the window, if it is open. */
  async leave(): Promise<void> {
    const running = this.#widget.conversation.running;
    if (running) {
      await this.open();
      (await this.#control("leave", "end")).click();
    }
    if (running || this.#widget.open) await this.minimise();
  }

  #control(action: string, part: string): Promise<HTMLElement> {
    return waitFor(this.#widget, `visitor.${action}: no usable "${part}" control`, () =>
      this.#view.usable(part),
    );
  }
}
