import type { LogLine, Problem } from "../wire";

/** One display of the model, as the front end needs to know it. */
export interface Display {
  readonly root: HTMLElement;
  readonly slot: HTMLElement;
  readonly words: Words;
  update(): void;
  /** Puts a style sheet in force where the view is. */
  wear(css: string): void;
}

/** What a view shows, for those who hear it; empty where there is nothing to be told of. */
export interface Words {
  /** Status and state, once they are more than a step on the way. */
  status: string;
  /** What went wrong. */
  alarm: string;
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
  /** No kernel has the model: any more, or in this saved notebook or exported page at all. */
  gone: "ended" | "saved" | null;
  question: Question | null;
  /** What stands beside the facts, where there is more to it. */
  aside: (() => HTMLElement) | null;
  problems: Problem[];
  lines: LogLine[];
  total: number;
}

/** Lines of the event log that a view lists. */
const LISTED = 200;

/** The lines that are listed, with those that are new to them. */
export function grown(listed: LogLine[], lines: LogLine[]): LogLine[] {
  const known = listed.at(-1)?.seq ?? 0;
  return [...listed, ...lines.filter(({ seq }) => seq > known)].slice(-LISTED);
}

/** What a page knows at first. */
export function situationOf(lines: LogLine[]): Situation {
  return {
    elsewhere: null,
    kernelSilent: false,
    gone: null,
    question: null,
    aside: null,
    problems: [],
    lines,
    total: lines.at(-1)?.seq ?? 0,
  };
}
