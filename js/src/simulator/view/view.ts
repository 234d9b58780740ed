import { applyStyle, element, setText, usablePart } from "../dom.js";
import { buttonCss } from "../style/index.js";
import { fill } from "../texts/index.js";
import { waitFor } from "../waiting.js";
import type { Widget } from "../widget.js";
import { arrange, HOST, unfold } from "./arrange.js";
import { type Button, createButton } from "./button.js";
import { createEar, type Ear } from "./ear.js";
import { ChatWindow } from "./window.js";

/**
 * Everything to be seen of one widget: the button in a shadow tree, where the page's styles stay
 * out, and the window in a frame, which the page can find.
 */
export class View {
  readonly #widget: Widget;
  /** What came while the window was closed is read out; the number on the button is not. */
  readonly #said = element("p", { part: "said", role: "status" });
  #host: HTMLElement | null = null;
  #root: ShadowRoot | null = null;
  #button: Button | null = null;
  #ear: Ear | null = null;
  #window: ChatWindow | null = null;
  #wasOpen = false;

  constructor(widget: Widget) {
    this.#widget = widget;
    widget.changed.subscribe(() => this.#update());
  }

  /** The button, if a person could press it now. */
  get button(): HTMLElement | null {
    return this.#root && !this.#host?.hidden ? usablePart(this.#root, "button") : null;
  }

  /** Has the visitor's hands act in the window, as soon as there is one. */
  async act(action: string, args: unknown[] = []): Promise<unknown> {
    const missing = `visitor.${action}: no window was opened`;
    const window = await waitFor(this.#widget, missing, () => this.#window);
    return window.act(action, args);
  }

  #update(): void {
    const { connection, hidden, open, page } = this.#widget;
    if (connection !== "connected") return;
    const host = this.#host ?? this.#mount();
    const opened = open && !this.#wasOpen;
    const hadFocus = this.#window?.hasFocus ?? false;
    const closed = !open && this.#wasOpen;
    this.#wasOpen = open;

    host.hidden = hidden;
    // A host without a box, and without anything inherited: the page's rules for it find nothing.
    host.style.setProperty("display", hidden ? "none" : "contents", "important");
    host.toggleAttribute("data-open", open);
    this.#button?.update();
    this.#announce();
    if (opened) this.#unfold(host);
    this.#window?.update();

    // A chat that somebody drives from elsewhere must not pull the keyboard out of another frame.
    if (!page.document.hasFocus()) return;
    if (opened) this.#window?.focus();
    if (closed && hadFocus) this.#button?.element.focus();
  }

  #announce(): void {
    const { language, preset, unread } = this.#widget;
    const words = fill(language.texts.unread, String(unread));
    setText(this.#said, unread > 0 ? `${preset.title}: ${words}` : "");
  }

  #mount(): HTMLElement {
    const { language, preset } = this.#widget;
    const host = element("div", {
      [HOST]: preset.look === "tab" ? "edge" : "corner",
      lang: language.shown,
    });
    host.style.setProperty("all", "initial", "important");
    host.style.setProperty("--accent", preset.accent);
    const root = host.attachShadow({ mode: "open" });
    applyStyle(root, buttonCss);
    this.#button = createButton(this.#widget);
    this.#ear = createEar();
    root.append(element("slot"), this.#button.element, this.#said, this.#ear.element);
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key !== "Escape" || !this.#widget.open) return;
      // The page's own Escape, a dialog's around this frame say, is not meant.
      event.stopPropagation();
      this.#widget.closeWindow();
    });
    this.#host = host;
    this.#root = root;
    this.#place(host);
    return host;
  }

  /** Nothing that was taken from the page stays away: the window is all there is to see of a chat. */
  #unfold(host: HTMLElement): void {
    const page = this.#widget.page.document;
    if (!host.isConnected) this.#place(host);
    this.#window ??= new ChatWindow(this.#widget, (text) => this.#ear?.hear(text));
    this.#window.place(host);
    unfold(page, host);
  }

  #place(host: HTMLElement): void {
    const page = this.#widget.page.document;
    // A script in the head can be quicker than the body.
    (page.body ?? page.documentElement).append(host);
    arrange(page);
  }
}
