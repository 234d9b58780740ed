import { onAbort } from "../abort";

/** Of the element, and of the event that is dispatched there. */
const NAME = "owidget-connection";

/**
 * Calls back whenever an element gets on or off the page. Notebooks do both without telling:
 * `render` runs before its element is on the page, collapsing an output takes it off again. Only
 * a custom element hears of that, at once and also where nothing is laid out: one goes along.
 */
export function watchConnection(
  element: HTMLElement,
  signal: AbortSignal,
  changed: () => void,
): void {
  let connected = false;
  const look = () => {
    if (signal.aborted || element.isConnected === connected) return;
    connected = element.isConnected;
    changed();
  };
  define();
  const companion = document.createElement(NAME);
  companion.hidden = true;
  // Once whoever moves it is done: what is taken from one place to another did not go.
  companion.addEventListener(NAME, () => queueMicrotask(look), { signal });
  element.append(companion);
  onAbort(signal, () => companion.remove());
  look();
}

/** Once per page: another copy of this module may have done so, and its companions do the same. */
function define(): void {
  if (customElements.get(NAME)) return;
  const tell = (element: HTMLElement) => element.dispatchEvent(new Event(NAME));
  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        tell(this);
      }
      disconnectedCallback() {
        tell(this);
      }
    },
  );
}
