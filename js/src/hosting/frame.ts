import { MEDIA } from "../abilities";
import { part } from "../dom";
import { FRAME } from "../texts/hosting";
import {
  type FromStage,
  GREETING,
  HANDOVER,
  type Isolation,
  type Tagged,
  type ToStage,
} from "../wire";

/** How long a stage's document may take from insertion to its first word; ms. */
const BOOT_MS = 10_000;

/** How long a removed stage's last messages are waited for; ms. */
const LAST_WORDS_MS = 500;

const SANDBOX = "allow-scripts allow-forms allow-popups";

export interface FrameEvents {
  /** Its document has spoken and been handed its port: what is sent now will be heard. */
  reached(): void;
  heard(message: Tagged<FromStage>): void;
  /** `navigated`: the document is another one; `detached`: the element left the page and the
   *  document died with it; `unreachable`: it never spoke. */
  lost(why: "navigated" | "detached" | "unreachable"): void;
}

export type FrameSource = { url: string } | { html: string };

/** The iframe of one stage, from its insertion to its end; a stage never gets a second frame. */
export class StageFrame {
  readonly element = document.createElement("iframe");
  /** Whose greeting was answered. */
  #window: Window | null = null;
  #loaded = false;
  #port: MessagePort | null = null;
  readonly #isolation: Isolation;
  readonly #source: FrameSource;
  readonly #events: FrameEvents;
  #boot: ReturnType<typeof setTimeout> | undefined;

  constructor(isolation: Isolation, source: FrameSource, media: boolean, events: FrameEvents) {
    this.#isolation = isolation;
    this.#source = source;
    this.#events = events;
    const { element } = this;
    element.className = "owidget-frame";
    element.title = FRAME;
    element.referrerPolicy = "strict-origin";
    // Not from a style sheet: its place may be outside the one that the widget's reaches.
    element.style.cssText = "display: block; width: 100%; height: 100%; border: 0";
    if (isolation === "opaque") element.setAttribute("sandbox", SANDBOX);
    if (isolation === "origin") element.setAttribute("sandbox", `${SANDBOX} allow-same-origin`);
    // A frame of the page's own origin has these unless they are taken away.
    element.allow = MEDIA.map((feature) => (media ? feature : `${feature} 'none'`)).join("; ");
    if ("url" in source) element.src = source.url;
    else element.srcdoc = source.html;
    element.addEventListener("load", () => this.#onLoad());
  }

  /** @param slot - must be connected: a frame inserted earlier would load twice. */
  insert(slot: HTMLElement): void {
    addEventListener("message", this.#onMessage);
    slot.append(this.element);
    this.#boot = setTimeout(() => this.#events.lost("unreachable"), BOOT_MS);
  }

  send(message: Tagged<ToStage>): void {
    this.#port?.postMessage(message);
  }

  remove(): void {
    clearTimeout(this.#boot);
    removeEventListener("message", this.#onMessage);
    this.element.remove();
    // What the document said on its way out is still under way.
    const port = this.#port;
    this.#port = null;
    setTimeout(() => port?.close(), LAST_WORDS_MS);
  }

  /** The stage greets as its script begins, a good while before its document has loaded. */
  readonly #onMessage = ({ source, data }: MessageEvent): void => {
    const { contentWindow } = this.element;
    if (data !== GREETING || !contentWindow || source !== contentWindow) return;
    if (this.#window) return this.#left();
    this.#window = contentWindow;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<Tagged<FromStage>>) => {
      // The vendor's script can lay hands on the other end, and send what it likes.
      if (data?.kind === "booted") clearTimeout(this.#boot);
      this.#events.heard(data);
    };
    contentWindow.postMessage(HANDOVER, this.#target(), [port2]);
    this.#events.reached();
  };

  #onLoad(): void {
    if (this.#loaded) this.#left();
    this.#loaded = true;
  }

  /** There is another document than the one that was handed the port. */
  #left(): void {
    this.#events.lost(this.element.contentWindow === this.#window ? "navigated" : "detached");
  }

  #target(): string {
    if ("url" in this.#source) return new URL(this.#source.url).origin;
    return this.#isolation === "opaque" ? "*" : location.origin;
  }
}

/** Not yet known to TypeScript; browsers without it reload whatever is moved. */
type Mover = Partial<{ moveBefore(node: Node, child: Node | null): void }>;

/**
 * Where a frame can begin out of sight, on this page but in no view of it: its process takes a
 * while to start. Null where it could not be moved into its view alive, and would begin anew there.
 */
export function makeNest(): HTMLElement | null {
  if (!(Element.prototype as Mover).moveBefore) return null;
  const nest = part("div", "nest");
  // Not from a style sheet: there is none outside the views.
  nest.style.display = "none";
  document.body.append(nest);
  return nest;
}

/** Moves a frame without reloading it; false where that cannot be done. */
export function moveAlive(slot: HTMLElement, frame: HTMLElement): boolean {
  const parent: HTMLElement & Mover = slot;
  if (!parent.moveBefore) return false;
  try {
    parent.moveBefore(frame, null);
    return true;
  } catch {
    // Not both connected, or in different roots: then only a fresh stage helps.
    return false;
  }
}
