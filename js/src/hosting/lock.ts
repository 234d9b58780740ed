import { onAbort } from "../abort";

/** How long a page of the same browser may take to let go before the lock is taken from it; ms. */
const LET_GO_MS = 2_000;

/**
 * Stands in line for the browser's lock of one model, so that of all tabs only one has its stage.
 * The kernel's lease says whose it is; the lock makes sure that the last one has gone. Only secure
 * contexts with an origin have locks; elsewhere the lease has to do.
 *
 * @param signal - once it aborts, the lock is given back, or no longer wanted.
 * @param taken - called when another tab took the lock because this one did not let go in time.
 * @returns what resolves once it is held. To be called when the kernel has said whose it is: from
 *   then on, who does not let go in time loses it.
 */
export function lineUp(key: string, signal: AbortSignal, taken: () => void): () => Promise<void> {
  const { locks } = navigator;
  if (!locks) return async () => {};
  const request = (options: LockOptions) =>
    new Promise<void>((resolve, reject) => {
      let has = false;
      const hold = () => {
        has = true;
        resolve();
        return new Promise<void>((release) => {
          if (signal.aborted) release();
          onAbort(signal, () => release());
        });
      };
      locks.request(`owidget_jupyter.${key}`, options, hold).catch((reason) => {
        if (!has) reject(reason);
        else if (!signal.aborted) taken();
      });
    });
  const patience = new AbortController();
  const granted = request({ signal: AbortSignal.any([signal, patience.signal]) });
  granted.catch(() => {}); // as long as nobody asks; whoever does deals with it
  return async () => {
    const over = setTimeout(() => patience.abort(), LET_GO_MS);
    try {
      await granted;
    } catch (reason) {
      signal.throwIfAborted();
      if (!patience.signal.aborted) return console.warn(`owidget_jupyter: ${reason}`);
      await request({ steal: true });
    } finally {
      clearTimeout(over);
    }
  };
}
