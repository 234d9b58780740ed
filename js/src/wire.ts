import type { PageFindings, StageFindings } from "./findings";
import type { News, Simulation } from "./simulation";

/**
 * The messages between kernel, front end and stage: the one place that names them.
 *
 *   kernel  <- comm (custom messages) ->  front end  <- MessagePort ->  stage
 *
 * Front ends never write synced traits; everything that they have to say is one of `ToKernel`.
 * Python's side of the comm is the table in `owidget_jupyter/wire.py`; a test compares names and
 * fields of both.
 */

export type Isolation = "origin" | "opaque" | "none";
export type StageState =
  | "idle"
  | "asking"
  | "loading"
  | "ready"
  | "connecting"
  | "unsupported"
  | "failed";
export type ModelState = StageState | "connected" | "closed";
export type StatusCode = 0 | 1 | 2;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Why a stage is `failed`: a code for programs, a sentence that says what to try. */
export interface Failure {
  code:
    | "script_unreachable"
    | "script_blocked"
    | "no_network"
    | "script_silent"
    | "vendor_threw"
    | "stage_unreachable"
    | "navigated"
    | "holder_silent";
  message: string;
}

/** Under which isolation a stage runs, and why it is that one, as a sentence. */
export interface ActiveIsolation {
  isolation: Isolation;
  why: string;
}

/** Where a stage stands, as its page knows. */
export interface Standing {
  state: StageState;
  failure: Failure | null;
  status: StatusCode | null;
  /** Null while it is not settled. */
  active: ActiveIsolation | null;
}

/** One thing that was seen, numbered from 1 by the document load that saw it. */
export type Entry = { n: number; at: number } & Sighting;
export type Sighting =
  | { kind: "state"; state: StageState; failure: Failure | null }
  | { kind: "language"; tag: string; rule: "argument" | "page" | "browser" }
  | { kind: "status"; code: StatusCode }
  | { kind: "event"; type: string; detail: Json }
  | { kind: "result"; id: number; value: Json; error: string | null }
  | { kind: "problem"; where: string; message: string }
  | { kind: "overflow"; dropped: number }
  | News;

/** What the kernel keeps of a logged entry and tells every front end: never its detail. */
export interface LogLine {
  seq: number;
  type: string;
  at: number;
  code: StatusCode | null;
}

export interface Problem {
  where: string;
  message: string;
  traceback: string;
}

/** Where a stage's document can be had from the kernel process. */
export interface StageServer {
  /** `http://HOST:PORT/TOKEN/`, without an end of its own. */
  base: string;
  nonce: string;
}

/** A number policy as data; null stands for all regions, or all types. */
export interface NumberRules {
  /** Whose numbers need no calling code; null: every number begins with "+". */
  region: string | null;
  regions: string[] | null;
  /** `NumberType` of Python's side: "mobile", "fixed_line" … */
  types: string[] | null;
}

/** Who normalises phone numbers: a Python function, a policy, or one where the other cannot. */
export interface Numbers<Policy> {
  /** Grows with every change: what an earlier function said is out of date. */
  version: number;
  /** Whether there is a Python function to be asked. */
  asks: boolean;
  policy: Policy | null;
}

/** What one stage is to do, from its frame to its callbacks. */
export interface Run {
  isolation: Isolation | "auto";
  server: StageServer | null;
  /** Why there is no server, as a sentence; null when there is one or none is needed. */
  serverProblem: string | null;
  /** What the simulator is to play; null where the vendor's script runs. */
  simulation: Simulation | null;
  /** Address of the vendor's script; null for the simulator, which has none of its own. */
  script: string | null;
  company: string;
  tenant: string | number | null;
  preset: string | null;
  language: string | null;
  scope: string | null;
  /** `<html lang>` of the stage; null: the notebook page's; "": unset. */
  pageLanguage: string | null;
  media: boolean;
  connect: boolean;
  /** Null: the vendor's own normalisation applies. */
  numbers: NumbersOfRun | null;
  customData: [string, Json][];
}

/** A policy names the asset that holds the numbering plans of its regions. */
export type NumbersOfRun = Numbers<NumberRules & { metadata: AssetName }>;

/** Front end to kernel. */
export interface ToKernel {
  /** `replaces`: the front end that this very tab was before it was reloaded. */
  want: { frontend: string; origin: string; take: boolean; replaces: string | null };
  release: { frontend: string; lease: number };
  /** `lease`: 0 where this page only looks on; `pending`: entries that it has still to deliver. */
  alive: { frontend: string; lease: number; pending: number } & Standing;
  /**
   * `sent`: the page's clock as the batch leaves, so that the kernel knows how far it is off.
   * `active`: of the stage that the page runs now; the page says it, never the stage, in whose
   * document the vendor's script could claim another.
   */
  batch: Parcel & { sent: number; active: ActiveIsolation | null };
  asset: { frontend: string; names: AssetName[] };
  ask: { frontend: string; lease: number } & Question;
  retry: { frontend: string };
  /** `page` and `stage`: null in the answer to a ping, and where there was nothing to be had. */
  findings: {
    frontend: string;
    id: number;
    ping: number;
    /** The page's clock. */
    at: number;
    page: PageFindings | null;
    stage: StageFindings | null;
  };
}

/** What a Python function is asked over the comm. */
export interface Question {
  id: number;
  number: string;
  /** False ahead of the vendor's request: half a number may well trouble a function. */
  submitted: boolean;
}

/** What it says; not given where it failed, and the policy answers. */
export interface Answer {
  id: number;
  version: number;
  given: boolean;
  number: string | null;
}

/** Kernel to front ends; all of them hear each message, `frontend` names the one meant. */
export interface ToFrontEnd {
  /** `open`: whoever asks now is granted it; `silent`: the holder no longer answers. */
  lease: { holder: string | null; silent: boolean; open: boolean };
  /**
   * `frontend`: who asked for it; or the connection of the page that is about to show the widget,
   * where the first who speaks under it has it. `texts`: parts that come with it unasked.
   */
  grant: { frontend: string; lease: number; run: Run; texts: Texts };
  accepted: { load: string; upto: number; lines: LogLine[]; total: number };
  /** `frontend`: who asked; "" where the kernel brings them unasked. */
  asset: { frontend: string; texts: Texts };
  connect: { lease: number };
  call: { lease: number; id: number; method: string; args: Json[] };
  act: { lease: number; id: number; side: string; action: string; args: Json[] };
  numbers: { lease: number; rules: NumbersOfRun };
  answer: { lease: number } & Answer;
  problems: { problems: Problem[] };
  /** Asks for findings: the page named, or all of them; a ping above 0 only for a sign of life. */
  examine: { frontend: string | null; id: number; ping: number };
}

/** Entries that one document load saw, and under which lease of which page. */
export interface Parcel {
  load: string;
  frontend: string;
  lease: number;
  entries: Entry[];
}

/** Front end to stage, over the port. */
export interface ToStage {
  start: StageOrders;
  /** The page has, in a place that outlives the stage, what this load saw up to this number. */
  kept: { load: string; upto: number };
  connect: Record<never, never>;
  call: { id: number; method: string; args: Json[] };
  act: { id: number; side: string; action: string; args: Json[] };
  numbers: { rules: NumbersOfStage };
  answer: Answer;
  examine: Record<never, never>;
}

/** Stage to front end, over the port. */
export interface FromStage {
  booted: Record<never, never>;
  /** The person wants to leave the frame by keyboard: `back` to what is before it. */
  leave: { back: boolean };
  entries: Parcel;
  ask: Question;
  examined: StageFindings;
  /** Only from a document whose storage is emulated. */
  stored: { changes: StoreChange[] };
}

/** The stores of a document that has no storage of its own. */
export type StoreName = "local" | "session" | "cookie";
/** Their items, the oldest first; a cookie is under its name, as a script would set it. */
export type Stored = Record<StoreName, [key: string, value: string][]>;
/** An item as it is now; null: it was removed. */
export type StoreChange = [store: StoreName, key: string, value: string | null];

/** The part of a `Run` that the stage itself carries out, with its addresses settled. */
export interface StageOrders
  extends Pick<
    Run,
    "simulation" | "company" | "tenant" | "preset" | "language" | "scope" | "connect" | "customData"
  > {
  /** The model's key, the page and its lease: what is seen is kept under these. */
  key: string;
  frontend: string;
  lease: number;
  htmlLang: string;
  /** Address of the script; null: the simulator's, which the document has with it. */
  script: string | null;
  numbers: NumbersOfStage | null;
  /** Address of the synchronous number request; null where the isolation has none. */
  numberUrl: string | null;
  /** What an emulated storage begins with; null where the document has its own. */
  stored: Stored | null;
}

/** A policy comes with all that answers for it: the script, and the numbering plans. */
export type NumbersOfStage = Numbers<NumberRules & { code: string; metadata: string }>;

/** "metadata:9.0.43:CZ,SK": numbering plans by a release of Python's library; "*": of all regions. */
export type AssetName =
  | "hosting"
  | "stage"
  | "simulator"
  | "numbers"
  | "diagnosis"
  | "card"
  | `metadata:${string}`;

/** Parts by name. */
export type Texts = Partial<Record<AssetName, string>>;

type Fields<Messages> = { [Kind in keyof Messages]: (keyof Messages[Kind])[] };

/** Names and fields at run time, for the test that compares them with Python's. */
export const TO_KERNEL: Fields<ToKernel> = {
  want: ["frontend", "origin", "take", "replaces"],
  release: ["frontend", "lease"],
  alive: ["frontend", "lease", "state", "failure", "status", "active", "pending"],
  batch: ["frontend", "load", "lease", "sent", "active", "entries"],
  asset: ["frontend", "names"],
  ask: ["frontend", "lease", "id", "number", "submitted"],
  retry: ["frontend"],
  findings: ["frontend", "id", "ping", "at", "page", "stage"],
};

export const TO_FRONT_END: Fields<ToFrontEnd> = {
  lease: ["holder", "silent", "open"],
  grant: ["frontend", "lease", "run", "texts"],
  accepted: ["load", "upto", "lines", "total"],
  asset: ["frontend", "texts"],
  connect: ["lease"],
  call: ["lease", "id", "method", "args"],
  act: ["lease", "id", "side", "action", "args"],
  numbers: ["lease", "rules"],
  answer: ["lease", "id", "version", "given", "number"],
  problems: ["problems"],
  examine: ["frontend", "id", "ping"],
};

type Kinds = { [S in Sighting as S["kind"]]: Exclude<keyof S, "kind">[] };

export const ENTRIES: Kinds = {
  state: ["state", "failure"],
  language: ["tag", "rule"],
  status: ["code"],
  event: ["type", "detail"],
  result: ["id", "value", "error"],
  problem: ["where", "message"],
  overflow: ["dropped"],
  queue: ["waiting"],
  message: ["text"],
};

/** A message as it travels: its kind beside its fields. */
export type Tagged<Messages> = {
  [Kind in keyof Messages]: { kind: Kind } & Messages[Kind];
}[keyof Messages];

/** The stage's first word, to the window that has made its frame: it can be handed its port. */
export const GREETING = "owidget_jupyter:stage";
/** Marks the one window message that hands the stage its port. */
export const HANDOVER = "owidget_jupyter:port";
/** Most entries and characters in one batch; the websocket's own limit is far above. */
export const BATCH_ENTRIES = 1_000;
export const BATCH_CHARACTERS = 512_000;
/** Batches are sent from a timer: one message per event would cost the kernel 200 times more. */
export const BATCH_MS = 16;
/** Most entries that are under way to a kernel that has not yet acknowledged any of them. */
export const UNDER_WAY = 5 * BATCH_ENTRIES;

/** The last number that an entry stands for: an overflow has swallowed several. */
export function lastNumber(entry: Entry | undefined): number {
  if (!entry) return 0;
  return entry.kind === "overflow" ? entry.n + entry.dropped - 1 : entry.n;
}

/** Whether it belongs into the kernel's log. */
export function isLogged({ kind }: Entry): boolean {
  return kind === "event" || kind === "status" || kind === "overflow";
}

/** Stands in a front end's id between that of its page's connection and a part of its own. */
export const OF_CONNECTION = "/";

/** A random id; `crypto.randomUUID` is missing on pages without a secure context. */
export function randomId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join("");
}
