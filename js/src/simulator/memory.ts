import type { Clock } from "./clock.js";
import type { Drawer, Saved } from "./storage.js";

/** How far the scripted operator is in a conversation. */
export interface Progress {
  greeted: boolean;
  /** How many of the visitor's messages are done with. */
  answered: number;
  /** How many of the things to be said by itself have been. */
  said: number;
  /** When the operator joined, by the page's clock; before its beginning after a reload. */
  joined: number;
}

const NONE: Progress = { greeted: false, answered: 0, said: 0, joined: 0 };

/** What of a widget outlives its document, once it is known in which drawer that is. */
export class Memory {
  readonly progress: Progress = { ...NONE };
  readonly #clock: Clock;
  #drawer: Drawer | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get works(): boolean {
    return this.#drawer?.works ?? false;
  }

  /** What an earlier document left, with the script as far as it was. */
  open(drawer: Drawer): Saved | null {
    this.#drawer = drawer;
    const saved = drawer.read();
    if (saved) {
      const { answered, elapsed, greeted, said } = saved.progress;
      const joined = this.#clock.now() - elapsed;
      Object.assign(this.progress, { answered, greeted, joined, said });
    }
    return saved;
  }

  /** A conversation begins: nothing of it is done yet. */
  begin(): void {
    Object.assign(this.progress, NONE);
  }

  joined(): void {
    this.progress.joined = this.#clock.now();
  }

  keep(state: Pick<Saved, "open" | "manual" | "ahead" | "conversation">): void {
    const { joined, ...progress } = this.progress;
    const elapsed = this.#clock.now() - joined;
    this.#drawer?.write({ ...state, savedAt: Date.now(), progress: { ...progress, elapsed } });
  }

  forget(): void {
    this.#drawer?.clear();
  }
}
