import { MAX_LENGTH, normalise } from "../numbers.js";
import type { Widget } from "../widget.js";
import { element, type Piece, setText } from "./dom.js";
import { icon } from "./icons.js";

/** The way to the call-back form, from the screens that a visitor sees first. */
export function callBackButton(page: Document, widget: Widget): HTMLButtonElement {
  const button = element(page, "button", {
    part: "callback",
    class: "secondary",
    text: widget.language.texts.callBack,
    attributes: { type: "button" },
  });
  button.addEventListener("click", () => widget.showCallBack(true));
  return button;
}

/** Asks for a phone number and thanks for it. Whether it is one is the page's callback's affair. */
export function createCallBack(page: Document, widget: Widget): Piece {
  const { texts } = widget.language;
  const notice = element(page, "p", {
    part: "notice",
    class: "notice",
    text: texts.callBackIntro,
    attributes: { role: "status", "data-kind": "online" },
  });
  const phone = element(page, "input", {
    part: "phone",
    attributes: {
      type: "tel",
      inputmode: "tel",
      autocomplete: "tel",
      maxlength: String(MAX_LENGTH),
      "aria-describedby": "phone-problem",
    },
  });
  const label = element(page, "label", { text: texts.phone }, phone);
  const words = element(page, "span");
  // An alert, because the focus need not move: the field may have it already.
  const problem = element(
    page,
    "p",
    { part: "problem", class: "problem", attributes: { id: "phone-problem", role: "alert" } },
    icon(page, "invalid"),
    words,
  );
  const call = element(page, "button", {
    part: "call",
    class: "primary",
    text: texts.callBack,
    attributes: { type: "submit" },
  });
  const back = element(page, "button", {
    part: "back",
    class: "secondary",
    text: texts.back,
    attributes: { type: "button" },
  });
  const form = element(
    page,
    "form",
    { class: "screen" },
    notice,
    label,
    problem,
    element(page, "div", { class: "actions" }, call, back),
  );

  const judge = (invalid: boolean): void => {
    phone.setAttribute("aria-invalid", String(invalid));
    problem.hidden = !invalid;
    // Emptied too: a description is read even where it is hidden.
    setText(words, invalid ? texts.invalidNumber : "");
  };
  const update = (): void => {
    call.disabled = phone.value.trim() === "";
  };
  phone.addEventListener("input", () => {
    judge(false);
    update();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (phone.value.trim() === "") return;
    const number = normalise(widget.callbacks.number, phone.value);
    if (number === null) {
      judge(true);
      if (page.hasFocus()) phone.focus();
      return;
    }
    judge(false);
    phone.value = "";
    label.hidden = true;
    call.hidden = true;
    notice.textContent = `${texts.callBackThanks} `;
    notice.append(element(page, "strong", { part: "number", class: "number", text: number }));
    notice.dataset.kind = "thanks";
    // The control that had the focus is gone; the thanks are what matters now.
    notice.tabIndex = -1;
    if (page.hasFocus()) notice.focus();
    widget.requestCallBack(number);
  });
  back.addEventListener("click", () => widget.showCallBack(false));
  judge(false);

  return {
    element: form,
    update,
    focusTarget: () => (label.hidden ? notice : phone),
  };
}
