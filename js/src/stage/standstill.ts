/** So long that a person sees it; a number's answer, which is waited for, has two seconds; ms. */
const LONG_MS = 3_000;

/**
 * Tells of scripts that hold up this document, once they have let go. Browsers without the Long
 * Tasks API do not say; a timer instead would take a tab in the background for one held up.
 */
export function tellStandstills(tell: (message: string) => void): void {
  const observer = new PerformanceObserver((seen) => {
    for (const { name, duration } of seen.getEntries()) {
      // Other documents of the same thread are told of here, too.
      if (name !== "self" || duration < LONG_MS) continue;
      tell(`a script held up the chat's document for ${(duration / 1000).toFixed(1)} s`);
    }
  });
  observer.observe({ type: "longtask" });
}
