import { button, element } from "../dom.js";
import { callBackButtons } from "./call-back.js";
import { createNotice, showNotice, thank } from "./notice.js";
import type { Builder } from "./piece.js";

/** Nobody is there: a form that takes a message, thanks, and forgets it. */
export const createOffline: Builder = (messenger, shown) => {
  const { texts } = shown;
  const notice = createNotice();
  const message = element("textarea", { part: "input", rows: "3", maxlength: "2000" });
  const label = element("label", { text: texts.offlineMessage }, message);
  const send = button("primary", "send", texts.send);
  const actions = element("div", { class: "actions" }, send, ...callBackButtons(messenger, shown));
  const form = element("form", { class: "screen" }, notice, label, actions);
  const refresh = (): void => {
    send.disabled = message.value.trim() === "";
  };
  message.addEventListener("input", refresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (message.value.trim() === "") return;
    message.value = "";
    label.hidden = true;
    send.hidden = true;
    thank(notice, texts.thanks);
  });
  showNotice(notice, shown.notice);

  return {
    element: form,
    update: refresh,
    focusTarget: () => (label.hidden ? notice : message),
  };
};
