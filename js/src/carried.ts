/**
 * A script that a stage's document has with it. What is there when the document begins need not be
 * sent for, and so is loaded while page and kernel still agree on who may run a stage.
 */

/** A type that no browser executes. */
const TYPE = "application/x-owidget-script";

/**
 * Puts a script into a document's HTML, before the first one that runs there: as the address that
 * it is to be loaded by, since a fresh process takes long for what this page does in no time.
 */
export function carrying(html: string, script: string): string {
  // What would end the address, or be dropped from it, or end the element that it is in.
  const address = `data:text/javascript;charset=utf-8,${script.replace(/[%#<\s]/g, encodeURIComponent)}`;
  return html.replace("<head>", () => `<head><script type="${TYPE}">${address}</script>`);
}

/** Takes the script's address out again, where there is one: the document is then as any other. */
export function takeCarried(document: Document): string | null {
  const element = document.querySelector(`script[type="${TYPE}"]`);
  element?.remove();
  return element?.textContent ?? null;
}
