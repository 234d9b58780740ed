/** What views say of the chat: in every instance of the widget, so terse. */
import type { ModelState, StatusCode } from "../wire";

export interface Sign {
  /** A shape of its own, so that nothing depends on colour: a path in a square of 16. */
  shape: string;
  word: string;
  tone?: "good" | "warn" | "bad";
}

const CIRCLE = "M8 3a5 5 0 1 0 .01 0";
const DOTS = "M3 8h.01M8 8h.01M13 8h.01";
const SQUARE = "M4 4h8v8H4z";

export const STATUS: Record<StatusCode | "unknown", Sign> = {
  0: { shape: CIRCLE, word: "offline" },
  1: { shape: `${CIRCLE}z`, word: "online", tone: "good" },
  2: { shape: "M8 2l6 6-6 6-6-6z", word: "busy", tone: "warn" },
  unknown: { shape: "M5.5 6a2.5 2.5 0 1 1 2.5 3v1M8 13v.01", word: "status unknown" },
};

export const STATE: Record<ModelState, Sign> = {
  idle: { shape: "M4 8h8", word: "idle" },
  asking: { shape: "M8 14V8L4 3M8 8l4-5", word: "waiting for your choice" },
  loading: { shape: DOTS, word: "loading" },
  ready: { shape: "M5 3l8 5-8 5V3", word: "ready, not connected" },
  connecting: { shape: DOTS, word: "connecting" },
  connected: { shape: "M3 8.5l3.5 3.5L13 4.5", word: "connected", tone: "good" },
  unsupported: { shape: "M4 4l8 8M12 4l-8 8", word: "browser not supported", tone: "bad" },
  failed: { shape: "M8 2v7M8 13v.01", word: "failed", tone: "bad" },
  closed: { shape: SQUARE, word: "closed" },
};

export const NO_ANSWER: Sign = { shape: DOTS, word: "kernel not answering", tone: "warn" };

export const GONE: Sign = { shape: SQUARE, word: "model gone", tone: "bad" };

export const SAVED: Sign = { shape: "M4 2h8v12l-4-3-4 3V2", word: "saved state" };

export const ISOLATION = {
  origin: "isolated, own storage",
  opaque: "isolated, storage of this tab",
  none: "inside the page",
};

export const UNSUPPORTED = "The vendor's script says that it does not support this browser.";
export const KERNEL_SILENT =
  "The kernel does not answer: it is busy or gone. What happens is kept here until it does.";
export const MODEL_GONE = {
  ended: "The kernel was restarted or shut down, and the model went with it. Run its cell again.",
  saved: "This is the chat as it was saved; nothing runs here.",
};
export const NOT_HERE = "The model was closed; run its cell again.";
export const COPY = "Copy undelivered events";
export const COPIED = " Copied.";
export const RETRY = "Retry";
export const CHAT = "Live chat";
export const EVENTS = (total: number) => `Events (${total})`;
export const EVENT_LOG = "Event log";
export const NO_EVENTS = "Nothing yet.";
export const PROBLEMS = (count: number) => `Problems (${count})`;
export const SIMULATOR = "simulator";
export const NO_COMPANY = "No company id yet: set company_id in Python, or call init().";
