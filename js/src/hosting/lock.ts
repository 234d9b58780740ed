import { onAbort } from "../abort";

/** How long a page of the same browser may take to let go before the lock is taken from it; ms. */
const LET_GO_MS = 2_000;

/**
 * Holds the browser's lock of one model until the signal aborts, so that of all tabs only one has
 * its stage. The kernel's lease says whose it is; the lock makes sure that the last one has gone.
 * Only secure contexts with an origin have locks; elsewhere the lease has to do.
 *
 * @param taken - called when another tab took the lock because this one did not let go in time.
 */
export async function holdLock(key: string, signal: AbortSignal, taken: () => void): Promise<void> {
  if (!navigator.locks) return;
  const name = `owidget_jupyter.${key}`;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(LET_GO_MS)]);
  try {
    await granted(name, { signal: patience }, signal, taken);
  } catch (reason) {
    signal.throwIfAborted();
    if (!patience.aborted) return console.warn(`owidget_jupyter: no lock: ${reason}`);
    await granted(name, { steal: true }, signal, taken);
  }
}

function granted(
  name: string,
  options: LockOptions,
  signal: AbortSignal,
  taken: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let has = false;
    const hold = () => {
      has = true;
      resolve();
      return new Promise<void>((release) => {
        if (signal.aborted) release();
        onAbort(signal, () => release());
      });
    };
    navigator.locks.request(name, options, hold).catch((reason) => {
      if (!has) reject(reason);
      else if (!signal.aborted) taken();
    });
  });
}
