interface Options {
  /** The stable name by which tests and the control channel find the element. */
  part?: string;
  class?: string;
  text?: string;
  attributes?: Record<string, string>;
}

/** Builds an element without any markup text, which a page's policy could refuse. */
export function element<K extends keyof HTMLElementTagNameMap>(
  page: Document,
  tag: K,
  options: Options = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = page.createElement(tag);
  if (options.part) made.dataset.part = options.part;
  if (options.class) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Sets text only when it differs: a live region would be read out again otherwise. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** A piece of the window that can bring itself up to date. */
export interface Piece {
  readonly element: HTMLElement;
  update(): void;
  /** Where the focus belongs when this piece is shown, if it has such a place. */
  focusTarget?(): HTMLElement | null;
  /** Called when the piece was given more or less room. */
  resized?(): void;
}
