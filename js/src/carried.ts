/**
 * A script that a stage's document has with it. What is there when the document begins need not be
 * sent for, and so is loaded while page and kernel still agree on who may run a stage.
 */

/** A type that no browser executes. */
const TYPE = "application/x-owidget-script";

/** Puts a script's text into a document's HTML, before the first script that runs there. */
export function carrying(html: string, script: string): string {
  // Nothing in it may end the element that it is in, or begin a comment.
  const text = JSON.stringify(script).replaceAll("<", "\\u003c");
  return html.replace("<head>", () => `<head><script type="${TYPE}">${text}</script>`);
}

/** Takes the text out again; null where there is none. The document is then as any other. */
export function takeCarried(document: Document): string | null {
  const element = document.querySelector(`script[type="${TYPE}"]`);
  element?.remove();
  return element && JSON.parse(element.textContent ?? "");
}
