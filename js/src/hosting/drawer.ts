import { onAbort } from "../abort";
import { sessionStorageOrNull } from "../keep";
import { serverPath } from "../server";
import type { Run, StoreChange, Stored, StoreName } from "../wire";

const PREFIX = "owidget_jupyter.stored.";
/** Of what a value looks like; another version's is as good as none. */
const FORMAT = 1;
/** Changes are written together: each writing takes all that there is; ms. */
const WRITE_MS = 100;
/** Bounds of all drawers together; the oldest go first. The tab holds some five million characters. */
const MOST_DRAWERS = 20;
const MOST_CHARACTERS = 2_000_000;

const STORES: StoreName[] = ["local", "session", "cookie"];

interface Written {
  format: typeof FORMAT;
  /** When it was written; ms. */
  at: number;
  stored: Stored;
}

/** What the tab's storage holds under a key. */
interface Item {
  key: string;
  text: string;
}

/**
 * Where a document without an origin has its storage kept: one drawer for each Jupyter server,
 * script's host, company, tenant and scope. A website's storage is one for a whole host; a conversation is to be
 * restored in its own scope only, whatever the script stores it under. It is in the session
 * storage of the tab: it outlives views, stages, models and kernels, as a website's would outlive
 * its pages, and goes with the tab. No kernel, file or other tab ever sees it.
 */
export class Drawer {
  /** By their keys: what one stage has not written yet, the next one finds. */
  static readonly #all = new Map<string, Drawer>();

  readonly #key: string;
  /** What is not written yet, by store and key. */
  readonly #changes = new Map<string, StoreChange>();
  #writing: AbortController | null = null;
  #unwritten: () => void = () => {};

  private constructor(key: string) {
    this.#key = PREFIX + key;
  }

  static of({ script, company, tenant, scope }: Run): Drawer {
    const host = script === null ? "simulator" : new URL(script).origin;
    const key = JSON.stringify([serverPath(), host, company, tenant, scope]);
    const drawer = Drawer.#all.get(key) ?? new Drawer(key);
    Drawer.#all.set(key, drawer);
    return drawer;
  }

  /** What a fresh stage begins with. */
  get stored(): Stored {
    const written = parse(sessionStorageOrNull()?.getItem(this.#key))?.stored;
    const now = (store: StoreName) => {
      const items = new Map(written?.[store]);
      for (const [where, key, value] of this.#changes.values()) {
        if (where !== store) continue;
        if (value === null) items.delete(key);
        else items.set(key, value);
      }
      return [...items];
    };
    return { local: now("local"), session: now("session"), cookie: now("cookie") };
  }

  /**
   * Keeps what a stage has changed.
   *
   * @param unwritten - called where there is no room: then only this page has it.
   */
  take(changes: StoreChange[], unwritten: () => void): void {
    for (const change of changes) {
      const [store, key] = change;
      this.#changes.set(`${store} ${key}`, change);
    }
    this.#unwritten = unwritten;
    if (this.#writing) return;
    this.#writing = new AbortController();
    const { signal } = this.#writing;
    const timer = setTimeout(() => this.#write(), WRITE_MS);
    onAbort(signal, () => clearTimeout(timer));
    addEventListener("pagehide", () => this.#write(), { signal });
  }

  #write(): void {
    this.#writing?.abort();
    this.#writing = null;
    const { stored } = this;
    const empty = STORES.every((store) => stored[store].length === 0);
    const written: Written = { format: FORMAT, at: Date.now(), stored };
    const text = empty ? "" : JSON.stringify(written);
    // A stage that heeds its bounds stores nothing that would never find room.
    if (text.length > MOST_CHARACTERS) this.#changes.clear();
    else if (this.#put(text)) return this.#changes.clear();
    this.#unwritten();
  }

  #put(text: string): boolean {
    const storage = sessionStorageOrNull();
    if (!storage) return false;
    if (text === "") {
      storage.removeItem(this.#key);
      return true;
    }
    const evicted: Item[] = [];
    for (;;) {
      const others = this.#others(storage);
      const characters = others.reduce((sum, other) => sum + other.text.length, text.length);
      const allowed = others.length < MOST_DRAWERS && characters <= MOST_CHARACTERS;
      if (allowed && stores(storage, { key: this.#key, text })) return true;
      // Full: an older drawer may make room.
      const [oldest] = others.sort((one, other) => writtenAt(one.text) - writtenAt(other.text));
      if (!oldest) break;
      evicted.push(oldest);
      storage.removeItem(oldest.key);
    }
    // In vain: they fit in again, as nobody else has written meanwhile.
    for (const item of evicted) stores(storage, item);
    return false;
  }

  #others(storage: Storage): Item[] {
    return Object.keys(storage)
      .filter((key) => key.startsWith(PREFIX) && key !== this.#key)
      .map((key) => ({ key, text: storage.getItem(key) ?? "" }));
  }
}

/** False where there is no room; then what was there stays. */
function stores(storage: Storage, { key, text }: Item): boolean {
  try {
    storage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

/** When it was written; what cannot be read is the first to go. */
const writtenAt = (text: string): number => parse(text)?.at ?? 0;

/** Whatever else runs in the page can write there, too. */
function parse(text: string | null | undefined): Written | null {
  let value: Partial<Written> | null;
  try {
    value = JSON.parse(text ?? "null");
  } catch {
    return null;
  }
  if (value?.format !== FORMAT || typeof value.at !== "number") return null;
  const { stored } = value as Partial<Written>;
  const good = STORES.every((store) => {
    const items: unknown = stored?.[store];
    return Array.isArray(items) && items.every(isItem);
  });
  return good ? (value as Written) : null;
}

function isItem(item: unknown): boolean {
  return Array.isArray(item) && item.length === 2 && item.every((part) => typeof part === "string");
}
