import { Clock } from "./clock.js";

/** What the widgets of one page have in common, also where their scripts were evaluated apart. */
export interface Shared {
  readonly clock: Clock;
  /** Whether somebody has set the clock's pace. */
  paced: boolean;
  /** The drawers that a widget of this page uses: no other one touches them meanwhile. */
  readonly drawers: Set<string>;
}

const SHARED = Symbol.for("owidget_jupyter.simulator.page");

export function sharedOf(page: Window & { [SHARED]?: Shared }): Shared {
  page[SHARED] ??= { clock: new Clock(), paced: false, drawers: new Set() };
  return page[SHARED];
}
