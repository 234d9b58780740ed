/** Takes the place of `src/hosting/frame`: frames whose documents are the test. */
import type { FrameEvents } from "../../src/hosting/frame";
import type { FromStage, Isolation, Parcel, Tagged, ToStage } from "../../src/wire";

/** All that were made, and whether the browser can move one without reloading it. */
export const browser = { frames: [] as StageFrame[], moves: true };

export const moveAlive = (): boolean => browser.moves;

export function makeNest(): HTMLElement | null {
  if (!browser.moves) return null;
  const nest = document.createElement("div");
  nest.className = "nest";
  document.body.append(nest);
  return nest;
}

export class StageFrame {
  readonly element = document.createElement("iframe");
  readonly sent: Tagged<ToStage>[] = [];
  slot: HTMLElement | null = null;
  removed = false;

  constructor(
    readonly isolation: Isolation,
    readonly source: object,
    readonly media: boolean,
    readonly events: FrameEvents,
  ) {
    browser.frames.push(this);
  }

  insert(slot: HTMLElement): void {
    this.slot = slot;
  }

  send(message: Tagged<ToStage>): void {
    this.sent.push(structuredClone(message));
  }

  remove(): void {
    this.removed = true;
  }

  /** Its document posts what it saw. */
  say(parcel: Parcel): void {
    const message: Tagged<FromStage> = { kind: "entries", ...parcel };
    this.events.heard(message);
  }

  kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}
