import type { Outboxes } from "../hosting/index";
import { forgetKept, isParcel, keptNames, keptPieces } from "../keep";
import { type Entry, isLogged, type Parcel } from "../wire";

/**
 * What this page, and earlier documents of its tab, have still to tell the kernel of one model.
 * The outboxes that tell it come with the hosting, which alone puts something in; until then
 * there is only what was left behind.
 */
export class Undelivered {
  readonly #key: string;
  #outboxes: Outboxes | null = null;

  constructor(key: string) {
    this.#key = key;
  }

  /** Whether an earlier document of this tab has left something: then the outboxes are needed. */
  get due(): boolean {
    return keptNames("outbox", this.#key).length > 0;
  }

  /** Begins to deliver, with what was left behind. */
  begin(outboxes: Outboxes): void {
    this.#outboxes = outboxes;
    outboxes.restore();
  }

  /** How many entries the kernel has not acknowledged, of those that can be sent. */
  get pending(): number {
    return this.#outboxes?.pending ?? 0;
  }

  /** What belongs into the kernel's log, and is not there. */
  get entries(): Entry[] {
    if (this.#outboxes) return this.#outboxes.undelivered;
    const pieces = keptPieces("outbox", this.#key);
    return pieces.flatMap(([, piece]) => (isParcel(piece) ? piece.entries : [])).filter(isLogged);
  }

  add(parcel: Parcel, kept?: (whole: boolean) => void): void {
    this.#outboxes?.add(parcel, kept);
  }

  acknowledge(load: string, upto: number): void {
    this.#outboxes?.acknowledge(load, upto);
  }

  keep(): void {
    this.#outboxes?.keep();
  }

  halt(): void {
    this.#outboxes?.halt();
  }

  close(modelLives: boolean): void {
    if (this.#outboxes) this.#outboxes.close(modelLives);
    else if (!modelLives) forgetKept("outbox", this.#key);
  }
}
