import type { LogLine, Problem } from "../wire";

/** One display of the model, as the front end needs to know it. */
export interface Display {
  readonly slot: HTMLElement;
  update(): void;
}

/** What the person is asked, as a view shows it. */
export interface Question {
  said: string;
  parts(): HTMLElement[];
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
