/** What can go wrong with a stage, in English sentences that say what to try. */

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
export const UNKEPT =
  "This browser has no room or no storage for events that are not delivered yet: " +
  "a reload of the page would lose them.";
export const UNSTORED =
  "This browser tab has no room or no storage for what the chat stores: a reload of the page would lose it.";

export const DROPPED = (what: string) =>
  `The chat's frame sent ${what}, and the page dropped it, as it drops all that no stage sends.`;

/** What one button of the card opens, and what that costs. */
export interface Option {
  button: string;
  recommended?: string;
  /** A shape of its own for what speaks for it, against it, and of danger. */
  costs: { shape: string; text: string }[];
}

export const CARD_TITLE = (host: string) => `Open the chat of ${host}?`;
export const CARD_TEXT =
  "Nothing has been contacted yet. Choose what the vendor's script may reach.";
export const CARD_OPAQUE: Option = {
  button: "Open isolated",
  recommended: "Recommended",
  costs: [
    { shape: "✓", text: "The script reaches nothing of Jupyter: no page, file or kernel." },
    {
      shape: "–",
      text:
        "Its storage is emulated, and only for this tab; frames inside the chat have none; " +
        "no voice or video.",
    },
  ],
};
export const CARD_NONE: Option = {
  button: "Open inside the page",
  costs: [
    { shape: "✓", text: "The script has storage as on a website, and may have voice and video." },
    { shape: "!", text: "It can do all that you can here, run code in the kernel included." },
  ],
};
export const CARD_WHY = "Why this question, and how to answer it in Python";
export const CARD_REASON = (reason: string) =>
  "A chat gets an origin of its own, apart from Jupyter's, only where browser, notebook page and " +
  `kernel are on one machine. Here it does not: ${reason}.`;
export const CARD_HOLDS = (host: string) =>
  `Your choice holds for ${host} in this tab. Nothing is asked where Python has chosen: `;
export const CARD_PYTHON = 'chat.isolation = "opaque"';
export const CHOSEN = "chosen on the card";
export const CHOSEN_BEFORE = "chosen on the card before, for this host and tab";
export const CHANGE = "Change";
export const CHANGE_TITLE = "Choose again what the vendor's script may reach";
