/**
 * What only the stage's document knows of itself, for a diagnosis: it watches from its first
 * moment, and says only what may be pasted into a ticket.
 */
import { cookieAbility, mediaFindings, storageAbility } from "../abilities";
import type { ScriptFindings, StageFindings, Violation } from "../findings";
import type { StageOrders } from "../wire";

/** Most different violations that are told of. */
const MOST_VIOLATIONS = 40;
/** Scripts whose outcome is remembered: the vendor's is the first, or follows one of ours. */
const MOST_SCRIPTS = 4;
const OUTCOMES = [
  ["load", "loaded"],
  ["error", "error"],
] as const;

export class Examiner {
  readonly #violations = new Map<string, Violation>();
  /** By address. */
  readonly #scripts = new Map<string, "loaded" | "error">();

  constructor() {
    addEventListener("securitypolicyviolation", (event) => this.#violated(event));
    // Neither bubbles, both are seen on their way down; an element's load never passes the window.
    for (const [type, outcome] of OUTCOMES) {
      document.addEventListener(type, ({ target }) => this.#came(target, outcome), true);
    }
  }

  /** @param orders - null where the stage has had none yet. */
  async examine(orders: StageOrders | null): Promise<StageFindings> {
    return {
      script: orders && this.#script(orders.script),
      violations: [...this.#violations.values()],
      local: storageAbility(() => localStorage),
      session: storageAbility(() => sessionStorage),
      cookies: cookieAbility(),
      frames: document.querySelectorAll("iframe, frame").length,
      media: await mediaFindings(),
    };
  }

  #script(script: StageOrders["script"]): ScriptFindings {
    if (script === null) {
      const outcome = [...this.#scripts].find(([address]) => address.startsWith("data:"))?.[1];
      return { outcome: outcome ?? "pending", status: 0, bytes: 0, ms: 0 };
    }
    const address = new URL(script).href;
    const outcome = this.#scripts.get(address) ?? "pending";
    const [timing] = performance.getEntriesByName(address, "resource");
    if (!(timing instanceof PerformanceResourceTiming)) {
      return { outcome, status: 0, bytes: 0, ms: 0 };
    }
    // A server of another origin does not let its status and size be seen: they are 0 then.
    const { responseStatus: status = 0, transferSize: bytes, duration: ms } = timing;
    return { outcome, status, bytes, ms };
  }

  #came(target: EventTarget | null, outcome: "loaded" | "error"): void {
    if (!(target instanceof HTMLScriptElement) || this.#scripts.size >= MOST_SCRIPTS) return;
    this.#scripts.set(target.src, outcome);
  }

  #violated({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
    const source = sourceOf(blockedURI);
    const key = `${disposition} ${effectiveDirective} ${source}`;
    // Not counted: Chromium tells some of them twice.
    if (this.#violations.size < MOST_VIOLATIONS) {
      this.#violations.set(key, { disposition, directive: effectiveDirective, source });
    }
  }
}

/** Scheme and host of what was blocked, or the browser's word for it: never a path or a query. */
function sourceOf(blocked: string): string {
  if (/^[a-z-]{1,30}$/.test(blocked)) return blocked;
  try {
    const { protocol, host } = new URL(blocked);
    return host ? `${protocol}//${host}` : protocol;
  } catch {
    return "other";
  }
}
