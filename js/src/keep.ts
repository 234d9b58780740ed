import { type Entry, lastNumber, type Parcel } from "./wire";

/** Most characters of what is stored as one: where there is little room, more of it finds some. */
const PIECE_CHARACTERS = 256_000;

/**
 * Parcels kept in the tab's session storage until somebody else has them: it outlives the
 * document, and goes with the tab, as what people typed should. A tab opened from this one gets a
 * copy; what it sends again is known by its load and number.
 */
export class Keep {
  readonly #prefix: string;
  readonly #storage = sessionStorageOrNull();
  readonly #keys = new Map<string, Map<string, number>>();
  /** By load, the last number for which there was no room. */
  readonly #missing = new Map<string, number>();

  constructor(owner: "stage" | "outbox", key: string) {
    this.#prefix = `owidget_jupyter.${owner}.${key}.`;
  }

  /**
   * False where not all of it found a place: what did not is lost with a reload. Behind such a
   * hole nothing is kept either, until the hole is filled: whoever sends the rest would have to
   * say that these were lost, while somebody else may have them.
   */
  put(parcel: Parcel): boolean {
    const { load } = parcel;
    let kept = !this.#missing.has(load);
    let piece: Entry[] = [];
    let characters = 0;
    const store = () => {
      kept &&= this.#store({ ...parcel, entries: piece });
      [piece, characters] = [[], 0];
    };
    for (const entry of parcel.entries) {
      const length = JSON.stringify(entry).length;
      if (piece.length > 0 && characters + length > PIECE_CHARACTERS) store();
      piece.push(entry);
      characters += length;
    }
    store();
    if (!kept) this.#missing.set(load, lastNumber(parcel.entries.at(-1)));
    return kept;
  }

  /** Somebody has what this load saw up to this number. */
  drop(load: string, upto: number): void {
    if (upto >= (this.#missing.get(load) ?? Number.POSITIVE_INFINITY)) this.#missing.delete(load);
    const keys = this.#keys.get(load);
    for (const [key, last] of keys ?? []) {
      if (last > upto) continue;
      this.#storage?.removeItem(key);
      keys?.delete(key);
    }
    if (keys?.size === 0) this.#keys.delete(load);
  }

  /** What earlier documents of this tab have left here: one load after the other, each in order. */
  leftovers(): Parcel[] {
    const loads = new Map<string, Parcel[]>();
    for (const key of this.#ownKeys()) {
      const parcel = parcelOf(this.#storage?.getItem(key));
      if (!parcel) continue;
      this.#note(key, parcel);
      loads.set(parcel.load, [...(loads.get(parcel.load) ?? []), parcel]);
    }
    // Within a load its numbers count, and not the clock, which may have been set back meanwhile.
    const ordered = [...loads.values()].map((load) => load.sort((one, other) => n(one) - n(other)));
    return ordered.sort(([one], [other]) => at(one) - at(other)).flat();
  }

  /** Nobody will take any of it any more. */
  forget(): void {
    for (const key of this.#ownKeys()) this.#storage?.removeItem(key);
    this.#keys.clear();
  }

  #store(parcel: Parcel): boolean {
    const [first] = parcel.entries;
    if (!this.#storage || !first) return false;
    const key = `${this.#prefix}${parcel.load}.${first.n}`;
    try {
      this.#storage.setItem(key, JSON.stringify(parcel));
    } catch {
      return false;
    }
    this.#note(key, parcel);
    return true;
  }

  #ownKeys(): string[] {
    return Object.keys(this.#storage ?? {}).filter((key) => key.startsWith(this.#prefix));
  }

  #note(key: string, { load, entries }: Parcel): void {
    const keys = this.#keys.get(load) ?? new Map();
    this.#keys.set(load, keys.set(key, lastNumber(entries.at(-1))));
  }
}

const at = (parcel: Parcel | undefined): number => parcel?.entries[0]?.at ?? 0;
const n = (parcel: Parcel): number => parcel.entries[0]?.n ?? 0;

/** A stage shares its storage with the vendor's script, which may have written over it. */
function parcelOf(text: string | null | undefined): Parcel | null {
  try {
    const parcel = JSON.parse(text ?? "null");
    return isParcel(parcel) ? parcel : null;
  } catch {
    return null;
  }
}

function isParcel({ load, frontend, lease, entries }: Parcel): boolean {
  return (
    typeof load === "string" &&
    typeof frontend === "string" &&
    Number.isSafeInteger(lease) &&
    entries.length > 0 &&
    entries.every(isNumbered)
  );
}

/** The kernel takes nothing of a batch in which one is not, and all behind it would wait. */
function isNumbered(entry: Entry): boolean {
  const ends = [entry.n, lastNumber(entry)];
  return typeof entry.kind === "string" && entry.n > 0 && ends.every(Number.isSafeInteger);
}

/** Without an origin of its own a document has none, and the browser throws. */
function sessionStorageOrNull(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
