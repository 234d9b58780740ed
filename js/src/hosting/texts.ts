/** What can go wrong with a stage, in English sentences that say what to try. */

export const WENT_AWAY =
  "The chat's frame went to another page, so the widget is gone. " +
  "Check what the vendor's configuration opens in place; then retry.";
export const UNREACHABLE = (obstacle: string) =>
  `No stage can have an origin of its own: ${obstacle}. Open the notebook on the kernel's machine as localhost or ` +
  '127.0.0.1, or set isolation="opaque"; then retry.';
export const BROKEN = (what: string) =>
  `The stage could not be started: ${what}. If it goes on, reload the page; else retry.`;
export const UNKEPT =
  "This browser has no room or no storage for events that are not delivered yet: " +
  "a reload of the page would lose them.";

export const CARD_TITLE = (host: string) => `Open the chat of ${host}?`;
export const CARD_TEXT = (reason: string) =>
  `The chat cannot have an origin of its own here: ${reason}. ` +
  "Nothing has been contacted yet; you decide what the vendor's script may reach.";
export const CARD_OPAQUE = "Isolated, without storage";
export const CARD_OPAQUE_COST =
  "Reaches nothing of Jupyter. A conversation is not restored after a reload; no voice or video.";
export const CARD_NONE = "Inside the page";
export const CARD_NONE_COST =
  "Everything works, but the script can do all that you can here, running code included.";
