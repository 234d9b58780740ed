/** Every English text of the front end, in one place. */
import type { ModelState, StatusCode } from "../wire";

interface Sign {
  /** A shape of its own for each, so that nothing depends on colour. */
  shape: string;
  word: string;
}

export const STATUS: Record<StatusCode | "unknown", Sign> = {
  0: { shape: "○", word: "offline" },
  1: { shape: "●", word: "online" },
  2: { shape: "◆", word: "busy" },
  unknown: { shape: "?", word: "status unknown" },
};

export const STATE: Record<ModelState, Sign> = {
  idle: { shape: "–", word: "idle" },
  asking: { shape: "?", word: "waiting for your choice" },
  loading: { shape: "…", word: "loading" },
  ready: { shape: "▷", word: "ready, not connected" },
  connecting: { shape: "…", word: "connecting" },
  connected: { shape: "✓", word: "connected" },
  unsupported: { shape: "✕", word: "browser not supported" },
  failed: { shape: "!", word: "failed" },
  closed: { shape: "■", word: "closed" },
};

export const NO_ANSWER: Sign = { shape: "…", word: "kernel not answering" };

export const GONE: Sign = { shape: "■", word: "model gone" };

export const SAVED: Sign = { shape: "▣", word: "saved state" };

export const ISOLATION = {
  origin: "isolated, own storage",
  opaque: "isolated, storage of this tab",
  none: "inside the page",
};

export const NO_COMPANY = "No company id yet: set company_id in Python, or call init().";
export const UNSUPPORTED = "The vendor's script says that it does not support this browser.";
export const HERE_TOO = "The chat is shown in another view of this notebook.";
export const BRING = "Bring it here";
export const ELSEWHERE = {
  running: "The chat runs in another browser tab or window.",
  silent: "The tab or window that ran the chat no longer answers.",
  vacant: "The tab or window that ran the chat was closed.",
};
export const TAKE_OVER = "Run it here";
export const KERNEL_SILENT =
  "The kernel does not answer: it is busy or gone. What happens is kept here until it does.";
export const MODEL_GONE = {
  ended:
    "The kernel was restarted or shut down, and this widget's model went with it. Run its cell again.",
  saved: "This is the chat as it was saved; nothing runs here.",
};
export const COPY = "Copy undelivered events";
export const COPIED = " Copied.";
export const RETRY = "Retry";
export const CHAT = "Live chat";
export const EVENTS = (total: number) => `Events (${total})`;
export const NO_EVENTS = "Nothing yet.";
export const PROBLEMS = (count: number) => `Problems (${count})`;
export const SIMULATOR = "simulator";
