import { type Hole, Keep } from "../keep";
import { BATCH_MS, type Entry, isLogged, lastNumber, type Parcel } from "../wire";
import { Outbox } from "./outbox";

export interface Delivery {
  send(parcel: Parcel): void;
  silent(silent: boolean): void;
}

/** Hears whether what was taken would outlive this page as well. */
export type Kept = (whole: boolean) => void;

/**
 * All that this page, and earlier documents of its tab, saw of one model and the kernel has not
 * yet acknowledged. What stages saw is kept in the tab's storage, and goes out one stage after
 * the other, as it happened; what this page itself saw waits for what it had heard by then, and
 * nothing waits for it.
 */
export class Outboxes {
  readonly #boxes = new Map<string, Outbox>();
  /** By load of this page's own: up to which number of which stage it had heard by then. */
  readonly #heard = new Map<string, [stage: string, upto: number]>();
  readonly #keep: Keep;
  readonly #frontend: string;
  readonly #delivery: Delivery;
  /** By load, the first parcel that has still to be kept, and who waits to hear of the last. */
  readonly #unkept = new Map<string, [first: Parcel, kept: Kept]>();
  #keeping: ReturnType<typeof setTimeout> | undefined;
  /** What earlier documents had no room for, and a stage may still have. */
  #holes: Hole[] = [];
  #ended: "halted" | "closed" | "forgotten" | null = null;

  constructor(frontend: string, key: string, delivery: Delivery) {
    this.#frontend = frontend;
    this.#delivery = delivery;
    this.#keep = new Keep("outbox", key);
  }

  /** Sends what a page before this one could not deliver. */
  restore(): void {
    for (const parcel of this.#keep.leftovers()) this.#box(parcel).add(parcel.entries);
    this.#holes = this.#keep.holes();
  }

  /**
   * Takes a parcel and sends it; keeps it a moment later, as storing would hold up what was just
   * sent. Until then whoever gave it keeps it.
   */
  add(parcel: Parcel, kept: Kept = () => {}): void {
    // A stage's last words may come behind the end: they wait for a page to come, if one may.
    if (this.#ended === "closed") return kept(this.#keep.put(parcel));
    if (this.#ended === "forgotten") return kept(false);
    const { load } = parcel;
    if (this.#isOwn(load)) {
      const stage = this.#stages.at(-1);
      if (stage) this.#heard.set(load, [stage[0], lastNumber(stage[1].entries.at(-1))]);
      this.#box(parcel).add(parcel.entries);
      // What it waits for needs no more company.
      this.#go();
      return kept(true);
    }
    // What a stage has kept of earlier pages' ones comes before what it sees itself.
    if (parcel.frontend === this.#frontend) this.#ownUpToHoles();
    this.#box(parcel).add(parcel.entries);
    const [first] = this.#unkept.get(load) ?? [parcel];
    this.#unkept.set(load, [first, kept]);
    this.#keeping ??= setTimeout(() => this.keep(), BATCH_MS);
  }

  /** Keeps at once what the kernel has not acknowledged by now; a page about to go has no later. */
  keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = undefined;
    for (const [load, [first, kept]] of this.#unkept) {
      const from = first.entries[0]?.n ?? 0;
      const left = this.#boxes.get(load)?.entries ?? [];
      const entries = left.filter((entry) => lastNumber(entry) >= from);
      kept(this.#keep.put({ ...first, entries }));
    }
    this.#unkept.clear();
  }

  acknowledge(load: string, upto: number): void {
    this.#keep.drop(load, upto);
    const box = this.#boxes.get(load);
    if (!box) return;
    box.acknowledge(upto);
    if (box.entries.length === 0) {
      box.close();
      this.#boxes.delete(load);
      this.#heard.delete(load);
    }
    this.#go();
  }

  /** How many entries the kernel has not acknowledged. */
  get pending(): number {
    return this.#entries.length;
  }

  /** Those of them that belong into the kernel's log. */
  get undelivered(): Entry[] {
    return this.#entries.filter(isLogged);
  }

  get #entries(): Entry[] {
    return [...this.#boxes.values()].flatMap(({ entries }) => entries);
  }

  /** The model is gone: what could not be delivered can only be shown any more. */
  halt(): void {
    this.#ended = "halted";
    for (const box of this.#boxes.values()) box.close();
  }

  /** This page is done; what it could not deliver, a later one may, if the model is still there. */
  close(modelLives: boolean): void {
    const forget = this.#ended === "halted" || !modelLives;
    this.keep();
    this.halt();
    this.#boxes.clear();
    if (forget) this.#keep.forget();
    this.#ended = forget ? "forgotten" : "closed";
  }

  /** No earlier stage's leftovers can come any more: what is still missing of them is lost. */
  #ownUpToHoles(): void {
    for (const { from, upto, ...of } of this.#holes.splice(0)) {
      const box = this.#box({ ...of, entries: [] });
      const n = Math.max(from, lastNumber(box.entries.at(-1)) + 1);
      const dropped = upto - n + 1;
      if (dropped > 0) box.add([{ n, at: Date.now(), kind: "overflow", dropped }]);
      else if (box.entries.length === 0) this.#boxes.delete(of.load);
    }
  }

  #go(): void {
    for (const box of this.#boxes.values()) box.go();
  }

  /** Whether the kernel has all that comes before what was seen in that load. */
  #isNext(load: string): boolean {
    if (!this.#isOwn(load)) return this.#stages[0]?.[0] === load;
    const heard = this.#heard.get(load);
    const first = heard && this.#boxes.get(heard[0])?.entries[0];
    return !first || first.n > heard[1];
  }

  get #stages(): [load: string, box: Outbox][] {
    return [...this.#boxes].filter(([load]) => !this.#isOwn(load));
  }

  #isOwn(load: string): boolean {
    return load.startsWith(this.#frontend);
  }

  #box({ load, frontend, lease }: Parcel): Outbox {
    let box = this.#boxes.get(load);
    if (!box) {
      box = new Outbox({
        send: (entries) => this.#delivery.send({ load, frontend, lease, entries }),
        silent: (silent) => this.#delivery.silent(silent),
        mayGo: () => this.#ended === null && this.#isNext(load),
      });
      this.#boxes.set(load, box);
    }
    return box;
  }
}
