/** What passes between the simulator and whoever puts it on a page; durations in milliseconds. */

/** Where a page finds its `Simulation`, or a promise of it, before the script is evaluated. */
export const SIMULATION = Symbol.for("owidget_jupyter.simulation");
/** Where the simulator, and only it, can be driven: out of the way of names a page might use. */
export const CONTROL = Symbol.for("owidget_jupyter.simulator");

/** What one page is to see: a play, and the pace of its clock. */
export interface Simulation {
  scenario: Scenario;
  /** Simulated time to real time; 0: it stands, but for steps. */
  speed: number;
}

/** A text for everybody, or one for each language, by primary subtag. */
export type Words = string | { [language: string]: string };

/** `owidget_jupyter/simulator/scenario.py` makes and describes it. */
export interface Scenario {
  title: string;
  supported: boolean;
  load: number;
  connect: number;
  /** In order of time, from the first status code on. */
  timeline: Moment[];
  queue: { ahead: number; each: number };
  operator: {
    comes: boolean;
    /** Null: the language's own, as with the greeting. */
    name: Words | null;
    accept: number;
    think: number;
    type: number;
    greeting: Words | null;
    /** Empty: the language's own. */
    answers: Words[];
    replies: { to: string[]; say: Words }[];
    says: { after: number; say: Words }[];
    /** After joining; null: does not leave by itself. */
    leave: number | null;
    leaveOnGoodbye: boolean;
  };
}

export type Moment = { at: number } & (
  | { status: 0 | 1 | 2 }
  | { connection: "lost" | "back" }
  | { call: string }
);

/** Lets someone outside play the two sides of a chat, and hear what the operator's desk hears. */
export interface Control {
  /** Resolves to what came of the action, or null where there is nothing to say. */
  act(side: string, action: string, args: unknown[]): Promise<unknown>;
  listen(listener: (news: News) => void): void;
}

/** One visitor in the queue; `since` in ms since the epoch. */
export interface Waiting {
  session: string;
  name: string;
  /** 1: the next one. */
  position: number;
  since: number;
  data: { [name: string]: string | number | boolean };
}

export type News =
  | { kind: "queue"; waiting: Waiting[] }
  /** What the visitor wrote. */
  | { kind: "message"; text: string };
