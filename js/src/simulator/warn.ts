/** Tells the developer of the page about a mistake; the page itself goes on. */
export function warn(mistake: string, ...details: unknown[]): void {
  console.warn(`OOWidget simulator: ${mistake}`, ...details);
}

/** Calls a function of the page's. What it throws is reported and must not stop the widget. */
export function callPage<A extends unknown[]>(
  what: string,
  callback: ((...args: A) => unknown) | null,
  ...args: A
): void {
  if (!callback) return;
  try {
    callback(...args);
  } catch (error) {
    console.error(`OOWidget simulator: ${what} threw`, error);
  }
}
