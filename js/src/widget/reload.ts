/**
 * How a page that is reloaded tells itself who it was: its last message to the kernel may get lost
 * with it. Written only when it goes and taken away when it comes back, so that a tab opened from
 * it, which gets a copy of its session storage, never takes itself for it.
 */
const PREFIX = "owidget_jupyter.left.";

export function leave(key: string, id: string): void {
  withStorage((storage) => storage.setItem(PREFIX + key, id));
}

export function whoLeft(key: string): string | null {
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
