import { type Entry, lastNumber, type Parcel } from "./wire";

/** As they were before the vendor's script ran here: in a stage, it may replace them. */
const { parse: fromJson, stringify } = JSON;

/** Numbers of a load that found no room. */
export interface Hole extends Omit<Parcel, "entries"> {
  from: number;
  upto: number;
}

/** Characters of a hole's mark: two ids and three numbers. */
const MARK_CHARACTERS = 240;
/** Most characters of what is stored as one: where there is little room, more of it finds some. */
const PIECE_CHARACTERS = 256_000;

/** Who keeps something, beside the model that it is of. */
type Owner = "stage" | "outbox";

const prefix = (owner: Owner, key: string): string => `owidget_jupyter.${owner}.${key}.`;

/**
 * Parcels kept in the tab's session storage until somebody else has them: it outlives the
 * document, and goes with the tab, as what people typed should. A tab opened from this one gets a
 * copy; what it sends again is known by its load and number.
 */
export class Keep {
  readonly #owner: Owner;
  readonly #key: string;
  readonly #storage = sessionStorageOrNull();
  readonly #keys = new Map<string, Map<string, number>>();
  /** By load, what there was no room for. */
  readonly #holes = new Map<string, Hole>();

  constructor(owner: Owner, key: string) {
    this.#owner = owner;
    this.#key = key;
  }

  /**
   * False where not all of it found a place: what did not is lost with a reload, and counted.
   * Behind such a hole nothing is kept either, until it is filled: it is at the end, and nobody
   * takes the numbers in it for lost while somebody else may have them.
   */
  put(parcel: Parcel): boolean {
    const { load, entries } = parcel;
    if (entries.length === 0) return true;
    if (!this.#keys.has(load)) this.#mark({ ...parcel, from: 0, upto: 0 });
    let piece: Entry[] = [];
    let texts = "";
    const store = () => {
      const stored = !this.#holes.has(load) && this.#store({ ...parcel, entries: piece }, texts);
      if (!stored) this.#widen(parcel, piece);
      [piece, texts] = [[], ""];
    };
    for (const entry of entries) {
      const text = stringify(entry);
      // An overflow still grows: in a piece of its own it takes its former self's place.
      const whole = texts.length + text.length > PIECE_CHARACTERS || entry.kind === "overflow";
      if (piece.length > 0 && whole) store();
      piece.push(entry);
      texts += `,${text}`;
    }
    store();
    return !this.#holes.has(load);
  }

  /** Somebody has what this load saw up to this number. */
  drop(load: string, upto: number): void {
    const keys = this.#keys.get(load);
    for (const [key, last] of keys ?? []) {
      if (last > upto) continue;
      this.#storage?.removeItem(key);
      keys?.delete(key);
    }
    const hole = this.#holes.get(load);
    if (hole && upto < hole.upto) {
      if (upto >= hole.from) this.#mark({ ...hole, from: upto + 1 });
      return;
    }
    this.#holes.delete(load);
    if (keys?.size !== 0) return;
    this.#keys.delete(load);
    this.#storage?.removeItem(this.#markOf(load));
  }

  /** What earlier documents of this tab had no room for, of what they left here. */
  holes(): Hole[] {
    return [...this.#holes.values()];
  }

  /** What earlier documents of this tab have left here: one load after the other, each in order. */
  leftovers(): Parcel[] {
    const loads = new Map<string, Parcel[]>();
    for (const [key, value] of keptPieces(this.#owner, this.#key)) {
      if (isHole(value)) this.#remember(value);
      if (!isParcel(value)) continue;
      this.#note(key, value);
      loads.set(value.load, [...(loads.get(value.load) ?? []), value]);
    }
    // Within a load its numbers count, and not the clock, which may have been set back meanwhile.
    const ordered = [...loads.values()].map((load) => load.sort((one, other) => n(one) - n(other)));
    return ordered.sort(([one], [other]) => at(one) - at(other)).flat();
  }

  /** Nobody will take any of it any more. */
  forget(): void {
    forgetKept(this.#owner, this.#key);
    this.#keys.clear();
    this.#holes.clear();
  }

  /** @param texts - the JSON of its entries, each behind a comma. */
  #store(parcel: Parcel, texts: string): boolean {
    if (!this.#storage) return false;
    const key = this.#named(parcel.load, n(parcel));
    const head = stringify({ ...parcel, entries: [] }).slice(0, -2);
    try {
      this.#storage.setItem(key, `${head}${texts.slice(1)}]}`);
    } catch {
      return false;
    }
    this.#note(key, parcel);
    return true;
  }

  #widen(parcel: Parcel, entries: Entry[]): void {
    const from = this.#holes.get(parcel.load)?.from ?? entries[0]?.n ?? 0;
    this.#mark({ ...parcel, from, upto: lastNumber(entries.at(-1)) });
  }

  /** Written beside the first parcel, as long as it will ever be: later there may be no room. */
  #mark({ load, frontend, lease, from, upto }: Hole): void {
    const hole = { load, frontend, lease, from, upto };
    this.#remember(hole);
    try {
      this.#storage?.setItem(this.#markOf(load), stringify(hole).padEnd(MARK_CHARACTERS));
    } catch {
      // Not even room for this: then a reload loses it without a count.
    }
  }

  #remember(hole: Hole): void {
    this.#keys.set(hole.load, this.#keys.get(hole.load) ?? new Map());
    if (hole.upto > 0) this.#holes.set(hole.load, hole);
  }

  #markOf(load: string): string {
    return this.#named(load, "hole");
  }

  #named(load: string, name: number | string): string {
    return `${prefix(this.#owner, this.#key)}${load}.${name}`;
  }

  #note(key: string, { load, entries }: Parcel): void {
    const keys = this.#keys.get(load) ?? new Map();
    this.#keys.set(load, keys.set(key, lastNumber(entries.at(-1))));
  }
}

/** The names of all that is kept in this tab. */
export function keptNames(owner: Owner, key: string): string[] {
  const names = Object.keys(sessionStorageOrNull() ?? {});
  return names.filter((name) => name.startsWith(prefix(owner, key)));
}

/** All that is kept in this tab, by name: parcels, marks of what found no room, or anything. */
export function keptPieces(owner: Owner, key: string): [name: string, value: unknown][] {
  const storage = sessionStorageOrNull();
  return keptNames(owner, key).map((name) => [name, parse(storage?.getItem(name))]);
}

/** Keeps none of it any more. */
export function forgetKept(owner: Owner, key: string): void {
  for (const name of keptNames(owner, key)) sessionStorageOrNull()?.removeItem(name);
}

const at = (parcel: Parcel | undefined): number => parcel?.entries[0]?.at ?? 0;
const n = (parcel: Parcel): number => parcel.entries[0]?.n ?? 0;

/** A stage shares its storage with the vendor's script, which may have written over it. */
function parse(text: string | null | undefined): unknown {
  try {
    return fromJson(text ?? "null");
  } catch {
    return null;
  }
}

export function isParcel(value: unknown): value is Parcel {
  const { entries } = (value ?? {}) as Partial<Parcel>;
  return (
    isOfLoad(value) && Array.isArray(entries) && entries.length > 0 && entries.every(isNumbered)
  );
}

function isHole(value: unknown): value is Hole {
  const { from, upto } = (value ?? {}) as Partial<Hole>;
  return isOfLoad(value) && Number.isSafeInteger(from) && Number.isSafeInteger(upto);
}

function isOfLoad(value: unknown): boolean {
  const { load, frontend, lease } = (value ?? {}) as Partial<Parcel>;
  return typeof load === "string" && typeof frontend === "string" && Number.isSafeInteger(lease);
}

/** The kernel takes nothing of a batch in which one is not, and all behind it would wait. */
function isNumbered(entry: Entry | null): boolean {
  if (!entry) return false;
  const ends = [entry.n, lastNumber(entry)];
  return typeof entry.kind === "string" && entry.n > 0 && ends.every(Number.isSafeInteger);
}

/** Without an origin of its own a document has none, and the browser throws. */
export function sessionStorageOrNull(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
