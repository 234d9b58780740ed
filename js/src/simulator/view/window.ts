import type { Widget } from "../widget.js";
import { createCallBack } from "./call-back.js";
import { createChat } from "./chat.js";
import { createDetails } from "./details.js";
import { element, type Piece, setText } from "./dom.js";
import { createEntry } from "./entry.js";
import { icon } from "./icons.js";
import { createOffline } from "./offline.js";

type Screen = "entry" | "offline" | "callBack" | "chat";

/** The chat window: a header, one of four screens, and what the operator sees. */
export function createWindow(page: Document, widget: Widget, onClose: () => void): Piece {
  const { conversation, language } = widget;
  const { texts } = language;
  const title = element(page, "h2");
  const end = element(page, "button", {
    part: "end",
    class: "end",
    attributes: { type: "button" },
  });
  const close = element(
    page,
    "button",
    {
      part: "close",
      class: "close",
      attributes: { type: "button", "aria-label": texts.close, title: texts.close },
    },
    icon(page, "close"),
  );
  const header = element(
    page,
    "header",
    {},
    element(
      page,
      "div",
      { class: "heading" },
      title,
      element(page, "span", { part: "tag", class: "tag", text: texts.tag }),
    ),
    end,
    close,
  );
  const body = element(page, "div", { class: "body" });
  const details = createDetails(page, widget);
  const footer = element(page, "footer", {}, details.element);
  if (language.fallback) {
    footer.prepend(
      element(page, "p", { part: "fallback", text: `${language.tag}: no texts, English shown` }),
    );
  }
  const dialog = element(
    page,
    "section",
    { part: "window", class: "window", attributes: { role: "dialog", tabindex: "-1" } },
    header,
    body,
    footer,
  );
  end.addEventListener("click", () => conversation.end("visitor"));
  close.addEventListener("click", onClose);
  details.element.addEventListener("toggle", () => piece?.resized?.());

  let shown: Screen | null = null;
  let piece: Piece | null = null;

  return {
    element: dialog,
    update() {
      dialog.hidden = !widget.open;
      dialog.setAttribute("aria-label", `${widget.preset.title} (${texts.tag})`);
      setText(title, widget.preset.title);
      end.hidden = !conversation.running;
      setText(end, conversation.phase === "queued" ? texts.leaveQueue : texts.end);
      details.update();

      const screen = widget.open ? screenOf(widget) : null;
      if (screen !== shown) {
        // Built anew for every opening, so that nothing half-written is left over in it.
        piece = screen ? BUILDERS[screen](page, widget) : null;
        shown = screen;
        body.replaceChildren(...(piece ? [piece.element] : []));
        body.scrollTop = 0;
      }
      piece?.update();
    },
    focusTarget: () => piece?.focusTarget?.() ?? dialog,
  };
}

const BUILDERS: Record<Screen, (page: Document, widget: Widget) => Piece> = {
  entry: createEntry,
  offline: createOffline,
  callBack: createCallBack,
  chat: createChat,
};

function screenOf(widget: Widget): Screen {
  if (widget.conversation.phase !== "none") return "chat";
  if (widget.callingBack) return "callBack";
  return widget.status === 0 ? "offline" : "entry";
}
