import type { FromChat, Shown } from "../messages.js";

/** The way from a piece of the window to the page. */
export interface Messenger {
  send(message: FromChat): void;
  /** Has the page judge a number: as it is to be submitted, or null for an invalid one. */
  ask(number: string, heard: (number: string | null) => void): void;
}

/** A piece of the window that can bring itself up to date. */
export interface Piece {
  readonly element: HTMLElement;
  update(shown: Shown): void;
  /** Where the focus belongs when this piece is shown, if it has such a place. */
  focusTarget?(): HTMLElement | null;
  /** Called when the piece was given more or less room. */
  resized?(): void;
}

export type Builder = (messenger: Messenger, shown: Shown) => Piece;
