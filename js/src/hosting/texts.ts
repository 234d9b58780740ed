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
