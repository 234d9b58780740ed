import { usablePart } from "../dom.js";
import type { VisitorAct } from "../messages.js";
import { waitFor } from "../waiting.js";
import type { Chat } from "./chat.js";

/** From key to key, and from the last one to submitting; ms. */
export const KEY_MS = 60;
export const PAUSE_MS = 300;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** A driven visitor's hands on the controls of the window: the very ones a person would use. */
export class VisitorHands {
  readonly #chat: Chat;

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  /** Carries one act out, and tells the page what came of it. */
  async act({ id, action, args }: VisitorAct): Promise<void> {
    let value: unknown = null;
    let error: string | null = null;
    try {
      value = (await this.#run(action, args)) ?? null;
    } catch (thrown) {
      error = (thrown as Error).message;
    }
    this.#chat.send({ kind: "acted", id, value, error });
  }

  #run(action: string, args: readonly unknown[]): Promise<unknown> {
    switch (action) {
      case "join":
        return this.#join(args[0] === "av" ? "video" : "start");
      case "type":
        return this.#type(args[0] as string);
      case "callBack":
        return this.#callBack(args[0] as string, args[1] as boolean);
      case "leave":
        return this.#press("leave", "end");
      default:
        return this.#press(action, "close");
    }
  }

  async #join(way: string): Promise<void> {
    this.#front();
    await this.#press("join", way);
  }

  async #type(text: string): Promise<void> {
    this.#front();
    write((await this.#control("type", "input")) as Field, text);
    await this.#press("type", "send");
  }

  /** Whether the form took the number; false where it called it invalid. */
  async #callBack(number: string, paste: boolean): Promise<boolean> {
    if (!this.#usable("phone")) {
      // It may be the last number's thanks that are shown.
      this.#front();
      await this.#press("callBack", "callback");
    }
    const phone = (await this.#control("callBack", "phone")) as Field;
    if (paste) {
      write(phone, number);
    } else {
      const keys = [...number];
      for (let typed = 1; typed <= keys.length; typed += 1) {
        write(phone, keys.slice(0, typed).join(""));
        await this.#at(phone, typed < keys.length ? KEY_MS : PAUSE_MS);
      }
    }
    const call = await this.#control("callBack", "call");
    const answer = new Promise<string | null>((resolve) => {
      const stop = this.#chat.answers.subscribe((answered) => {
        stop();
        resolve(answered);
      });
    });
    call.click();
    return (await answer) !== null;
  }

  /** Back from the call-back form or its thanks, where that is shown. */
  #front(): void {
    this.#usable("back")?.click();
  }

  /** Lets time pass at the phone field, which somebody could take away meanwhile. */
  async #at(phone: HTMLElement, ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (this.#usable("phone") !== phone) {
      throw new Error("visitor.callBack: the form went before the number was submitted");
    }
  }

  async #press(action: string, part: string): Promise<void> {
    (await this.#control(action, part)).click();
  }

  #control(action: string, part: string): Promise<HTMLElement> {
    return waitFor(this.#chat, `visitor.${action}: no usable "${part}" control`, () =>
      this.#usable(part),
    );
  }

  #usable(part: string): HTMLElement | null {
    return usablePart(this.#chat.root, part);
  }
}

/** Writes into a field and says so, as it does itself when a person writes. */
function write(field: Field, text: string): void {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}
