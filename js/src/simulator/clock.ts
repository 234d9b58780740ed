interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** The longest that a browser waits: with more it would not wait at all. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * The time of the play on one page: real, so many times as fast, or standing but for steps. What
 * is due runs at its very time, also when the browser came late: while a task runs, `now` is the
 * time that it was for. Nothing runs within the call that asks for it, but in a step.
 */
export class Clock {
  /** In order of time, then of registration. */
  readonly #tasks: Task[] = [];
  #speed = 0;
  /** The play's time at the moment `#since` of real time. */
  #base = 0;
  #since = performance.now();
  /** The time of the task that runs. */
  #running: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get speed(): number {
    return this.#speed;
  }

  /** The play's time to real time; 0: it stands. What waits goes on at the new pace. */
  set speed(speed: number) {
    this.#rebase(this.now());
    this.#speed = speed;
    this.#arm();
  }

  /** In ms from the clock's making. */
  now(): number {
    if (this.#running !== null) return this.#running;
    return this.#base + (performance.now() - this.#since) * this.#speed;
  }

  /** Runs `task` after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, run: () => void): () => void {
    const task = { at: this.now() + ms, run };
    const later = this.#tasks.findIndex(({ at }) => at > task.at);
    this.#tasks.splice(later < 0 ? this.#tasks.length : later, 0, task);
    this.#arm();
    return () => {
      const place = this.#tasks.indexOf(task);
      if (place >= 0) this.#tasks.splice(place, 1);
    };
  }

  /** Moves a standing clock; null: up to the next time that something is due, if there is one. */
  step(ms: number | null): void {
    const start = this.now();
    // What is due now would have run by itself in a moment: it is no step.
    this.#runUntil(start);
    const end = ms === null ? (this.#tasks[0]?.at ?? start) : start + ms;
    this.#runUntil(end);
  }

  #runUntil(end: number): void {
    try {
      for (let task = this.#tasks[0]; task && task.at <= end; task = this.#tasks[0]) {
        this.#tasks.shift();
        this.#running = task.at;
        task.run();
      }
    } finally {
      this.#running = null;
      if (this.#speed === 0) this.#rebase(end);
      this.#arm();
    }
  }

  #rebase(time: number): void {
    this.#base = time;
    this.#since = performance.now();
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#tasks[0];
    if (!next || this.#running !== null) return;
    const wait = Math.max(0, next.at - this.now());
    if (wait > 0 && this.#speed === 0) return;
    const ms = wait === 0 ? 0 : Math.ceil(wait / this.#speed);
    this.#timer = setTimeout(() => this.#runUntil(this.now()), Math.min(ms, LONGEST_MS));
  }
}
