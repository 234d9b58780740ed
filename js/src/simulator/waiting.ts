import type { Widget } from "./widget.js";

/**
 * Waits until `look` finds something. It looks after every change of the widget, and now and then
 * besides, because a page can change the document without the widget's knowledge. Rejects after the
 * limit, naming what was missing.
 */
export function waitFor<T>(widget: Widget, missing: string, look: () => T | null): Promise<T> {
  const { clock, timings } = widget;
  return new Promise((resolve, reject) => {
    let stopPolling = (): void => {};
    const stop = (): void => {
      stopPolling();
      stopLimit();
      unsubscribe();
    };
    const check = (): boolean => {
      const found = look();
      if (found === null) return false;
      stop();
      resolve(found);
      return true;
    };
    const poll = (): void => {
      stopPolling = clock.after(timings.poll, () => {
        if (!check()) poll();
      });
    };
    const unsubscribe = widget.changed.subscribe(() => void check());
    const stopLimit = clock.after(timings.limit, () => {
      stop();
      reject(new Error(`${missing} within ${timings.limit / 1000} s`));
    });
    if (!check()) poll();
  });
}
