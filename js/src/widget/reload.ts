import { sessionStorageOrNull } from "../keep";

/**
 * How a page that is reloaded tells itself who it was: its last message to the kernel may get lost
 * with it. Written only when it goes and taken away when it comes back, so that a tab opened from
 * it, which gets a copy of its session storage, never takes itself for it.
 */
const PREFIX = "owidget_jupyter.left.";

/**
 * Calls back when this page is left, and when a browser that kept it brings it back.
 *
 * @param page.left - returns the id to be known by after a reload, if it is to be known at all.
 * @returns the id of the page that this tab was before it was reloaded.
 */
export function watchPage(
  key: string,
  signal: AbortSignal,
  page: { left(): string | null; back(): void },
): string | null {
  const storage = sessionStorageOrNull();
  const item = PREFIX + key;
  const whoLeft = () => {
    const id = storage?.getItem(item) ?? null;
    storage?.removeItem(item);
    return id;
  };
  const leave = () => {
    const id = page.left();
    try {
      if (id !== null) storage?.setItem(item, id);
    } catch {
      // Full: then a reload takes as long as a silence does.
    }
  };
  const comeBack = () => {
    whoLeft();
    page.back();
  };
  addEventListener("pagehide", leave, { signal });
  addEventListener("pageshow", comeBack, { signal });
  return whoLeft();
}
