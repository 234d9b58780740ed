/** A sheet, by its text: another copy of this module knows it, too. */
type Worn = CSSStyleSheet & { text?: string };

/**
 * Puts a style sheet in force where an element is: in its document, or its shadow root. Once: with
 * a `style` in each view, or anywidget's own way of setting it again for each model, a browser
 * looks through the whole page each time.
 */
export function dress(element: Node, text: string): void {
  const worn: Worn[] | undefined = (element.getRootNode() as Document).adoptedStyleSheets;
  // What is on no page has none, and is not seen.
  if (!worn || worn.some((sheet) => sheet.text === text)) return;
  const sheet = Object.assign(new CSSStyleSheet(), { text });
  sheet.replaceSync(text);
  worn.push(sheet);
}
