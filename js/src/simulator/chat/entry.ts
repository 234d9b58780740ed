import { button, element } from "../dom.js";
import { icon } from "../icons.js";
import { callBackButtons } from "./call-back.js";
import { createNotice, showNotice } from "./notice.js";
import type { Builder } from "./piece.js";
import { VIDEO } from "./shapes.js";

/** What a visitor sees first: a word of welcome, or of patience, and the way into the queue. */
export const createEntry: Builder = (messenger, shown) => {
  const { channels, texts, wanted } = shown;
  const notice = createNotice();
  const name = element("input", {
    part: "name",
    type: "text",
    autocomplete: "off",
    maxlength: "100",
  });
  const label = element("label", { text: texts.name }, name);
  const actions = element("div", { class: "actions" });
  const form = element("form", { class: "screen" }, notice, label, actions);
  const ways = (["chat", "av"] as const).filter((channel) => channels.includes(channel));
  // Enter in the field takes the first one.
  if (wanted === "av") ways.reverse();
  for (const channel of ways) {
    const join = (): void => messenger.send({ kind: "join", name: name.value.trim(), channel });
    const first = channel === ways[0];
    const video = channel === "av";
    const way = button(
      first ? "primary" : "secondary",
      video ? "video" : "start",
      video ? texts.startVideo : texts.start,
      first ? undefined : join,
    );
    if (video) way.prepend(icon(VIDEO));
    actions.append(way);
    if (!first) continue;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      join();
    });
  }
  actions.append(...callBackButtons(messenger, shown));

  return {
    element: form,
    update: (now) => showNotice(notice, now.notice),
    focusTarget: () => name,
  };
};
