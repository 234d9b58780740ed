import { BATCH_CHARACTERS, BATCH_ENTRIES, BATCH_MS, type Entry } from "../wire";

/** Entries kept while the kernel does not acknowledge; beyond it they are counted. */
const CAPACITY = 10_000;
/** Silence after which entries are sent again, doubling up to the second; ms. */
const RESEND_MS = 5_000;
const RESEND_MOST_MS = 40_000;
/**
 * How long a mere step on the way to connected waits for company; ms. Each message costs the
 * kernel and the notebook page time just when the stage's document needs both cores to start.
 */
const STEP_MS = 50;

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
  #due = 0;
  #earliest = 0;
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
    this.#sendIn(entries.some(isNews) ? 0 : STEP_MS);
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

  /** Sends after so many ms, or as soon as the pace allows; an earlier sending stands. */
  #sendIn(wait: number): void {
    const now = performance.now();
    const due = Math.max(now + wait, this.#earliest);
    if (this.#pace !== undefined && this.#due <= due) return;
    clearTimeout(this.#pace);
    this.#due = due;
    if (due <= now) this.#sendSome();
    else this.#pace = setTimeout(() => this.#sendSome(), due - now);
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
    this.#earliest = performance.now() + BATCH_MS;
    if (this.#sent < this.#entries.length) this.#sendIn(0);
  }

  #watch(): void {
    clearTimeout(this.#silence);
    if (this.#entries.length === 0) return;
    this.#silence = setTimeout(() => {
      this.#wait = Math.min(2 * this.#wait, RESEND_MOST_MS);
      this.#sent = 0;
      this.onSilence(true);
      this.#sendIn(0);
    }, this.#wait);
  }
}

/** Whether somebody waits for it: all but the steps that a stage takes before it is ready. */
function isNews(entry: Entry): boolean {
  if (entry.kind === "state") return entry.state !== "loading";
  return entry.kind !== "isolation" && entry.kind !== "language";
}

function last(entry: Entry): number {
  return entry.kind === "overflow" ? entry.n + entry.dropped - 1 : entry.n;
}
