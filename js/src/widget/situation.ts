import type { Isolation, LogLine, Problem, Run } from "../wire";

/** One display of the model, as the front end needs to know it. */
export interface Display {
  readonly slot: HTMLElement;
  update(): void;
}

export interface Question {
  run: Run;
  reason: string;
  choose(isolation: Isolation): void;
}

/** What this page knows beyond the synced traits; views show it. */
export interface Situation {
  /** Another page has the lease, or had it until it went; null while that is no matter here. */
  elsewhere: "running" | "silent" | "vacant" | null;
  kernelSilent: boolean;
  /** The kernel that had the model is no longer there. */
  gone: boolean;
  question: Question | null;
  problems: Problem[];
  lines: LogLine[];
  total: number;
}
