import type { Sign } from "./texts/widget";

const SVG = "http://www.w3.org/2000/svg";

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

/** An element that style sheets know: its class is this name behind our prefix. */
export function part<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  name: string,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = h(tag, properties, ...children);
  element.className = `owidget-${name}`;
  return element;
}

/**
 * A shape, which only eyes need, in the colour of the text: drawn, as no font has them all.
 *
 * @param path - in a square of 16; a closed one is filled.
 */
export function icon(path: string): HTMLElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return part("span", "shape", { ariaHidden: "true" }, svg);
}

/** A word with its shape. */
export function sign({ shape, word, tone }: Sign): HTMLElement {
  const mark = icon(shape);
  if (tone) mark.style.color = `var(--o-${tone})`;
  return part("span", "sign", {}, mark, word);
}

/** Whether the focus is in an element, also in one of a shadow root. */
export function hasFocus(element: HTMLElement): boolean {
  return element.contains((element.getRootNode() as Document).activeElement);
}

export function button(text: string, onclick: () => void): HTMLButtonElement {
  return part("button", "button", { type: "button", onclick }, text);
}
