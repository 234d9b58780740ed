/** What the card says that asks for an isolation. */

/** What one button of the card opens, and what that costs. */
export interface Option {
  button: string;
  recommended?: string;
  /** A shape of its own for what speaks for it, against it, and of danger: a path, as in a sign. */
  costs: { shape: string; text: string }[];
}

const FOR = "M3 8.5l3.5 3.5L13 4.5";
const AGAINST = "M4 8h8";
const DANGER = "M8 2v7M8 13v.01";

export const TITLE = (host: string) => `Open the chat of ${host}?`;
export const TEXT = "Nothing has been contacted yet. Choose what the vendor's script may reach.";
export const OPAQUE: Option = {
  button: "Open isolated",
  recommended: "Recommended",
  costs: [
    { shape: FOR, text: "The script reaches nothing of Jupyter: no page, file or kernel." },
    {
      shape: AGAINST,
      text:
        "Its storage is emulated, and only for this tab; frames inside the chat have none; " +
        "no voice or video.",
    },
  ],
};
export const NONE: Option = {
  button: "Open inside the page",
  costs: [
    { shape: FOR, text: "The script has storage as on a website, and may have voice and video." },
    { shape: DANGER, text: "It can do all that you can here, run code in the kernel included." },
  ],
};
export const WHY = "Why this question, and how to answer it in Python";
export const REASON = (reason: string) =>
  "A chat gets an origin of its own, apart from Jupyter's, only where browser, notebook page and " +
  `kernel are on one machine. Here it does not: ${reason}.`;
export const HOLDS = (host: string) =>
  `Your choice holds for ${host} in this tab. Nothing is asked where Python has chosen: `;
export const PYTHON = 'chat.isolation = "opaque"';
export const CHOSEN = "chosen on the card";
export const CHOSEN_BEFORE = "chosen on the card before, for this host and tab";
export const CHANGE = "Change";
export const CHANGE_TITLE = "Choose again what the vendor's script may reach";
