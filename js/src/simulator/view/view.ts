import type { Widget } from "../widget.js";
import { createButton } from "./button.js";
import type { Piece } from "./dom.js";
import { element } from "./dom.js";
import { css } from "./style/index.js";
import { createWindow } from "./window.js";

/** Marks the hosts of all simulators on a page, so that a second one finds its place. */
const HOST = "data-owidget-simulator";

/** Everything to be seen of one widget, in a shadow tree: the page's styles stay out. */
export class View {
  readonly #widget: Widget;
  #host: HTMLElement | null = null;
  #root: ShadowRoot | null = null;
  #button: Piece | null = null;
  #window: Piece | null = null;
  #wasOpen = false;

  constructor(widget: Widget) {
    this.#widget = widget;
    widget.changed.subscribe(() => this.#update());
  }

  /** The control of that name, if a person could use it now. */
  usable(part: string): HTMLElement | null {
    const found = this.#root?.querySelector<HTMLElement>(`[data-part="${part}"]`);
    if (!found || this.#host?.hidden || found.closest("[hidden]")) return null;
    return (found as Partial<HTMLButtonElement>).disabled ? null : found;
  }

  #update(): void {
    if (this.#widget.connection !== "connected") return;
    if (!this.#host) this.#mount();
    const host = this.#host;
    const root = this.#root;
    if (!host || !root) return;

    const focused = root.activeElement;
    const hadFocus = this.#window?.element.contains(focused) ?? false;
    const opened = this.#widget.open && !this.#wasOpen;
    const closed = !this.#widget.open && this.#wasOpen;
    this.#wasOpen = this.#widget.open;

    host.hidden = this.#widget.hidden;
    // A host without a box, and without anything inherited: the page's rules for it find nothing.
    host.style.setProperty("display", this.#widget.hidden ? "none" : "contents", "important");
    host.style.setProperty("--accent", this.#widget.preset.accent);
    this.#button?.update();
    this.#window?.update();

    if (opened || (hadFocus && !closed && this.#lost(focused))) this.#focus(this.#window);
    if (closed && hadFocus) this.#focus(this.#button);
  }

  /** Whether the focus was on something that is gone, or waits on the window for a better place. */
  #lost(focused: Element | null): boolean {
    if (!focused?.isConnected || focused === this.#window?.element) return true;
    return focused.closest("[hidden]") !== null || (focused as HTMLInputElement).disabled === true;
  }

  #focus(piece: Piece | null): void {
    // A chat that somebody drives from elsewhere must not pull the keyboard out of another frame.
    if (!this.#page.hasFocus()) return;
    (piece?.focusTarget?.() ?? piece?.element)?.focus();
  }

  get #page(): Document {
    return this.#widget.page.document;
  }

  #mount(): void {
    const page = this.#page;
    const widget = this.#widget;
    const slot = page.querySelectorAll(`[${HOST}]`).length;
    const host = element(page, "div", {
      attributes: { [HOST]: "", lang: widget.language.shown },
    });
    host.style.setProperty("all", "initial", "important");
    host.style.setProperty("--slot", String(slot));
    const root = host.attachShadow({ mode: "open" });
    this.#button = createButton(page, widget, () =>
      widget.open ? widget.closeWindow() : widget.openWindow(),
    );
    this.#window = createWindow(page, widget, () => widget.closeWindow());
    root.append(element(page, "style", { text: css }), this.#window.element, this.#button.element);
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key !== "Escape" || !widget.open) return;
      // The page's own Escape, a dialog's around this frame say, is not meant.
      event.stopPropagation();
      widget.closeWindow();
    });
    // A script in the head can be quicker than the body.
    (page.body ?? page.documentElement).append(host);
    this.#host = host;
    this.#root = root;
  }
}
