/** What a diagnosis asks of a page and of its stage's document, as their answers say it. */

/** Whether something works in a document; `emulated` where the stage stands in for the browser. */
export type Ability = "works" | "emulated" | "refused";

/** Null: this browser does not tell. */
export interface MediaFindings {
  feature: string;
  allowed: boolean | null;
  permission: string | null;
}

export interface NotebookHost {
  name: string;
  version: string;
}

/** What a notebook page knows of itself; nothing personal. */
export interface PageFindings {
  lease: number;
  pending: number;
  views: number;
  /** Whether there is a stage's document here. */
  framed: boolean;
  host: NotebookHost | null;
  browser: string;
  loopback: boolean;
  secure: boolean;
  visible: boolean;
  session: Ability;
  media: MediaFindings[];
}

/** What was seen of the script's loading; 0: the browser does not tell. */
export interface ScriptFindings {
  outcome: "loaded" | "error" | "pending";
  status: number;
  bytes: number;
  ms: number;
}

/** What a content security policy forbade, or would have: never a path or a query. */
export interface Violation {
  disposition: string;
  directive: string;
  source: string;
}

/** What the stage's document knows of itself; nothing personal. */
export interface StageFindings {
  script: ScriptFindings | null;
  violations: Violation[];
  local: Ability;
  session: Ability;
  cookies: Ability;
  frames: number;
  media: MediaFindings[];
}
