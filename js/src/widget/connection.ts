import { onAbort } from "../abort";

const FIRST_LOOK_MS = 4;
const LAST_LOOK_MS = 1_000;

/**
 * Calls back whenever an element gets on or off the page. Notebooks do both without telling:
 * `render` runs before its element is on the page, collapsing an output takes it off again.
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
  // Its size changes with it: to nothing when it goes, to something when it comes.
  const observer = new ResizeObserver(look);
  observer.observe(element);
  onAbort(signal, () => observer.disconnect());
  // A page in the background has no layout, hence no observer: look until it is there once.
  const lookAgain = (wait: number) => {
    look();
    if (connected || signal.aborted) return;
    setTimeout(() => lookAgain(Math.min(2 * wait, LAST_LOOK_MS)), wait);
  };
  lookAgain(FIRST_LOOK_MS);
}
