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
  const leave = () => {
    const id = page.left();
    if (id !== null) withStorage((storage) => storage.setItem(PREFIX + key, id));
  };
  const comeBack = () => {
    whoLeft(key);
    page.back();
  };
  addEventListener("pagehide", leave, { signal });
  addEventListener("pageshow", comeBack, { signal });
  return whoLeft(key);
}

function whoLeft(key: string): string | null {
  return withStorage((storage) => {
    const id = storage.getItem(PREFIX + key);
    storage.removeItem(PREFIX + key);
    return id;
  });
}

/** Storage may be forbidden or full; then a reload takes as long as a silence does. */
function withStorage<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
