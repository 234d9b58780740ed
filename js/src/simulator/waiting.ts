import type { Signal } from "./signal.js";

/** How long an action waits for what it needs, and how often it looks: of real time, in ms. */
export const LIMIT_MS = 20_000;
export const POLL_MS = 50;

/**
 * Waits until `look` finds something. It looks after every change that is told of, and now and
 * then besides, because a page can change the document without a word. Rejects after the
 * limit, naming what was missing.
 */
export function waitFor<T>(
  { changed }: { readonly changed: Signal<void> },
  missing: string,
  look: () => T | null,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const found = look();
    if (found !== null) return resolve(found);
    const stop = (): void => {
      clearInterval(polling);
      clearTimeout(limit);
      unsubscribe();
    };
    const check = (): void => {
      const found = look();
      if (found === null) return;
      stop();
      resolve(found);
    };
    const unsubscribe = changed.subscribe(check);
    const polling = setInterval(check, POLL_MS);
    const limit = setTimeout(() => {
      stop();
      reject(new Error(`${missing} within ${LIMIT_MS / 1000} s`));
    }, LIMIT_MS);
  });
}
