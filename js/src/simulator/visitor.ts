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
    await this.#front();
    (await this.#control("join", "start")).click();
  }

  async type(text: string): Promise<void> {
    await this.#front();
    const input = (await this.#control("type", "input")) as HTMLInputElement | HTMLTextAreaElement;
    write(input, text);
    (await this.#control("type", "send")).click();
  }

  /**
   * Asks to be called back: types key by key as a person would, or pastes and submits at once.
   *
   * @returns whether the form took the number; false where it called it invalid.
   */
  async callBack(number: string, paste: boolean): Promise<boolean> {
    const phone = await this.#phone();
    if (paste) {
      write(phone, number);
    } else {
      const { key, pause } = this.#widget.timings;
      const keys = [...number];
      for (let typed = 1; typed <= keys.length; typed += 1) {
        write(phone, keys.slice(0, typed).join(""));
        await this.#at(phone, typed < keys.length ? key : pause);
      }
    }
    const { callBacks } = this.#widget;
    const before = callBacks.length;
    (await this.#control("callBack", "call")).click();
    return callBacks.length > before;
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

  /** The open window, back from the call-back form or its thanks. */
  async #front(): Promise<void> {
    await this.open();
    this.#view.usable("back")?.click();
  }

  /** The phone field, on the way that leads to it from wherever the window is. */
  async #phone(): Promise<HTMLInputElement> {
    const { conversation } = this.#widget;
    await this.#control("callBack", "button");
    if (conversation.running) {
      throw new Error("visitor.callBack: a conversation is under way; it has to end first");
    }
    if (conversation.phase === "ended") {
      // One that is over is put away with its window.
      await this.open();
      await this.minimise();
    }
    await this.open();
    if (!this.#view.usable("phone")) {
      // It may be the last number's thanks that are shown.
      await this.#front();
      (await this.#control("callBack", "callback")).click();
    }
    return (await this.#control("callBack", "phone")) as HTMLInputElement;
  }

  /** Lets time pass at the phone field, which somebody could take away meanwhile. */
  async #at(phone: HTMLInputElement, ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.#widget.clock.after(ms, resolve));
    if (this.#view.usable("phone") !== phone) {
      throw new Error("visitor.callBack: the form went before the number was submitted");
    }
  }

  #control(action: string, part: string): Promise<HTMLElement> {
    return waitFor(this.#widget, `visitor.${action}: no usable "${part}" control`, () =>
      this.#view.usable(part),
    );
  }
}

/** Writes into a field and says so, as it does itself when a person writes. */
function write(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}
