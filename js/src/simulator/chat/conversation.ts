import { button, element, setText } from "../dom.js";
import type { Shown, ShownLine } from "../messages.js";
import { createNotice, showNotice } from "./notice.js";
import { createPicture } from "./picture.js";
import type { Builder } from "./piece.js";

/** The conversation from the queue to its end. */
export const createConversation: Builder = (messenger, shown) => {
  const { texts } = shown;
  const picture = createPicture(messenger, shown);
  const log = element("div", {
    part: "log",
    role: "log",
    "aria-live": "polite",
    "aria-label": texts.log,
  });
  const notice = createNotice();
  // Beside the log, which is read out: that somebody types would be heard again and again.
  const typing = element("p", { part: "typing" }, element("i"), element("span"));
  const input = element("input", {
    part: "input",
    type: "text",
    autocomplete: "off",
    maxlength: "2000",
    placeholder: texts.message,
    "aria-label": texts.message,
  });
  const send = button("primary", "send", texts.send);
  const composer = element("form", { class: "composer" }, input, send);
  const again = button("primary", "start", texts.again, () => messenger.send({ kind: "again" }));
  let now: Shown["conversation"] = shown.conversation;
  // Lines are only ever added within one session, so those that are there are kept.
  let session = "";
  let count = 0;

  const refresh = (): void => {
    send.disabled = input.disabled || input.value.trim() === "";
  };
  const toEnd = (): void => {
    log.scrollTop = log.scrollHeight;
  };
  input.addEventListener("input", refresh);
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    refresh();
    messenger.send({ kind: "say", text });
  });

  return {
    element: element(
      "div",
      { class: "screen chat" },
      picture.element,
      log,
      notice,
      typing,
      composer,
      again,
    ),
    update(next) {
      now = next.conversation;
      if (session !== now.session) {
        log.replaceChildren();
        input.value = "";
        session = now.session;
        count = 0;
      }
      log.append(...now.lines.slice(count).map((line) => lineOf(line)));
      // Always there, because what comes along with its region is not read out.
      log.tabIndex = now.lines.length === 0 ? -1 : 0;
      setText(typing.lastElementChild as Element, now.typing);
      typing.hidden = now.typing === "";
      picture.update(next);
      showNotice(notice, next.notice);
      composer.hidden = now.phase !== "active";
      input.disabled = now.phase !== "active";
      again.hidden = now.phase !== "ended";
      refresh();
      if (count !== now.lines.length) toEnd();
      count = now.lines.length;
    },
    // The last words matter most, also when the footer unfolds.
    resized: toEnd,
    focusTarget() {
      if (now.phase === "active") return input;
      return now.phase === "ended" ? again : null;
    },
  };
};

function lineOf({ author, by, text }: ShownLine): HTMLElement {
  if (by === "system") return element("p", { class: "system", text });
  return element(
    "div",
    { part: "message", "data-by": by },
    element("span", { class: "author", text: author }),
    element("p", { text, dir: "auto" }),
  );
}
