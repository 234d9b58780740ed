import { button, element, setText } from "../dom.js";
import { icon } from "../icons.js";
import type { Screen, Shown } from "../messages.js";
import { createCallBack } from "./call-back.js";
import { createConversation } from "./conversation.js";
import { createDetails } from "./details.js";
import { createEntry } from "./entry.js";
import { createOffline } from "./offline.js";
import type { Builder, Messenger, Piece } from "./piece.js";
import { CLOSE } from "./shapes.js";

const BUILDERS: Record<Screen, Builder> = {
  entry: createEntry,
  offline: createOffline,
  callBack: createCallBack,
  chat: createConversation,
};

/** The window: a header, one of four screens, and what the operator sees. */
export class ChatWindow {
  readonly element: HTMLElement;
  readonly #messenger: Messenger;
  readonly #title: HTMLElement;
  readonly #end: HTMLButtonElement;
  readonly #lost: HTMLElement;
  readonly #body: HTMLElement;
  readonly #details: Piece;
  #screen: Screen | null = null;
  #piece: Piece | null = null;

  constructor(messenger: Messenger, shown: Shown) {
    const { texts } = shown;
    this.#messenger = messenger;
    this.#title = element("h1");
    const tag = element("span", { part: "tag", text: texts.tag });
    const heading = element("div", { class: "heading" }, this.#title, tag);
    this.#end = button("end", "end", "", () => messenger.send({ kind: "end" }));
    const close = button("close", "close", "", () => messenger.send({ kind: "close" }));
    close.title = texts.close;
    close.setAttribute("aria-label", texts.close);
    close.append(icon(CLOSE));
    this.#lost = element("p", { part: "lost", role: "status" });
    this.#body = element("main");
    this.#details = createDetails(messenger, shown);
    this.#details.element.addEventListener("toggle", () => this.#piece?.resized?.());
    const footer = element("footer", {}, this.#details.element);
    if (shown.fallback) footer.prepend(element("p", { part: "fallback", text: shown.fallback }));
    this.element = element(
      "section",
      {
        part: "window",
        role: "dialog",
        "aria-describedby": "notice",
        tabindex: "-1",
      },
      element("header", {}, heading, this.#end, close),
      this.#lost,
      this.#body,
      footer,
    );
  }

  update(shown: Shown): void {
    const { conversation, texts, title } = shown;
    this.element.hidden = !shown.open;
    this.element.setAttribute("aria-label", `${title} (${texts.tag})`);
    setText(this.#title, title);
    this.#end.hidden = conversation.phase !== "queued" && conversation.phase !== "active";
    setText(this.#end, conversation.phase === "queued" ? texts.leaveQueue : texts.end);
    // Filled and emptied, not only shown and hidden: so it is read out.
    setText(this.#lost, shown.connectionLost ? texts.connectionLost : "");
    this.#lost.hidden = !shown.connectionLost;
    this.#details.update(shown);

    const screen = shown.open ? shown.screen : null;
    if (screen !== this.#screen) {
      // Built anew for every opening, so that nothing half-written is left over in it.
      this.#piece = screen ? BUILDERS[screen](this.#messenger, shown) : null;
      this.#screen = screen;
      this.#body.replaceChildren(...(this.#piece ? [this.#piece.element] : []));
      this.#body.scrollTop = 0;
    }
    const { activeElement } = document;
    this.#piece?.update(shown);
    if (screen && document.hasFocus() && this.#lostFocus(activeElement)) this.focus();
  }

  /** Puts the keyboard where it is needed first. */
  focus(): void {
    (this.#piece?.focusTarget?.() ?? this.element).focus();
  }

  /** Whether the focus was on something that is gone, or waits on the window for a better place. */
  #lostFocus(focused: Element | null): boolean {
    if (!focused?.isConnected || focused === this.element) return true;
    if (focused.contains(this.element)) return true;
    return focused.closest("[hidden]") !== null || (focused as HTMLInputElement).disabled === true;
  }
}
