import type { AnyModel } from "@anywidget/types";
import type { AssetName, Failure, Isolation, LogLine, ModelState, StatusCode } from "../wire";

/** The synced traits that a front end reads. It never writes one. */
export interface Traits {
  _build: string;
  _key: string;
  _tail: LogLine[];
  state: ModelState;
  error: Failure | null;
  status_code: StatusCode | null;
  active_isolation: Isolation | null;
  isolation_reason: string | null;
  company_id: string | null;
  preset: string | null;
  host: string;
  _simulated: boolean;
  placement: "cell" | "page";
  isolation: Isolation | "auto";
  allow_media: boolean;
  height: number;
  show_status: boolean;
  show_events: boolean;
}

export type Model = AnyModel<{ [Name in keyof Traits]: Traits[Name] }>;

/** The traits whose change changes what a view shows, and where the chat goes. */
export const SHOWN: (keyof Traits)[] = [
  "state",
  "error",
  "status_code",
  "active_isolation",
  "isolation_reason",
  "company_id",
  "placement",
  "preset",
  "host",
  "show_status",
  "show_events",
];

/**
 * The id of the connection through which this page talks to the kernel, where its host tells:
 * the kernel finds the same one in whatever is asked of it from here, such as to run a cell.
 */
export function connectionOf({ widget_manager }: Model): string | null {
  const { kernel } = (widget_manager ?? {}) as { kernel?: { clientId?: unknown } | null };
  return typeof kernel?.clientId === "string" ? kernel.clientId : null;
}

/** The isolation that the kernel will grant, where it can be known before it has answered. */
export function foreseen(model: Model): Isolation | null {
  const isolation = model.get("isolation");
  if (isolation === "auto") return model.get("_simulated") ? "opaque" : null;
  return isolation === "origin" ? null : isolation;
}

/**
 * What hosting is going to ask for, as far as that can be foreseen: together they come sooner.
 * `RunComposer.parts` says the same in Python.
 */
export function partsAhead(model: Model): AssetName[] {
  // Under an origin of its own the stage comes from the kernel's server, and with it the rest.
  if (foreseen(model) === null) return [];
  return model.get("_simulated") ? ["stage", "simulator"] : ["stage"];
}
