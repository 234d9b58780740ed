/** An element with properties and children; text children are text, never markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A word with its shape, which only eyes need. */
export function sign({ shape, word }: { shape: string; word: string }): HTMLElement {
  const mark = h("span", { className: "owidget-shape" }, shape);
  mark.ariaHidden = "true";
  return h("span", { className: "owidget-sign" }, mark, word);
}

export function button(text: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", className: "owidget-button", onclick }, text);
}
