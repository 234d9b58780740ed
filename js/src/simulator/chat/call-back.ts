import { button, element, setText } from "../dom.js";
import { icon } from "../icons.js";
import type { Shown } from "../messages.js";
import { MAX_LENGTH } from "../numbers.js";
import { createNotice, showNotice, thank } from "./notice.js";
import type { Builder, Messenger } from "./piece.js";
import { INVALID } from "./shapes.js";

/** The way to the call-back form, from the screens that a visitor sees first, where it is offered. */
export function callBackButtons(
  messenger: Messenger,
  { channels, texts }: Shown,
): HTMLButtonElement[] {
  if (!channels.includes("callBack")) return [];
  const show = (): void => messenger.send({ kind: "callBack", shown: true });
  return [button("secondary", "callback", texts.callBack, show)];
}

/** Asks for a phone number and thanks for it. Whether it is one is the page's callback's affair. */
export const createCallBack: Builder = (messenger, shown) => {
  const { texts } = shown;
  const notice = createNotice();
  const phone = element("input", {
    part: "phone",
    type: "tel",
    inputmode: "tel",
    autocomplete: "tel",
    maxlength: String(MAX_LENGTH),
    "aria-describedby": "phone-problem",
  });
  const label = element("label", { text: texts.phone }, phone);
  const words = element("span");
  // An alert, because the focus need not move: the field may have it already.
  const problem = element(
    "p",
    { part: "problem", id: "phone-problem", role: "alert" },
    icon(INVALID),
    words,
  );
  const call = button("primary", "call", texts.callBack);
  const back = button("secondary", "back", texts.back, () =>
    messenger.send({ kind: "callBack", shown: false }),
  );
  const actions = element("div", { class: "actions" }, call, back);
  const form = element("form", { class: "screen" }, notice, label, problem, actions);
  /** Whether the page is being asked: its callback may take its time. */
  let asking = false;

  const judge = (invalid: boolean): void => {
    phone.setAttribute("aria-invalid", String(invalid));
    problem.hidden = !invalid;
    // Emptied too: a description is read even where it is hidden.
    setText(words, invalid ? texts.invalidNumber : "");
  };
  const refresh = (): void => {
    call.disabled = phone.value.trim() === "";
    phone.readOnly = asking;
    form.setAttribute("aria-busy", String(asking));
  };
  const answered = (number: string | null): void => {
    asking = false;
    refresh();
    judge(number === null);
    if (number === null) {
      if (document.hasFocus()) phone.focus();
      return;
    }
    phone.value = "";
    label.hidden = true;
    call.hidden = true;
    const shownNumber = element("strong", { part: "number", text: number });
    thank(notice, `${texts.callBackThanks} `, shownNumber);
  };
  phone.addEventListener("input", () => {
    messenger.send({ kind: "typed", text: phone.value });
    judge(false);
    refresh();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asking || phone.value.trim() === "") return;
    asking = true;
    messenger.ask(phone.value, answered);
    refresh();
  });
  showNotice(notice, shown.notice);
  judge(false);

  return {
    element: form,
    update: refresh,
    focusTarget: () => (label.hidden ? notice : phone),
  };
};
