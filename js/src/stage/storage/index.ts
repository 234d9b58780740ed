/**
 * Storage and cookies for a document that has none of its own, because it has no origin. They are
 * this document's alone: frames nested in it have theirs, or none, and no server hears of a cookie.
 */
import type { StoreChange, Stored, StoreName } from "../../wire";
import { Area, Room } from "./area";
import { COOKIE_ROOM, CookieJar } from "./cookies";
import { EmulatedStorage, webStorage } from "./web-storage";

/**
 * Most characters in both storages, keys included: a fifth of what the page's own tab storage
 * holds, where they are kept beside whatever else is.
 */
export const STORAGE_ROOM = 1_000_000;

type Post = (changes: StoreChange[]) => void;

/** The emulated storage of one document, from its first script on. */
export class Emulation {
  readonly #areas: Record<StoreName, Area>;
  /** What the page has not been told yet, by store and key. */
  readonly #changes = new Map<string, StoreChange>();
  #post: Post | null = null;

  constructor(page: Window) {
    const both = new Room(STORAGE_ROOM);
    const area = (store: StoreName, room: Room) =>
      new Area(room, (key, value) => this.#changed([store, key, value]));
    this.#areas = {
      local: area("local", both),
      session: area("session", both),
      cookie: area("cookie", new Room(COOKIE_ROOM)),
    };
    const local = webStorage(this.#areas.local);
    const session = webStorage(this.#areas.session);
    const jar = new CookieJar(this.#areas.cookie);
    const attribute = { configurable: true, enumerable: true };
    Object.defineProperties(page, {
      localStorage: { ...attribute, get: () => local },
      sessionStorage: { ...attribute, get: () => session },
      Storage: { value: EmulatedStorage, configurable: true, writable: true },
    });
    Object.defineProperty(page.document, "cookie", {
      ...attribute,
      get: () => jar.text,
      set: (text: unknown) => jar.set(`${text}`),
    });
  }

  /** Puts in what was kept from before; from now on changes are told. */
  begin(stored: Stored, post: Post): void {
    for (const store of ["local", "session", "cookie"] as const) {
      this.#areas[store].fill(stored[store]);
    }
    this.#post = post;
    this.flush();
  }

  /** Tells at once what has changed; a document about to go has no later. */
  flush(): void {
    if (!this.#post || this.#changes.size === 0) return;
    const changes = [...this.#changes.values()];
    this.#changes.clear();
    this.#post(changes);
  }

  #changed(change: StoreChange): void {
    const [store, key] = change;
    this.#changes.set(`${store} ${key}`, change);
    // Everything that is stored in one go together, at the end of it.
    if (this.#changes.size === 1) queueMicrotask(() => this.flush());
  }
}

/** Emulates storage where the document is refused it for want of an origin, and nowhere else. */
export function emulateStorage(page: Window): Emulation | null {
  if (page.origin !== "null") return null;
  try {
    void page.localStorage;
    return null;
  } catch {
    return new Emulation(page);
  }
}
