import { onTestFinished } from "vitest";
import { Chat } from "../../src/simulator/chat/chat.js";
import type { FromChat, Port, ToChat } from "../../src/simulator/messages.js";
import type { ChatLine } from "../../src/simulator/view/frame.js";

/** What stands for the frame: an element of the page, whose inside tests can see. */
export const FRAME = "joined-frame";

/** Frames that are to load, while a test holds them up. */
let heldUp: (() => void)[] | null = null;

/** Frames load only when the function that this returns is called; of this test alone. */
export function holdFrames(): () => void {
  const held: (() => void)[] = [];
  const letGo = (): void => {
    heldUp = null;
  };
  heldUp = held;
  onTestFinished(letGo);
  return () => {
    letGo();
    for (const load of held) load();
  };
}

class JoinedFrame extends HTMLElement {
  onLine: (line: ChatLine) => void = () => {};

  /** Like a frame, which loads anew whenever it is put somewhere. */
  connectedCallback(): void {
    const [here, there] = joinedLine<ToChat, FromChat>();
    this.replaceChildren();
    const load = (): void => {
      new Chat(this, this, there);
      this.onLine(here);
    };
    if (heldUp) heldUp.push(load);
    else load();
  }
}

/** A line on which everything is heard within the call that says it, as a copy. */
export function joinedLine<A, B>(): [Port<A, B>, Port<B, A>] {
  const hear = <T>(end: Port<never, T>, data: T): void =>
    end.onmessage?.(new MessageEvent("message", { data: structuredClone(data) }));
  const here: Port<A, B> = { onmessage: null, postMessage: (data) => hear(there, data) };
  const there: Port<B, A> = { onmessage: null, postMessage: (data) => hear(here, data) };
  return [here, there];
}

/** In place of `createFrame`: the same two parts, joined at once and without a frame between. */
export function joinedFrame(
  page: Document,
  _nonce: string,
  onLine: (line: ChatLine) => void,
): HTMLElement {
  if (!customElements.get(FRAME)) customElements.define(FRAME, JoinedFrame);
  const frame = page.createElement(FRAME) as JoinedFrame;
  frame.tabIndex = -1;
  frame.onLine = onLine;
  return frame;
}
