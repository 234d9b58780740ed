import { OBJECTION } from "../texts/hosting";
import type { Entry, FromStage, Parcel, Tagged } from "../wire";
import { lastNumber } from "../wire";

/**
 * Most characters of one entry's JSON: the stage itself keeps within two thirds of it. A message
 * of several million would cost the notebook its connection.
 */
const ENTRY_CHARACTERS = 100_000;
/** Most characters of what a document without an origin may store, several times over. */
const STORED_CHARACTERS = 4_000_000;
const NUMBER_CHARACTERS = 1_000;
const ID_CHARACTERS = 100;
/** Most questions about phone numbers in a second: each is a message of its own to the kernel. */
const ASKED_A_SECOND = 50;

/** What only a stage sees; the rest is the page's to say. */
const KINDS = new Set([
  "state",
  "language",
  "status",
  "event",
  "result",
  "problem",
  "overflow",
  "queue",
  "message",
]);
const STATES = new Set(["loading", "ready", "connecting", "unsupported", "failed"]);
const STORES = new Set(["local", "session", "cookie"]);

type Said = { readonly [field: string]: unknown };

/**
 * What comes over a stage's port is not taken on trust: the vendor's script runs beside our own
 * in its document, and can lay hands on the port. It may say anything of its own chat, which is
 * its to tell anyway; this page, its other chats, and what the page itself reports stay whole.
 */
export class Gate {
  /** The document load that speaks for this stage, and its last number. */
  #load: string | null = null;
  #last = 0;
  readonly #asked: number[] = [];
  readonly #frontend: string;
  readonly #lease: () => number | null;

  /**
   * @param frontend - id of this page.
   * @param lease - under which lease the stage runs, now.
   */
  constructor(frontend: string, lease: () => number | null) {
    this.#frontend = frontend;
    this.#lease = lease;
  }

  /** Why a message is not to be heeded, in words; null for one that is. */
  objection(message: unknown): string | null {
    if (!isObject(message)) return OBJECTION.nothing;
    switch (message.kind as keyof FromStage) {
      case "booted":
        return null;
      case "leave":
        return typeof message.back === "boolean" ? null : OBJECTION.unknown;
      case "entries":
        return this.#toEntries(message);
      case "ask":
        return this.#toQuestion(message);
      case "examined":
        return this.#lease() !== null && isSmall(message, ENTRY_CHARACTERS)
          ? null
          : OBJECTION.findings;
      case "stored":
        return Array.isArray(message.changes) &&
          message.changes.every(isChange) &&
          isSmall(message, STORED_CHARACTERS)
          ? null
          : OBJECTION.unstorable;
      default:
        return OBJECTION.unknown;
    }
  }

  #toEntries(message: Said): string | null {
    if (!isParcel(message)) return OBJECTION.malformed;
    const { load, frontend, lease, entries } = message;
    if (load.startsWith(this.#frontend)) return OBJECTION.ofPage;
    if (frontend === this.#frontend && lease === this.#lease()) return this.#toOwn(load, entries);
    // What earlier stages left behind comes before a stage says anything of its own.
    return this.#load === null ? null : OBJECTION.ofOther;
  }

  #toOwn(load: string, entries: Entry[]): string | null {
    if (load !== (this.#load ?? load)) return OBJECTION.ofDocument;
    let last = this.#last;
    for (const entry of entries) {
      if (entry.n <= last) return OBJECTION.numbered;
      last = lastNumber(entry);
    }
    this.#load = load;
    this.#last = last;
    return null;
  }

  #toQuestion({ id, number, submitted }: Said): string | null {
    if (!Number.isSafeInteger(id) || typeof submitted !== "boolean") return OBJECTION.question;
    if (!isText(number, NUMBER_CHARACTERS)) return OBJECTION.noNumber;
    const now = performance.now();
    while (this.#asked.length > 0 && now - (this.#asked[0] ?? now) > 1_000) this.#asked.shift();
    if (this.#asked.length >= ASKED_A_SECOND) return OBJECTION.questions;
    this.#asked.push(now);
    return null;
  }
}

function isParcel(message: Said): message is Said & Tagged<{ entries: Parcel }> {
  const { load, frontend, lease, entries } = message;
  return (
    isText(load, ID_CHARACTERS) &&
    isText(frontend, ID_CHARACTERS) &&
    Number.isSafeInteger(lease) &&
    Array.isArray(entries) &&
    entries.length > 0 &&
    entries.every(isEntry)
  );
}

/** Its other fields are the kernel's to check, which counts what it cannot take. */
function isEntry(entry: unknown): boolean {
  if (!isObject(entry) || !KINDS.has(entry.kind as string)) return false;
  if (entry.kind === "state" && !STATES.has(entry.state as string)) return false;
  const ends = [entry.n, lastNumber(entry as Entry)];
  return ends.every(isNumber) && isSmall(entry, ENTRY_CHARACTERS);
}

const isNumber = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) > 0;

const isObject = (value: unknown): value is Said => typeof value === "object" && value !== null;

const isText = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.length <= most;

function isChange(change: unknown): boolean {
  if (!Array.isArray(change) || change.length !== 3) return false;
  const [store, key, value] = change;
  return (
    STORES.has(store) && typeof key === "string" && (value === null || typeof value === "string")
  );
}

/** A message can hold what has no JSON, such as a cycle, and would throw later on. */
function isSmall(value: object, most: number): boolean {
  try {
    return JSON.stringify(value).length <= most;
  } catch {
    return false;
  }
}
