import { onLoopback } from "../hosting/isolation";
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
    return {
      code: "script_blocked",
      message:
        `A content security policy (${directive}) forbids the chat's document to load a script ` +
        `from ${source}. With isolation "opaque" and "none" it is the notebook page's: have ` +
        "whoever runs Jupyter allow it there; then retry.",
    };
  }
  if (!navigator.onLine && !isLocal(url)) {
    return {
      code: "no_network",
      message:
        "The browser could not load the vendor's script: it says that it has no network. " +
        "Connect it; then retry.",
    };
  }
  return {
    code: "script_unreachable",
    message:
      "The browser could not load the vendor's script, and does not say why. Check the host name " +
      "and the network, and whether a blocker or a proxy stops it; then retry.",
  };
}

/** Whether no network is needed to reach it. */
function isLocal(url: string): boolean {
  const { hostname } = new URL(url);
  return onLoopback(hostname) || hostname === "[::1]";
}
