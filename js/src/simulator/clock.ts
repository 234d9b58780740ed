/** The simulator's only way to tell the time and to wait, so that tests and demos can replace it. */
export interface Clock {
  now(): number;
  /** Runs `task` after `ms` milliseconds; the returned function calls it off. */
  after(ms: number, task: () => void): () => void;
}

/** All durations in milliseconds. */
export interface Timings {
  /** From evaluating the script to calling `$owidgetOnLoad`. */
  readonly load: number;
  /** The pretended fetch of the configuration. */
  readonly connect: number;
  /** The scripted operator: from queue to conversation, to greeting, to an answer, to hanging up. */
  readonly accept: number;
  readonly greet: number;
  readonly answer: number;
  readonly farewell: number;
  /** The visitor at the keyboard: from key to key, and from the last one to submitting. */
  readonly key: number;
  readonly pause: number;
  /** The control channel: how long an action waits for what it needs, and how often it looks. */
  readonly limit: number;
  readonly poll: number;
}

export const TIMINGS: Timings = {
  load: 0,
  connect: 1,
  accept: 1200,
  greet: 600,
  answer: 800,
  farewell: 600,
  key: 60,
  pause: 300,
  limit: 20_000,
  poll: 50,
};

export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
