/** A kernel behind a connection that loses, repeats and reorders; seeded, so that runs can be told apart. */
import { ENTRIES, type Entry, lastNumber, type Parcel } from "../../src/wire";

/** Accepts what comes by the rule of `owidget_jupyter/inbox.py`: each once, in order, no gaps. */
export class Inbox {
  readonly log: { load: string; entry: Entry }[] = [];
  readonly #upto = new Map<string, number>();

  /** @param has - up to which number it has a load's entries already, from before. */
  constructor(has: { [load: string]: number } = {}) {
    for (const [load, upto] of Object.entries(has)) this.#upto.set(load, upto);
  }

  /** Returns the number up to which the load's entries are here now. */
  accept({ load, entries }: Pick<Parcel, "load" | "entries">): number {
    let upto = this.#upto.get(load) ?? 0;
    for (const entry of entries.map(checked).sort((one, other) => one.n - other.n)) {
      if (entry.n <= upto) continue;
      if (entry.n !== upto + 1) break;
      upto = lastNumber(entry);
      this.log.push({ load, entry });
    }
    this.#upto.set(load, upto);
    return upto;
  }
}

/** One that is malformed becomes an overflow of one; without a number, none of the batch is taken. */
function checked(entry: Entry): Entry {
  if (!Number.isSafeInteger(entry.n) || entry.n < 1) throw new Error("an entry without a number");
  const fields: readonly string[] | undefined = ENTRIES[entry.kind];
  if (fields?.every((field) => field in entry)) return entry;
  return { n: entry.n, at: entry.at, kind: "overflow", dropped: 1 };
}

/** Carries things to their receiver; while it is bad, one in five is lost, one comes twice, all late. */
export class Wire {
  bad = true;

  constructor(private readonly random: () => number) {}

  carry(receive: () => void): void {
    const fate = this.bad ? this.random() : 1;
    const times = fate < 0.2 ? 0 : fate < 0.4 ? 2 : 1;
    for (let i = 0; i < times; i++) setTimeout(receive, this.bad ? this.random() * 200 : 1);
  }
}
