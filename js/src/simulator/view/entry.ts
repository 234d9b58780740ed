import type { Widget } from "../widget.js";
import { callBackButton } from "./call-back.js";
import { element, type Piece, setText } from "./dom.js";

/** What a visitor sees first: a word of welcome, or of patience, and the way into the queue. */
export function createEntry(page: Document, widget: Widget): Piece {
  const { texts } = widget.language;
  const notice = element(page, "p", {
    part: "notice",
    class: "notice",
    attributes: { role: "status" },
  });
  const name = element(page, "input", {
    part: "name",
    attributes: { type: "text", autocomplete: "off", maxlength: "100" },
  });
  const start = element(page, "button", {
    part: "start",
    class: "primary",
    text: texts.start,
    attributes: { type: "submit" },
  });
  const form = element(
    page,
    "form",
    { class: "screen entry" },
    notice,
    element(page, "label", { text: texts.name }, name),
    element(page, "div", { class: "actions" }, start, callBackButton(page, widget)),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    widget.conversation.join(name.value.trim());
  });

  return {
    element: form,
    update() {
      const words = widget.status === 2 ? texts.busyNotice : texts.intro;
      setText(notice, widget.videoRefused ? `${texts.noVideo} ${words}` : words);
      notice.dataset.kind = widget.status === 2 ? "busy" : "online";
    },
    focusTarget: () => name,
  };
}
