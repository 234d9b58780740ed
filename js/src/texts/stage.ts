/** Why there is no chat, as the stage's document sees it: shown by views, and in `chat.error`. */

/** @param source - where the script is from. */
export const BLOCKED = (directive: string, source: string) =>
  `A content security policy (${directive}) forbids the chat's document to load a script ` +
  `from ${source}. With isolation "opaque" and "none" it is the notebook page's: have ` +
  "whoever runs Jupyter allow it there; then retry.";
export const NO_NETWORK =
  "The browser could not load the vendor's script: it says that it has no network. " +
  "Connect it; then retry.";
export const UNREACHABLE =
  "The browser could not load the vendor's script, and does not say why. Check the host name " +
  "and the network, and whether a blocker or a proxy stops it; then retry.";
export const SILENT =
  "The vendor's script was loaded but has not called back. Check that the host serves " +
  "OOWidget.js itself and not another page; then retry.";
/** @param what - the name of an error; its text may quote what it was given, and stays out. */
export const THREW = (what: string) =>
  `The vendor's script threw ${what}; its text is in chat.errors. ` +
  "Check company id, preset and host; then retry.";
export const NO_ERROR = "something that is no error";
