import {
  type Line,
  type SavedConversation,
  SYSTEM_LINES,
  type SystemLine,
} from "./conversation.js";

/** What outlives the document. The transcript is kept here and nowhere else. */
export interface Saved {
  readonly savedAt: number;
  readonly open: boolean;
  /** Whether a person drives the operator: the script must not take over after a reload. */
  readonly manual: boolean;
  readonly conversation: SavedConversation;
}

const PREFIX = "owidget_jupyter.simulator:";
/** A conversation nobody has touched for an hour is no longer an active one. */
const MAX_AGE = 60 * 60 * 1000;

/** The drawer in which one company, tenant and scope keep their active conversation. */
export class Drawer {
  readonly #key: string;
  #store: Storage | null;

  constructor(store: Storage | null, company: string, tenant: string | null, scope: string | null) {
    this.#store = store;
    this.#key = PREFIX + JSON.stringify([company, tenant, scope]);
  }

  /** False once storage has turned out not to work. */
  get works(): boolean {
    return this.#store !== null;
  }

  read(now: number): Saved | null {
    const text = this.#try((store) => store.getItem(this.#key));
    if (!text) return null;
    const saved = parse(text);
    if (saved && now - saved.savedAt <= MAX_AGE) return saved;
    this.clear();
    return null;
  }

  write(saved: Saved): void {
    this.#try((store) => store.setItem(this.#key, JSON.stringify(saved)));
  }

  clear(): void {
    this.#try((store) => store.removeItem(this.#key));
  }

  #try<T>(use: (store: Storage) => T): T | null {
    if (!this.#store) return null;
    try {
      return use(this.#store);
    } catch {
      this.#store = null;
      return null;
    }
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
    const saved = JSON.parse(text) as Partial<Saved> | null;
    const conversation = saved?.conversation as Partial<SavedConversation> | undefined;
    if (
      typeof saved?.savedAt === "number" &&
      typeof saved.open === "boolean" &&
      typeof saved.manual === "boolean" &&
      (conversation?.phase === "queued" || conversation?.phase === "active") &&
      typeof conversation.sessionId === "string" &&
      typeof conversation.name === "string" &&
      Array.isArray(conversation.lines) &&
      conversation.lines.every(isLine)
    ) {
      return saved as Saved;
    }
  } catch {
    // Not JSON: as good as nothing.
  }
  return null;
}

function isLine(value: unknown): value is Line {
  const line = value as Partial<Line> | null;
  if (typeof line?.text !== "string") return false;
  if (line.by === "system") return SYSTEM_LINES.includes(line.text as SystemLine);
  return line.by === "visitor" || line.by === "operator";
}
