import type { NumberCallback } from "./numbers.js";

/** 0 offline, 1 online, 2 busy: the documented codes of the button. */
export type Status = 0 | 1 | 2;

/** How people talk: in writing, or with a (pretended) picture besides. */
export type Channel = "chat" | "av";

export type EventType =
  | "chatWindowOpen"
  | "chatWindowClosed"
  | "chatSessionCreated"
  | "chatSessionStarted"
  | "chatSessionEnded";

/** What a page is told. Nothing that a person typed is ever a member of it. */
export interface AppEvent {
  readonly type: EventType;
  readonly channel: Channel;
  readonly sessionId?: string;
  readonly endedBy?: "visitor" | "operator";
}

/** What a page has set; null: nothing, or nothing any more. */
export interface Callbacks {
  event: ((event: AppEvent) => unknown) | null;
  status: ((code: Status) => unknown) | null;
  connection: ((connected: boolean) => unknown) | null;
  /** Asked by the call-back form; the chat itself wants no phone number. */
  number: NumberCallback | null;
}
