/** The vendor's API object, as far as its page documents it; other members go by name. */
export interface Vendor {
  readonly isSupported?: unknown;
  init(...args: unknown[]): unknown;
  connectToServer(): unknown;
  setAppEventCallback(callback: (event: unknown) => void): unknown;
  setStatusUpdateCallback(callback: (code: unknown) => void): unknown;
  setCustomNumberNormalization(callback: (number: unknown) => string | null): unknown;
}

/** The `<script>` element, with the property that the vendor's script looks for on it. */
type VendorScript = HTMLScriptElement & { $owidgetOnLoad?: (owidget: Vendor) => void };

export interface ScriptOutcome {
  /** The script called `$owidgetOnLoad`; may come late, and only the first call counts. */
  arrived(owidget: Vendor): void;
  /** The script was evaluated, whatever it did. */
  loaded(): void;
  /**
   * The browser did not fetch it: blocked, refused, not found, no network.
   *
   * @param directive - of the content security policy that forbids it; null if none is known to.
   */
  unreachable(directive: string | null): void;
}

/** Inserts the script as the vendor's snippet does: type, async, UTF-8, before the first script. */
export function insertScript(url: string, outcome: ScriptOutcome): void {
  const script: VendorScript = document.createElement("script");
  script.type = "text/javascript";
  script.async = true;
  script.charset = "UTF-8";
  script.src = url;
  let arrived = false;
  script.$owidgetOnLoad = (owidget) => {
    if (arrived) return;
    arrived = true;
    outcome.arrived(owidget);
  };
  let directive: string | null = null;
  // Said before the element's error; the address comes whole, as its origin, or as "data".
  const onViolation = (violation: SecurityPolicyViolationEvent) => {
    const { blockedURI, disposition, effectiveDirective } = violation;
    if (disposition !== "enforce" || !effectiveDirective.startsWith("script-src")) return;
    if (blockedURI && script.src.startsWith(blockedURI)) directive = effectiveDirective;
  };
  const settle = (tell: () => void) => () => {
    document.removeEventListener("securitypolicyviolation", onViolation);
    tell();
  };
  document.addEventListener("securitypolicyviolation", onViolation);
  script.addEventListener(
    "load",
    settle(() => outcome.loaded()),
  );
  script.addEventListener(
    "error",
    settle(() => outcome.unreachable(directive)),
  );
  const first = document.getElementsByTagName("script")[0];
  if (first?.parentNode) first.parentNode.insertBefore(script, first);
  else document.head.append(script);
}

/** The arguments of `init`: trailing omitted ones left out, an inner missing one null. */
export function initArguments(orders: {
  company: string;
  tenant: string | number | null;
  preset: string | null;
  language: string | null;
  scope: string | null;
}): unknown[] {
  const { company, tenant, preset, language, scope } = orders;
  const args: unknown[] = [tenant === null ? company : [company, tenant], preset, language, scope];
  while (args.at(-1) === null) args.pop();
  return args;
}

/** A status code as an integer; the vendor's Android bridge delivers it as a string. */
export function statusCode(code: unknown): 0 | 1 | 2 | null {
  if (code === 0 || code === "0") return 0;
  if (code === 1 || code === "1") return 1;
  if (code === 2 || code === "2") return 2;
  return null;
}
