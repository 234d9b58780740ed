import { element, setText } from "../dom.js";
import { draw, icon } from "../icons.js";
import { fill } from "../texts/index.js";
import type { Widget } from "../widget.js";
import { SHAPES } from "./shapes.js";

const STATUS_WORDS = ["offline", "online", "busy"] as const;

export interface Button {
  readonly element: HTMLButtonElement;
  update(): void;
}

/** The button on the page. Its words are its label, so what is read out is what is seen. */
export function createButton(widget: Widget): Button {
  const { texts } = widget.language;
  const { look, title } = widget.preset;
  const shape = icon(SHAPES.online);
  const status = element("span", { class: "state" });
  const unread = element("span", { part: "unread", role: "img" });
  const tag = element("span", { part: "tag", text: texts.tag });
  const label = element("span", { class: "label", text: title });
  const line = element("span", { class: "line" }, status, tag);
  const button = element(
    "button",
    {
      part: "button",
      type: "button",
      "aria-haspopup": "dialog",
      "data-look": look,
    },
    shape,
    element("span", { class: "words" }, label, line),
    unread,
  );
  button.addEventListener("click", () =>
    widget.open ? widget.closeWindow() : widget.openWindow(),
  );

  return {
    element: button,
    update() {
      const word = STATUS_WORDS[widget.status];
      button.dataset.status = word;
      button.setAttribute("aria-expanded", String(widget.open));
      // The round one does not show its name.
      if (look === "bubble") button.title = title;
      draw(shape, SHAPES[word]);
      setText(status, texts[word]);
      unread.hidden = widget.unread === 0;
      setText(unread, widget.unread === 0 ? "" : String(widget.unread));
      unread.setAttribute("aria-label", fill(texts.unread, String(widget.unread)));
    },
  };
}
