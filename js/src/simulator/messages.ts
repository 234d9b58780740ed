/** What the page and the frame of the chat window say to each other, over one port. */

import type { Channel } from "./events.js";
import type { Texts } from "./texts/index.js";

/**
 * The message that hands the port over, from the page to the frame that it made, and the frame's
 * first one on that port.
 */
export const HANDOVER = "owidget_jupyter.simulator.chat";

export type Screen = "entry" | "offline" | "callBack" | "chat";

export interface ShownLine {
  readonly by: "visitor" | "operator" | "system";
  /** Who speaks; of no use to a line of the system. */
  readonly author: string;
  readonly text: string;
}

/** All that the window shows, in words: nothing in it is looked up again. */
export interface Shown {
  readonly open: boolean;
  /** Of the texts. */
  readonly lang: string;
  readonly texts: Texts;
  readonly title: string;
  readonly accent: string;
  /** Says that there are no texts in the language that was asked for; empty where there are. */
  readonly fallback: string;
  readonly connectionLost: boolean;
  readonly screen: Screen;
  readonly notice: Notice | null;
  readonly channels: readonly (Channel | "callBack")[];
  /** Which one to offer first. */
  readonly wanted: Channel;
  readonly conversation: {
    readonly phase: "none" | "queued" | "active" | "ended";
    readonly session: string;
    readonly channel: Channel;
    readonly operator: string;
    readonly lines: readonly ShownLine[];
    /** That the operator types, in words; empty while nobody does. */
    readonly typing: string;
  };
  readonly details: { readonly manual: boolean; readonly lines: readonly string[] };
}

export interface Notice {
  readonly kind: "online" | "busy" | "offline" | "waiting" | "thanks";
  readonly text: string;
}

/** What a driven visitor does with the controls in the frame. */
export interface VisitorAct {
  readonly id: number;
  readonly action: string;
  readonly args: readonly unknown[];
}

export type ToChat =
  | { readonly kind: "show"; readonly shown: Shown }
  | { readonly kind: "focus" }
  /** To the `number` of that id: as it is submitted, or null for an invalid one. */
  | { readonly kind: "answer"; readonly id: number; readonly number: string | null }
  | ({ readonly kind: "act" } & VisitorAct);

export type FromChat =
  | { readonly kind: "close" | "end" | "again" }
  | { readonly kind: "join"; readonly name: string; readonly channel: Channel }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "callBack"; readonly shown: boolean }
  /** The call-back form's field holds this now. */
  | { readonly kind: "typed"; readonly text: string }
  | { readonly kind: "number"; readonly id: number; readonly number: string }
  | {
      readonly kind: "acted";
      readonly id: number;
      readonly value: unknown;
      readonly error: string | null;
    };

/** One end of the line; a `MessagePort` is one. */
export interface Port<Out, In> {
  postMessage(message: Out): void;
  onmessage: ((event: MessageEvent<In>) => void) | null;
}
