import type { Clock, Timings } from "./clock.js";
import { Conversation, type Step } from "./conversation.js";
import { type Language, resolveLanguage } from "./language.js";
import type { NumberCallback } from "./numbers.js";
import { type Preset, presetOf } from "./presets.js";
import { Signal } from "./signal.js";
import { Drawer, findStorage } from "./storage.js";
import { callPage } from "./warn.js";

/** 0 offline, 1 online, 2 busy: the documented codes of the button. */
export type Status = 0 | 1 | 2;

export type EventType =
  | "chatWindowOpen"
  | "chatWindowClosed"
  | "chatSessionCreated"
  | "chatSessionStarted"
  | "chatSessionEnded";

/** What a page is told. Nothing that a person typed is ever a member of it. */
export interface AppEvent {
  readonly type: EventType;
  readonly channel: "chat";
  readonly sessionId?: string;
  readonly endedBy?: "visitor" | "operator";
}

export interface Settings {
  readonly company: string;
  readonly tenant: string | null;
  readonly preset: string | null;
  readonly language: string | null;
  readonly scope: string | null;
}

export interface Callbacks {
  event: ((event: AppEvent) => unknown) | null;
  status: ((code: Status) => unknown) | null;
  connection: ((connected: boolean) => unknown) | null;
  /** Asked by the call-back form; the chat itself wants no phone number. */
  number: NumberCallback | null;
}

export type CustomValue = string | number | boolean;

/**
 * All that is the case in one widget, and all that can be done to it. Whoever shows it listens to
 * `changed`; the page hears through its callbacks, after the state has been stored and shown.
 */
export class Widget {
  readonly changed = new Signal<void>();
  readonly conversation = new Conversation();
  readonly customData = new Map<string, CustomValue>();
  readonly callbacks: Callbacks = { event: null, status: null, connection: null, number: null };

  settings: Settings | null = null;
  language: Language = resolveLanguage(null, null, null);
  connection: "none" | "connecting" | "connected" = "none";
  status: Status = 1;
  open = false;
  hidden = false;
  /** Messages of the operator that came while the window was closed. */
  unread = 0;
  /** Whether the window shows the call-back form, where there is no conversation. */
  callingBack = false;
  /** The numbers that were submitted for a call back, for the operator, until the page goes. */
  readonly callBacks: string[] = [];
  /** A remark for the visitor above the chat, gone with the window. */
  videoRefused = false;
  /** Whether the operator is driven from outside; the script never comes back after that. */
  manual = false;

  #drawer: Drawer | null = null;
  readonly #afterConnecting: (() => void)[] = [];

  constructor(
    readonly page: Window,
    readonly clock: Clock,
    readonly timings: Timings,
  ) {
    this.conversation.steps.subscribe((step) => this.#follow(step));
  }

  get preset(): Preset {
    return presetOf(this.settings?.preset ?? null, this.language.texts);
  }

  get hasStorage(): boolean {
    return this.#drawer?.works ?? false;
  }

  init(settings: Settings): void {
    this.settings = settings;
    this.language = resolveLanguage(
      settings.language,
      this.page.document.documentElement.lang,
      this.page.navigator.language,
    );
  }

  /** Asynchronous like a request, though nothing is requested. */
  connect(): void {
    this.connection = "connecting";
    this.clock.after(this.timings.connect, () => this.#connected());
  }

  /** Does `task` now, or as soon as the button is there. */
  whenConnected(task: () => void): void {
    if (this.connection === "connected") task();
    else this.#afterConnecting.push(task);
  }

  setStatus(status: Status): void {
    if (status === this.status) return;
    this.status = status;
    this.changed.emit();
    if (this.connection === "connected") this.#tellStatus();
  }

  openWindow(): void {
    const wasOpen = this.open;
    this.hidden = false;
    this.open = true;
    this.unread = 0;
    this.#update();
    if (!wasOpen) this.#tell({ type: "chatWindowOpen", channel: "chat" });
  }

  /** Closes the window only: a conversation that runs goes on, one that is over is put away. */
  closeWindow(): void {
    if (!this.open) return;
    this.open = false;
    this.videoRefused = false;
    this.callingBack = false;
    this.conversation.clear();
    this.#update();
    this.#tell({ type: "chatWindowClosed", channel: "chat" });
  }

  hide(): void {
    this.hidden = true;
    this.changed.emit();
    this.closeWindow();
  }

  setCustomData(name: string, value: CustomValue): void {
    this.customData.set(name, value);
    this.changed.emit();
  }

  removeCustomData(name: string): void {
    this.customData.delete(name);
    this.changed.emit();
  }

  refuseVideo(): void {
    this.videoRefused = true;
    this.changed.emit();
  }

  showCallBack(shown: boolean): void {
    this.callingBack = shown;
    this.changed.emit();
  }

  requestCallBack(number: string): void {
    this.callBacks.push(number);
    this.changed.emit();
  }

  driveByHand(): void {
    if (this.manual) return;
    this.manual = true;
    this.#update();
  }

  #connected(): void {
    const { company = "", tenant = null, scope = null } = this.settings ?? {};
    this.#drawer = new Drawer(findStorage(this.page), company, tenant, scope);
    this.connection = "connected";
    this.changed.emit();
    callPage("the connection callback", this.callbacks.connection, true);
    this.#tellStatus();
    this.#restore();
    for (const task of this.#afterConnecting.splice(0)) task();
  }

  /**
   * The page hears that the window is open, because that is news in this document. It does not hear
   * of the session again: it was created, and perhaps started, before, and keeps its id.
   */
  #restore(): void {
    const saved = this.#drawer?.read(this.clock.now());
    if (!saved) return;
    this.manual ||= saved.manual;
    this.conversation.restore(saved.conversation);
    if (saved.open) this.openWindow();
  }

  #follow(step: Step): void {
    if (step.kind === "created") this.callingBack = false;
    if (step.kind === "said" && step.by === "operator" && !this.open) this.unread += 1;
    this.#update();
    const { sessionId } = this.conversation;
    switch (step.kind) {
      case "created":
        return this.#tell({ type: "chatSessionCreated", channel: "chat", sessionId });
      case "started":
        return this.#tell({ type: "chatSessionStarted", channel: "chat", sessionId });
      case "ended":
        return this.#tell({
          type: "chatSessionEnded",
          channel: "chat",
          sessionId,
          endedBy: step.by,
        });
    }
  }

  /** Stores before showing: a page that reloads in its callback finds what it was told about. */
  #update(): void {
    const conversation = this.conversation.save();
    if (conversation) {
      this.#drawer?.write({
        savedAt: this.clock.now(),
        open: this.open,
        manual: this.manual,
        conversation,
      });
    } else {
      this.#drawer?.clear();
    }
    this.changed.emit();
  }

  #tell(event: AppEvent): void {
    callPage("the app event callback", this.callbacks.event, event);
  }

  #tellStatus(): void {
    callPage("the status callback", this.callbacks.status, this.status);
  }
}
