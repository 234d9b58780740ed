import { type Line, type SavedConversation, SYSTEM_LINES } from "./conversation.js";
import type { Progress } from "./memory.js";

/** What outlives the document. The transcript is kept here and nowhere else. */
export interface Saved {
  /** In ms since the epoch. */
  readonly savedAt: number;
  readonly open: boolean;
  /** Whether a person drives the operator: the script must not take over after a reload. */
  readonly manual: boolean;
  /** How many people were before the visitor. */
  readonly ahead: number;
  /** Clocks do not outlive documents: how long ago the operator joined, in ms of the play. */
  readonly progress: Omit<Progress, "joined"> & { readonly elapsed: number };
  readonly conversation: SavedConversation;
}

const PREFIX = "owidget_jupyter.simulator:";
/** A conversation nobody has touched for an hour is no longer an active one. */
const MAX_AGE = 60 * 60 * 1000;

/**
 * The drawer in which one company, tenant and scope keep their active conversation. Of several
 * widgets of a page that share one, it is the first to put something in that uses it, until it has
 * taken it out again.
 */
export class Drawer {
  readonly #key: string;
  readonly #taken: Set<string>;
  #store: Storage | null;
  #mine = false;

  /** @param taken - the keys of the drawers that widgets of this page use. */
  constructor(store: Storage | null, taken: Set<string>, owner: (string | null)[]) {
    this.#store = store;
    this.#taken = taken;
    this.#key = PREFIX + JSON.stringify(owner);
  }

  /** False once storage has turned out not to work. */
  get works(): boolean {
    return this.#store !== null;
  }

  read(): Saved | null {
    if (!this.#take()) return null;
    const text = this.#try((store) => store.getItem(this.#key));
    const saved = text ? parse(text) : null;
    if (saved && Date.now() - saved.savedAt <= MAX_AGE) return saved;
    this.clear();
    return null;
  }

  write(saved: Saved): void {
    if (this.#take()) this.#try((store) => store.setItem(this.#key, JSON.stringify(saved)));
  }

  clear(): void {
    if (!this.#mine) return;
    this.#mine = false;
    this.#taken.delete(this.#key);
    this.#try((store) => store.removeItem(this.#key));
  }

  #take(): boolean {
    if (this.#mine) return true;
    if (this.#taken.has(this.#key)) return false;
    this.#taken.add(this.#key);
    this.#mine = true;
    return true;
  }

  #try<T>(use: (store: Storage) => T): T | null {
    const store = this.#store;
    if (!store) return null;
    try {
      return use(store);
    } catch {
      this.#store = null;
    }
    try {
      // What is there would be out of date soon, and yet be restored.
      store.removeItem(this.#key);
    } catch {
      // Then it lies there until it is too old.
    }
    return null;
  }
}

/** The page's storage, or null where it is refused: a document without an origin, say. */
export function findStorage(page: Window): Storage | null {
  try {
    const store = page.localStorage;
    // Reading the property can work where using the storage does not.
    const probe = `${PREFIX}probe`;
    store.setItem(probe, "");
    store.removeItem(probe);
    return store;
  } catch {
    return null;
  }
}

// Whatever else runs on this origin can write here, so the shape is checked before use.
function parse(text: string): Saved | null {
  try {
    const saved: unknown = JSON.parse(text);
    return isSaved(saved) ? (saved as Saved) : null;
  } catch {
    // Not JSON: as good as nothing.
    return null;
  }
}

type Test = (value: unknown) => boolean;

const isA =
  (type: string): Test =>
  (value) =>
    typeof value === type;
const oneOf =
  (...values: readonly unknown[]): Test =>
  (value) =>
    values.includes(value);
const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
/** Each member of `T` has to be looked at. */
const shaped =
  <T>(tests: { readonly [name in keyof T]-?: Test }): Test =>
  (value) =>
    Object.entries<Test>(tests).every(([name, test]) =>
      test((value as { [name: string]: unknown } | null)?.[name]),
    );

const isSystemLine = shaped<Line>({ by: oneOf("system"), text: oneOf(...SYSTEM_LINES) });
const isSaid = shaped<Line>({ by: oneOf("visitor", "operator"), text: isA("string") });
const isSaved = shaped<Saved>({
  savedAt: isA("number"),
  open: isA("boolean"),
  manual: isA("boolean"),
  ahead: isCount,
  progress: shaped<Saved["progress"]>({
    greeted: isA("boolean"),
    answered: isCount,
    said: isCount,
    elapsed: isA("number"),
  }),
  conversation: shaped<SavedConversation>({
    phase: oneOf("queued", "active"),
    channel: oneOf("chat", "av"),
    sessionId: isA("string"),
    name: isA("string"),
    since: isA("number"),
    announced: isA("boolean"),
    unsent: isCount,
    lines: (lines) =>
      Array.isArray(lines) && lines.every((line) => isSystemLine(line) || isSaid(line)),
  }),
});
