import { BATCH_CHARACTERS, BATCH_ENTRIES, BATCH_MS, type Entry } from "../wire";

/** Entries kept while the kernel does not acknowledge; beyond it they are counted. */
const CAPACITY = 10_000;
/** Silence after which entries are sent again, doubling up to the second; ms. */
const RESEND_MS = 5_000;
const RESEND_MOST_MS = 40_000;

/**
 * What one document load saw and the kernel has not yet acknowledged, in order. Sent in bounded
 * batches, sent again after a silence; what finds no room becomes one `overflow` entry that
 * stands for the numbers it swallowed.
 */
export class Outbox {
  #entries: Entry[] = [];
  #sent = 0;
  /** Highest number that was ever sent: what the kernel may have, acknowledged or not. */
  #highest = 0;
  #wait = RESEND_MS;
  #pace: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly send: (entries: Entry[]) => void,
    private readonly onSilence: (silent: boolean) => void,
  ) {}

  get waiting(): number {
    return this.#entries.length;
  }

  add(entries: Entry[]): void {
    for (const entry of entries) this.#store(entry);
    if (this.#pace === undefined) this.#sendSome();
  }

  /** The kernel has everything up to this number. */
  acknowledge(upto: number): void {
    const kept = this.#entries.findIndex((entry) => last(entry) > upto);
    const gone = kept < 0 ? this.#entries.length : kept;
    this.#entries.splice(0, gone);
    this.#sent = Math.max(0, this.#sent - gone);
    this.#wait = RESEND_MS;
    this.onSilence(false);
    this.#watch();
  }

  close(): void {
    clearTimeout(this.#pace);
    clearTimeout(this.#silence);
  }

  #store(entry: Entry): void {
    if (this.#entries.length < CAPACITY) {
      this.#entries.push(entry);
      return;
    }
    const tail = this.#entries.at(-1);
    if (tail?.kind === "overflow" && tail.n > this.#highest) tail.dropped += 1;
    else this.#entries.push({ n: entry.n, at: entry.at, kind: "overflow", dropped: 1 });
  }

  #sendSome(): void {
    this.#pace = undefined;
    const batch: Entry[] = [];
    let characters = 0;
    for (const entry of this.#entries.slice(this.#sent, this.#sent + BATCH_ENTRIES)) {
      characters += JSON.stringify(entry).length;
      if (batch.length > 0 && characters > BATCH_CHARACTERS) break;
      batch.push(entry);
    }
    if (batch.length === 0) return;
    this.#sent += batch.length;
    this.#highest = Math.max(this.#highest, batch.at(-1)?.n ?? 0);
    this.send(batch);
    this.#watch();
    this.#pace = setTimeout(() => this.#sendSome(), BATCH_MS);
  }

  #watch(): void {
    clearTimeout(this.#silence);
    if (this.#entries.length === 0) return;
    this.#silence = setTimeout(() => {
      this.#wait = Math.min(2 * this.#wait, RESEND_MOST_MS);
      this.#sent = 0;
      this.onSilence(true);
      if (this.#pace === undefined) this.#sendSome();
    }, this.#wait);
  }
}

function last(entry: Entry): number {
  return entry.kind === "overflow" ? entry.n + entry.dropped - 1 : entry.n;
}
