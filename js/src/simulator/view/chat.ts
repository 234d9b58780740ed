import type { Line } from "../conversation.js";
import type { Widget } from "../widget.js";
import { element, type Piece, setText } from "./dom.js";

/** The conversation from the queue to its end. */
export function createChat(page: Document, widget: Widget): Piece {
  const { conversation } = widget;
  const { texts } = widget.language;
  const log = element(page, "div", {
    part: "log",
    class: "log",
    attributes: { role: "log", "aria-live": "polite", "aria-label": texts.log, tabindex: "0" },
  });
  const notice = element(page, "p", {
    part: "notice",
    class: "notice",
    attributes: { role: "status" },
  });
  const input = element(page, "input", {
    part: "input",
    attributes: {
      type: "text",
      autocomplete: "off",
      maxlength: "2000",
      placeholder: texts.message,
      "aria-label": texts.message,
    },
  });
  const send = element(page, "button", {
    part: "send",
    class: "primary",
    text: texts.send,
    attributes: { type: "submit" },
  });
  const composer = element(page, "form", { class: "composer" }, input, send);
  const again = element(page, "button", {
    part: "start",
    class: "primary",
    text: texts.again,
    attributes: { type: "button" },
  });
  // Lines are only ever added within one session, so the shown ones are kept.
  let shown: { sessionId: string; count: number } = { sessionId: "", count: 0 };

  const refreshSend = (): void => {
    send.disabled = input.disabled || input.value.trim() === "";
  };
  input.addEventListener("input", refreshSend);
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    conversation.say("visitor", text);
  });
  again.addEventListener("click", () => conversation.join(conversation.name));

  const addLine = (line: Line): void => {
    if (line.by === "system") {
      log.append(element(page, "p", { class: "system", text: texts[line.text] }));
      return;
    }
    const author = line.by === "visitor" ? texts.you : texts.operator;
    log.append(
      element(
        page,
        "div",
        { part: "message", class: "message", attributes: { "data-by": line.by } },
        element(page, "span", { class: "author", text: author }),
        element(page, "p", { text: line.text }),
      ),
    );
  };

  return {
    element: element(page, "div", { class: "screen chat" }, log, notice, composer, again),
    update() {
      const { phase, sessionId, lines } = conversation;
      if (shown.sessionId !== sessionId) {
        log.replaceChildren();
        input.value = "";
        shown = { sessionId, count: 0 };
      }
      for (const line of lines.slice(shown.count)) addLine(line);
      log.hidden = lines.length === 0;
      if (shown.count !== lines.length) log.scrollTop = log.scrollHeight;
      shown.count = lines.length;

      const words = phase === "queued" ? texts.waiting : "";
      setText(notice, widget.videoRefused ? `${texts.noVideo} ${words}`.trim() : words);
      notice.hidden = notice.textContent === "";
      notice.dataset.kind = phase === "queued" ? "waiting" : "online";
      composer.hidden = phase !== "active";
      input.disabled = phase !== "active";
      again.hidden = phase !== "ended";
      refreshSend();
    },
    // The last words matter most, also when the footer unfolds.
    resized() {
      log.scrollTop = log.scrollHeight;
    },
    focusTarget() {
      if (conversation.phase === "active") return input;
      return conversation.phase === "ended" ? again : null;
    },
  };
}
