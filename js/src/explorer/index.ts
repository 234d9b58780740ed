/**
 * A field whose content is in nobody's state: what is typed into it, and what it shows, travels in
 * messages alone, so that neither a saved notebook nor an exported page holds it.
 */
import type { AnyModel } from "@anywidget/types";
import { h } from "../dom";

/** What Python sets; none of it is typed by anybody. */
export interface Traits {
  label: string;
  placeholder: string;
  /** Whether there is something to type into. */
  typed: boolean;
  /** Whether it shows lines of code, rather than a sentence. */
  block: boolean;
  /** What the button says that copies what is shown, and what it then says; "" for no button. */
  copy: string;
  copied: string;
}

export type FromPage = { kind: "here" } | { kind: "typed" | "entered"; text: string };
export type ToPage = { kind: "show"; text: string; tone: string } | { kind: "type"; text: string };

interface Props {
  model: AnyModel<{ [Name in keyof Traits]: Traits[Name] }>;
  el: HTMLElement;
}

function render({ model, el }: Props): void {
  const say = (message: FromPage) => model.send(message);
  const label = model.get("label");
  const block = model.get("block");
  // Lumino looks for this before it takes a key for a shortcut of the notebook.
  el.dataset.lmSuppressShortcuts = "true";
  el.classList.add("owidget-private");
  const input = h("input", {
    type: "text",
    autocomplete: "off" as const,
    spellcheck: false,
    placeholder: model.get("placeholder"),
    oninput: () => say({ kind: "typed", text: input.value }),
    onkeydown: (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.isComposing) say({ kind: "entered", text: input.value });
    },
  });
  // A sentence is announced; lines of code are there to be looked at, scrolled and selected.
  const shown = block
    ? h("pre", { tabIndex: 0, role: "region", ariaLabel: label, hidden: true })
    : h("p", { role: "status" });
  const copy = h("button", {
    type: "button",
    hidden: true,
    onclick: () => void copyText(shown, () => (copy.textContent = model.get("copied"))),
  });
  if (model.get("typed")) el.append(h("label", {}, h("span", {}, label), input));
  el.append(copy, shown);
  model.on("msg:custom", (message: ToPage) => {
    if (message.kind === "type") {
      // Whoever types in this view knows better than what comes back of it.
      if (message.text === "" || document.activeElement !== input) input.value = message.text;
      return;
    }
    if (shown.textContent !== message.text) shown.textContent = message.text;
    shown.dataset.tone = message.tone;
    if (block) shown.hidden = message.text === "";
    copy.textContent = model.get("copy");
    copy.hidden = copy.textContent === "" || message.text === "";
  });
  say({ kind: "here" });
}

/** Copies what is shown or, where the browser refuses, selects it for the person to copy. */
async function copyText(shown: HTMLElement, done: () => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(shown.textContent ?? "");
    done();
  } catch {
    getSelection()?.selectAllChildren(shown);
    shown.focus();
  }
}

export default { render };
