import { h } from "../dom";
import type { Display, Words } from "../widget/situation";

/** How long a status stands before it is said: what changes by the second is said once a second; ms. */
const STANDS_MS = 1_000;
/** Out of sight, and there for whoever listens. */
const UNSEEN =
  "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";

/**
 * Says what the views show to people who do not see it: a status once it stands, a failure at
 * once, each of them once, however many views there are. Its regions are in the first view on
 * the page, and there before anything is written to them: else nobody would be told.
 */
export class Voice {
  readonly #status = h("div", { role: "status" });
  readonly #alarm = h("div", { role: "alert" });
  #told: Words = { status: "", alarm: "" };
  #words: Words = this.#told;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    for (const region of [this.#status, this.#alarm]) region.style.cssText = UNSEEN;
  }

  /** @param displays - the views that are on the page. */
  hear([display]: Display[]): void {
    if (!display) return;
    if (this.#status.parentElement !== display.root) this.#moveTo(display.root);
    this.#words = { ...display.words };
    if (this.#words.alarm !== this.#told.alarm) this.#raise(this.#words.alarm);
    if (this.#words.status !== this.#told.status) {
      this.#timer ??= setTimeout(() => this.#say(this.#words.status), STANDS_MS);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#status.remove();
    this.#alarm.remove();
  }

  /** Emptied first: a region that comes with its text says it again. */
  #moveTo(root: HTMLElement): void {
    this.#status.textContent = "";
    this.#alarm.textContent = "";
    root.append(this.#status, this.#alarm);
  }

  #raise(alarm: string): void {
    this.#told.alarm = alarm;
    this.#alarm.textContent = alarm;
  }

  #say(status: string): void {
    this.#timer = undefined;
    if (status === this.#told.status) return;
    this.#told.status = status;
    this.#status.textContent = status;
  }
}
