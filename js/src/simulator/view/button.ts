import type { Widget } from "../widget.js";
import { element, type Piece, setText } from "./dom.js";
import { type IconName, icon, setIcon } from "./icons.js";

const LOOKS: readonly IconName[] = ["offline", "online", "busy"];

/** The button in the corner. Its words are its label, so what is read out is what is seen. */
export function createButton(page: Document, widget: Widget, onPress: () => void): Piece {
  const { texts } = widget.language;
  const shape = icon(page, "online");
  const label = element(page, "span", { class: "label" });
  const status = element(page, "span", { class: "state" });
  const unread = element(page, "span", { part: "unread", class: "unread" });
  const tag = element(page, "span", { part: "tag", class: "tag", text: texts.tag });
  const button = element(
    page,
    "button",
    { part: "button", class: "button", attributes: { type: "button", "aria-haspopup": "dialog" } },
    shape,
    element(
      page,
      "span",
      { class: "words" },
      label,
      element(page, "span", { class: "line" }, status, tag),
    ),
    unread,
  );
  button.addEventListener("click", onPress);

  return {
    element: button,
    update() {
      const look = LOOKS[widget.status] as "offline" | "online" | "busy";
      button.dataset.status = look;
      button.setAttribute("aria-expanded", String(widget.open));
      setIcon(shape, look);
      setText(label, widget.preset.title);
      setText(status, texts[look]);
      unread.hidden = widget.unread === 0;
      setText(unread, widget.unread === 0 ? "" : String(widget.unread));
      unread.setAttribute("aria-label", texts.unread(widget.unread));
      unread.setAttribute("role", "img");
    },
  };
}
