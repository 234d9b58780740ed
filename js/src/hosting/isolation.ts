import * as texts from "../texts/hosting";
import type { ActiveIsolation, Run, StageServer } from "../wire";

const PROBE_MS = 2_000;

export type Settled = ActiveIsolation | { ask: string } | { unreachable: string };

/** Which isolation a run gets on this page: settled, to be asked for, or not to be had. */
export async function settleIsolation(run: Run, signal: AbortSignal): Promise<Settled> {
  const { isolation } = run;
  if (isolation === "opaque" || isolation === "none") {
    return { isolation, why: texts.WAS_SET(isolation) };
  }
  if (isolation === "auto" && run.simulation) {
    return { isolation: "opaque", why: texts.ENOUGH };
  }
  const obstacle = await originObstacle(run, signal);
  if (obstacle === null) {
    const why = isolation === "auto" ? texts.ONE_MACHINE : texts.WAS_SET(isolation);
    return { isolation: "origin", why };
  }
  return isolation === "auto" ? { ask: obstacle } : { unreachable: obstacle };
}

/** Why a stage of its own origin cannot be had here, or null when it can. */
async function originObstacle(run: Run, signal: AbortSignal): Promise<string | null> {
  // A page that is not on loopback must not even try: the browser would ask the person.
  if (!onLoopback(location.hostname)) return texts.NOT_LOCAL;
  if (!run.server) return run.serverProblem ?? texts.NO_SERVER;
  const answered =
    (await answers(run.server, signal)) || (!signal.aborted && (await answers(run.server, signal)));
  return answered ? null : texts.SERVER_SILENT;
}

export function onLoopback(hostname: string): boolean {
  return hostname === "localhost" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Whether it is this kernel that answers there, and not whoever else has the port. */
async function answers(server: StageServer, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${server.base}probe`, {
      cache: "no-store",
      credentials: "omit",
      signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_MS)]),
    });
    return response.ok && (await response.text()) === server.nonce;
  } catch {
    return false;
  }
}
