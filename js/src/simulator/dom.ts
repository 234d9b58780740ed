interface Options {
  /**
   * The stable name by which tests and the control channel find the element; its class as well,
   * unless that is given.
   */
  part?: string;
  class?: string;
  text?: string;
  /** Further attributes, by name. */
  [attribute: string]: string | undefined;
}

/** Builds an element without any markup text, which a page's policy could refuse. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { part, text = "", ...attributes }: Options = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (part) made.dataset.part = made.className = part;
  for (const [name, value = ""] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(text, ...children);
  return made;
}

/** A button in a form: it submits that, unless it is told what else to do. */
export function button(
  look: "primary" | "secondary" | "end" | "close",
  part: string,
  text: string,
  onPress?: () => void,
): HTMLButtonElement {
  const made = element("button", { part, class: look, text, type: onPress ? "button" : "submit" });
  if (onPress) made.addEventListener("click", onPress);
  return made;
}

/** Gives a tree its style in a way that no policy of the page refuses, unlike a style element. */
export function applyStyle(tree: DocumentOrShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  tree.adoptedStyleSheets = [sheet];
}

/** Sets text only when it differs: a live region would be read out again otherwise. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** The part of that name below `root`, if a person could use it now. */
export function usablePart(root: ParentNode, part: string): HTMLElement | null {
  const found = root.querySelector<HTMLElement>(`[data-part="${part}"]`);
  if (!found || found.closest("[hidden]")) return null;
  return (found as Partial<HTMLButtonElement>).disabled ? null : found;
}
