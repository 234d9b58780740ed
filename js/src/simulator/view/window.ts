import type { FromChat } from "../messages.js";
import { normalise } from "../numbers.js";
import { POLL_MS, waitFor } from "../waiting.js";
import type { Widget } from "../widget.js";
import { type ChatLine, createFrame } from "./frame.js";
import { shownOf } from "./snapshot.js";

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The page's side of the chat window: a frame from its first opening on, and the line to it. */
export class ChatWindow {
  readonly element: HTMLElement;
  readonly #widget: Widget;
  readonly #hearTyped: (text: string) => void;
  readonly #pending = new Map<number, Pending>();
  #line: ChatLine | null = null;
  /** What had the keyboard that is to come into the window as soon as it is loaded. */
  #awaited: Element | null = null;
  #acts = 0;

  /** @param hearTyped - told what the call-back form's field holds, with every key. */
  constructor(widget: Widget, hearTyped: (text: string) => void) {
    this.#widget = widget;
    this.#hearTyped = hearTyped;
    this.element = createFrame(widget.page.document, widget.nonce, (line) => this.#begin(line));
  }

  /** Puts it there if it is not there any more, which loads it anew. */
  place(host: HTMLElement): void {
    if (host.contains(this.element)) return;
    this.#line = null;
    host.append(this.element);
  }

  update(): void {
    const { language, preset } = this.#widget;
    this.element.title = `${preset.title} (${language.texts.tag})`;
    this.element.hidden = !this.#widget.open;
    this.#line?.postMessage({ kind: "show", shown: shownOf(this.#widget) });
  }

  /** Whether the keyboard is in the window. */
  get hasFocus(): boolean {
    return this.element.contains(this.#widget.page.document.activeElement);
  }

  /**
   * Takes the keyboard into the window once that is loaded: Chromium can drop the focus of a frame
   * that loads, and then neither frame nor page has it.
   */
  focus(): void {
    const line = this.#line;
    this.#awaited = line ? null : this.#widget.page.document.activeElement;
    if (!line) return;
    this.element.focus();
    line.postMessage({ kind: "focus" });
  }

  /** Has the visitor's hands in the frame act; resolves to what came of it. */
  async act(action: string, args: unknown[]): Promise<unknown> {
    const line = await waitFor(
      this.#widget,
      `visitor.${action}: the chat window was not loaded`,
      () => (this.element.isConnected ? this.#line : null),
    );
    this.#acts += 1;
    const id = this.#acts;
    const answer = new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    line.postMessage({ kind: "act", id, action, args });
    // Nobody tells of a frame that is gone.
    const watching = setInterval(() => {
      if (!this.element.isConnected) this.#giveUp();
    }, POLL_MS);
    return answer.finally(() => clearInterval(watching));
  }

  /** Each document that the frame loads gets a line of its own; whatever was there is gone. */
  #begin(line: ChatLine): void {
    this.#giveUp();
    this.#line = line;
    line.onmessage = ({ data }) => {
      if (line === this.#line) this.#hear(data);
    };
    // For whoever waits for the line, too.
    this.#widget.changed.emit();
    const { open, page } = this.#widget;
    const { activeElement, body } = page.document;
    // A keyboard that moved on is left alone, but not one whose place is gone.
    const awaited = this.#awaited && (activeElement === this.#awaited || activeElement === body);
    this.#awaited = null;
    if (open && page.document.hasFocus() && (this.hasFocus || awaited)) this.focus();
  }

  #giveUp(): void {
    for (const { reject } of this.#pending.values()) {
      reject(new Error("visitor: the chat window was taken away or loaded anew meanwhile"));
    }
    this.#pending.clear();
  }

  #hear(message: FromChat): void {
    const widget = this.#widget;
    const { conversation } = widget;
    switch (message.kind) {
      case "close":
        return widget.closeWindow();
      case "join":
        return conversation.join(message.name, message.channel);
      case "again":
        return conversation.join(conversation.name, conversation.channel);
      case "say":
        return conversation.say("visitor", message.text);
      case "end":
        return conversation.end("visitor");
      case "callBack":
        return widget.showCallBack(message.shown);
      case "typed":
        return this.#hearTyped(message.text);
      case "number":
        return this.#judge(message.id, message.number);
      case "acted": {
        const pending = this.#pending.get(message.id);
        this.#pending.delete(message.id);
        if (message.error === null) pending?.resolve(message.value);
        else pending?.reject(new Error(message.error));
      }
    }
  }

  #judge(id: number, typed: string): void {
    const line = this.#line;
    const number = normalise(this.#widget.callbacks.number, typed);
    if (number !== null) this.#widget.requestCallBack(number);
    line?.postMessage({ kind: "answer", id, number });
  }
}
