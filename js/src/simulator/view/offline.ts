import type { Widget } from "../widget.js";
import { callBackButton } from "./call-back.js";
import { element, type Piece } from "./dom.js";

/** Nobody is there: a form that takes a message, thanks, and forgets it. */
export function createOffline(page: Document, widget: Widget): Piece {
  const { texts } = widget.language;
  const notice = element(page, "p", {
    part: "notice",
    class: "notice",
    text: texts.offlineNotice,
    attributes: { role: "status", "data-kind": "offline" },
  });
  const message = element(page, "textarea", {
    part: "input",
    attributes: { rows: "3", maxlength: "2000" },
  });
  const label = element(page, "label", { text: texts.offlineMessage }, message);
  const send = element(page, "button", {
    part: "send",
    class: "primary",
    text: texts.send,
    attributes: { type: "submit" },
  });
  const form = element(
    page,
    "form",
    { class: "screen" },
    notice,
    label,
    element(page, "div", { class: "actions" }, send, callBackButton(page, widget)),
  );
  const update = (): void => {
    send.disabled = message.value.trim() === "";
  };
  message.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (message.value.trim() === "") return;
    message.value = "";
    label.hidden = true;
    send.hidden = true;
    notice.textContent = texts.thanks;
    notice.dataset.kind = "thanks";
    // The control that had the focus is gone; the thanks are what matters now.
    notice.tabIndex = -1;
    if (page.hasFocus()) notice.focus();
  });

  return {
    element: form,
    update,
    focusTarget: () => (label.hidden ? notice : message),
  };
}
