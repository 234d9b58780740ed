import { element, setText } from "../dom.js";
import type { Notice } from "../messages.js";

/** A word to the visitor above a screen, read out when it changes. */
export function createNotice(): HTMLParagraphElement {
  return element("p", { part: "notice", id: "notice", role: "status" });
}

export function showNotice(target: HTMLElement, notice: Notice | null): void {
  setText(target, notice?.text ?? "");
  target.hidden = notice === null;
  if (notice) target.dataset.kind = notice.kind;
}

/** Shows thanks where the control that had the focus is gone: they are what matters now. */
export function thank(target: HTMLElement, text: string, ...more: Node[]): void {
  target.dataset.kind = "thanks";
  target.replaceChildren(text, ...more);
  target.tabIndex = -1;
  if (document.hasFocus()) target.focus();
}
