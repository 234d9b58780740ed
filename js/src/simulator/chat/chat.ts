import type { FromChat, Port, Shown, ToChat } from "../messages.js";
import { Signal } from "../signal.js";
import { VisitorHands } from "./hands.js";
import type { Messenger } from "./piece.js";
import { ChatWindow } from "./window.js";

/**
 * All that runs in the frame of the chat window: it shows what the page says, and tells the page
 * what the visitor does. It knows nothing by itself, so that it can be loaded anew at any time.
 */
export class Chat implements Messenger {
  /** After everything that was shown. */
  readonly changed = new Signal<void>();
  /** What became of a number that was asked for. */
  readonly answers = new Signal<string | null>();
  readonly #html: HTMLElement;
  readonly #line: Port<FromChat, ToChat>;
  readonly #hands: VisitorHands;
  readonly #questions = new Map<number, (number: string | null) => void>();
  #window: ChatWindow | null = null;
  #asked = 0;

  /**
   * @param html - gets the language and the accent.
   * @param root - gets the window.
   */
  constructor(
    html: HTMLElement,
    readonly root: HTMLElement,
    line: Port<FromChat, ToChat>,
  ) {
    this.#html = html;
    this.#line = line;
    this.#hands = new VisitorHands(this);
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.send({ kind: "close" });
    });
    line.onmessage = ({ data }) => this.#hear(data);
  }

  send(message: FromChat): void {
    this.#line.postMessage(message);
  }

  ask(number: string, heard: (number: string | null) => void): void {
    this.#asked += 1;
    this.#questions.set(this.#asked, heard);
    this.send({ kind: "number", id: this.#asked, number });
  }

  #hear(message: ToChat): void {
    switch (message.kind) {
      case "show":
        this.#show(message.shown);
        return this.changed.emit();
      case "focus":
        return this.#window?.focus();
      case "answer": {
        const heard = this.#questions.get(message.id);
        this.#questions.delete(message.id);
        heard?.(message.number);
        return this.answers.emit(message.number);
      }
      case "act":
        return void this.#hands.act(message);
    }
  }

  #show(shown: Shown): void {
    this.#html.lang = shown.lang;
    this.#html.style.setProperty("--accent", shown.accent);
    if (!this.#window) {
      this.#window = new ChatWindow(this, shown);
      this.root.append(this.#window.element);
    }
    this.#window.update(shown);
  }
}
