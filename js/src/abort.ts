/** Calls back once a signal aborts. */
export function onAbort(signal: AbortSignal, does: () => void): void {
  signal.addEventListener("abort", does);
}
