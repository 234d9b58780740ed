import { onLoopback } from "../hosting/isolation";
import { BLOCKED, NO_NETWORK, UNREACHABLE } from "../texts/stage";
import type { Failure } from "../wire";

/**
 * Why the vendor's script is not there. A browser tells of policies and of having no network;
 * a name that is not known, a server that refuses or has no such file, and a blocker all look
 * the same to the page, and so to us.
 *
 * @param directive - of the content security policy that forbids the script; null if none does.
 */
export function unloaded(url: string, directive: string | null): Failure {
  if (directive !== null) {
    const source = url.startsWith("data:") ? "data:" : new URL(url).origin;
    return { code: "script_blocked", message: BLOCKED(directive, source) };
  }
  if (!navigator.onLine && !isLocal(url)) {
    return { code: "no_network", message: NO_NETWORK };
  }
  return { code: "script_unreachable", message: UNREACHABLE };
}

/** Whether no network is needed to reach it. */
function isLocal(url: string): boolean {
  const { hostname } = new URL(url);
  return onLoopback(hostname) || hostname === "[::1]";
}
