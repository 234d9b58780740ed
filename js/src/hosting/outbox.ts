import {
  BATCH_CHARACTERS,
  BATCH_ENTRIES,
  BATCH_MS,
  type Entry,
  lastNumber,
  UNDER_WAY,
} from "../wire";

/** Entries kept while the kernel does not acknowledge; beyond it they are counted. */
const CAPACITY = 10_000;
/** Time without progress after which entries are sent again, doubling up to the second; ms. */
const RESEND_MS = 5_000;
const RESEND_MOST_MS = 40_000;
/** Time after which an answer that tells of no progress means that a batch was lost; ms. */
const LOST_MS = 1_000;
/** The pace of batches that are full: the page does something else in between; ms. */
const FULL_MS = 4;
/**
 * How long a mere step on the way to connected waits for company; ms. Each message costs the
 * kernel and the notebook page time just when the stage's document needs both cores to start.
 */
const STEP_MS = 250;

export interface OutboxEvents {
  send(entries: Entry[]): void;
  silent(silent: boolean): void;
  /** Whether it is its turn: what an earlier stage saw goes first. */
  mayGo(): boolean;
}

/**
 * What one document load saw and the kernel has not yet acknowledged, in order. Sent in bounded
 * batches, sent again after a silence; what finds no room becomes one `overflow` entry that
 * stands for the numbers it swallowed.
 */
export class Outbox {
  readonly entries: Entry[] = [];
  #sent = 0;
  #acknowledged = 0;
  /** The kernel was silent: one batch at a time until it answers, or they would pile up. */
  #doubtful = false;
  #wait = RESEND_MS;
  #pace: ReturnType<typeof setTimeout> | undefined;
  #due = 0;
  #earliest = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #since = 0;
  readonly #events: OutboxEvents;

  constructor(events: OutboxEvents) {
    this.#events = events;
  }

  add(entries: Entry[]): void {
    for (const entry of entries) this.#store(entry);
    this.#sendIn(entries.some(isNews) ? 0 : STEP_MS);
  }

  /** The kernel has everything up to this number. */
  acknowledge(upto: number): void {
    this.#events.silent(false);
    const progress = upto > this.#acknowledged;
    if (progress) this.#drop(upto);
    if (this.#closeGap() || progress) {
      this.#wait = RESEND_MS;
      this.#doubtful = false;
      this.#stopWatch();
      this.#watch();
      this.go();
      // It answers, but waits for what is before the batch that it answers.
    } else if (this.#sent > 0) {
      this.#stopWatch();
      const lost = Math.max(0, this.#since + LOST_MS - performance.now());
      this.#silence = setTimeout(() => this.#sendAgain(), lost);
    }
  }

  #drop(upto: number): void {
    this.#acknowledged = upto;
    const kept = this.entries.findIndex((entry) => lastNumber(entry) > upto);
    const gone = kept < 0 ? this.entries.length : kept;
    this.entries.splice(0, gone);
    this.#sent = Math.max(0, this.#sent - gone);
  }

  /** Goes on sending, where there is something to send and it may. */
  go(): void {
    if (this.#sent < this.entries.length) this.#sendIn(0);
  }

  close(): void {
    clearTimeout(this.#pace);
    this.#stopWatch();
    this.#sent = 0;
  }

  #store(entry: Entry): void {
    const tail = this.entries.at(-1);
    if (this.entries.length < CAPACITY) this.entries.push(entry);
    // It cannot have been sent: only half of this many are ever under way.
    else if (tail?.kind === "overflow") tail.dropped += 1;
    else this.entries.push({ n: entry.n, at: entry.at, kind: "overflow", dropped: 1 });
  }

  /** Makes the first entry follow what is acknowledged, or the kernel would wait for ever. */
  #closeGap(): boolean {
    const [first] = this.entries;
    const next = this.#acknowledged + 1;
    if (!first || first.n === next) return false;
    if (first.n > next) {
      // Neither side has these numbers: they were lost with a document, and that is said.
      const dropped = first.n - next;
      this.entries.unshift({ n: next, at: first.at, kind: "overflow", dropped });
    } else if (first.kind === "overflow") {
      // The kernel has some of those that it stands for.
      this.entries[0] = { ...first, n: next, dropped: first.dropped - (next - first.n) };
    }
    this.#sent = 0;
    return true;
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
    const batch = this.#events.mayGo() ? this.#batch() : [];
    if (batch.length === 0) return;
    this.#sent += batch.length;
    this.#events.send(batch);
    this.#watch();
    // One that is full has waited for company long enough.
    const pace = batch.length < BATCH_ENTRIES ? BATCH_MS : FULL_MS;
    this.#earliest = performance.now() + pace;
    this.go();
  }

  #batch(): Entry[] {
    const batch: Entry[] = [];
    if (this.#doubtful && this.#sent > 0) return batch;
    const end = Math.min(this.#sent + BATCH_ENTRIES, UNDER_WAY);
    let characters = 0;
    for (const entry of this.entries.slice(this.#sent, Math.max(this.#sent, end))) {
      characters += JSON.stringify(entry).length;
      if (batch.length > 0 && characters > BATCH_CHARACTERS) break;
      batch.push(entry);
    }
    return batch;
  }

  /** From the first sending behind the last progress: more of the same is no sign of life. */
  #watch(): void {
    if (this.#silence !== undefined || this.#sent === 0) return;
    this.#since = performance.now();
    this.#silence = setTimeout(() => {
      this.#wait = Math.min(2 * this.#wait, RESEND_MOST_MS);
      this.#sendAgain();
      this.#events.silent(true);
    }, this.#wait);
  }

  #stopWatch(): void {
    clearTimeout(this.#silence);
    this.#silence = undefined;
  }

  #sendAgain(): void {
    this.#stopWatch();
    this.#sent = 0;
    this.#doubtful = true;
    this.#sendIn(0);
  }
}

/** Whether somebody waits for it: all but the steps that a stage takes before it is ready. */
function isNews(entry: Entry): boolean {
  if (entry.kind === "state") return entry.state !== "loading";
  return entry.kind !== "language";
}
