/** What the parts that only a page with a live chat needs say: failures, card, frame and panel. */

/** @param preset - of the chat, if it has one. */
export const PANEL = (preset: string | null) => (preset ? `Chat – ${preset}` : "Chat");
export const FOLD = "Fold the chat";
export const UNFOLD = "Unfold the chat";
export const FRAME = "Chat";
export const SKIP = "Skip the chat";
export const HEIGHT = "Height of the chat";
export const HEIGHT_IS = (pixels: number) => `${pixels} pixels`;
export const AFTER = "End of the chat";

export const HERE_TOO = "The chat is shown in another view of this notebook.";
export const BRING = "Bring it here";
export const ELSEWHERE = {
  running: "The chat runs in another browser tab or window.",
  silent: "The tab or window that ran the chat no longer answers.",
  vacant: "The tab or window that ran the chat was closed.",
};
export const TAKE_OVER = "Run it here";

/** Why an isolation runs. */
export const WAS_SET = (isolation: string) => `isolation="${isolation}" was set`;
export const ENOUGH = "the simulator needs no more";
export const ONE_MACHINE = "the notebook page and the kernel are on this machine";
/** Why no stage has an origin of its own here. */
export const NOT_LOCAL = "this page is not opened on the kernel's own machine";
export const NO_SERVER = "the kernel has no stage server";
export const SERVER_SILENT = "the kernel's stage server does not answer this browser";

/** What can go wrong with a stage, in sentences that say what to try. */

export const WENT_AWAY =
  "The chat's frame went to another page, so the widget is gone. " +
  "Check what the vendor's configuration opens in place; then retry.";
export const UNREACHABLE = (obstacle: string) =>
  `No stage can have an origin of its own: ${obstacle}. Open the notebook on the kernel's machine as localhost or ` +
  '127.0.0.1, or set isolation="opaque"; then retry.';
export const BROKEN = (what: string) =>
  `The stage could not be started: ${what}. If it goes on, reload the page; else retry.`;
/** @param inherits - whether its document has the notebook page's content security policy. */
export const NO_WORD = (inherits: boolean) =>
  inherits
    ? "its document did not answer, perhaps because a content security policy of the notebook " +
      "page forbids inline scripts"
    : "its document did not answer";
export const SEE_ERRORS = "chat.errors has the reason";
const NO_ROOM = (what: string) =>
  `This browser tab has no room or no storage for ${what}: a reload of the page would lose it.`;
export const UNKEPT = NO_ROOM("what is not delivered yet");
export const UNSTORED = NO_ROOM("what the chat stores");

export const DROPPED = (what: string) =>
  `The chat's frame sent ${what}, and the page dropped it, as it drops all that no stage sends.`;

/** What of that it was. */
export const OBJECTION = {
  nothing: "no message",
  unknown: "a message of no known kind",
  findings: "findings",
  unstorable: "something to store that cannot be stored",
  malformed: "entries that are malformed or too large",
  ofPage: "entries in the name of the page",
  ofOther: "entries in the name of another page or stage",
  ofDocument: "entries in the name of another document",
  numbered: "entries with numbers that were used before",
  question: "a malformed question",
  noNumber: "a question about no phone number",
  questions: "more questions than can be asked",
};
