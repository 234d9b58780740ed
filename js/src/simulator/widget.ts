import type { Scenario } from "../simulation.js";
import type { Clock } from "./clock.js";
import { Connection } from "./connection.js";
import { Conversation, type Step } from "./conversation.js";
import type { AppEvent, Callbacks, Channel, EventType, Status } from "./events.js";
import { type Language, resolveLanguage } from "./language.js";
import { Memory, type Progress } from "./memory.js";
import { type Preset, presetOf } from "./presets.js";
import type { Shared } from "./shared.js";
import { Signal } from "./signal.js";
import { Drawer, findStorage, type Saved } from "./storage.js";
import { callPage } from "./warn.js";
import { wordsIn } from "./words.js";

export interface Settings {
  readonly company: string;
  readonly tenant: string | null;
  readonly preset: string | null;
  readonly language: string | null;
  readonly scope: string | null;
}

export type CustomValue = string | number | boolean;

/** The vendor's reserved name for who the visitor is. */
const GUEST_NAME = "oo1_guest_ident";

/** As what a page hears of the steps of a conversation; of the others it hears nothing. */
const TOLD: { readonly [kind in Step["kind"]]?: EventType } = {
  created: "chatSessionCreated",
  started: "chatSessionStarted",
  ended: "chatSessionEnded",
};

/**
 * All that is the case in one widget, and all that can be done to it. Whoever shows it listens to
 * `changed`; the page hears through its callbacks, after the state has been stored and shown.
 */
export class Widget {
  readonly changed = new Signal<void>();
  /** The steps of the conversation as the operator's side gets them: once there is a connection. */
  readonly delivered = new Signal<Step>();
  readonly conversation = new Conversation();
  readonly customData = new Map<string, CustomValue>();
  readonly callbacks: Callbacks = { event: null, status: null, connection: null, number: null };

  /** Null until the page was told what to play. */
  scenario: Scenario | null = null;
  settings: Settings | null = null;
  language: Language = resolveLanguage(null, null, null);
  status: Status = 1;
  open = false;
  hidden = false;
  /** The channel that the page asked for when it opened the window: the entry offers it first. */
  wanted: Channel = "chat";
  /** Messages of the operator that came while the window was closed. */
  unread = 0;
  /** Whether the window shows the call-back form, where there is no conversation. */
  callingBack = false;
  /** The numbers that were submitted for a call back, for the operator, until the page goes. */
  readonly callBacks: string[] = [];
  /** A remark for the visitor above the chat, gone with the window: the preset has no video. */
  videoRefused = false;
  /** Whether the operator is driven from outside; the script never comes back after that. */
  manual = false;
  /** How many people are before whoever joins the queue, or waits in it. */
  ahead = 0;

  #typing = false;
  readonly #connection = new Connection();
  readonly #memory: Memory;
  /** A status that came while the connection was lost. */
  #unheard: Status | null = null;
  /** Whether the window is open as far as the page has heard. */
  #toldOpen = false;

  constructor(
    readonly page: Window,
    readonly shared: Shared,
    /** Of the script element, for the inline script in the chat's frame. */
    readonly nonce = "",
  ) {
    this.#memory = new Memory(shared.clock);
    this.conversation.steps.subscribe((step) => this.#follow(step));
  }

  get clock(): Clock {
    return this.shared.clock;
  }

  get connection(): Connection["state"] {
    return this.#connection.state;
  }

  get connected(): boolean {
    return this.connection === "connected";
  }

  get connectionLost(): boolean {
    return this.#connection.lost;
  }

  get preset(): Preset {
    return presetOf(this.settings?.preset ?? null, this.language.texts);
  }

  get hasStorage(): boolean {
    return this.#memory.works;
  }

  /** How far the script is, kept for the time after a reload. */
  get progress(): Progress {
    return this.#memory.progress;
  }

  /** What the visitor calls the operator. */
  get operatorName(): string {
    const { language, scenario } = this;
    return wordsIn(language, scenario?.operator.name ?? language.texts.operator);
  }

  /** What the operator calls the visitor: as the visitor said, else as the page did. */
  get visitorName(): string {
    return this.conversation.name || String(this.customData.get(GUEST_NAME) ?? "");
  }

  /** Whether the operator is seen at the keys. */
  get typing(): boolean {
    return this.#typing && !this.connectionLost;
  }

  /** The visitor's place in the queue, 1 being the next; null outside it. */
  get position(): number | null {
    return this.conversation.phase === "queued" ? this.ahead + 1 : null;
  }

  /** Given the scenario, it can go on with what it was told before. */
  begin(scenario: Scenario): void {
    this.scenario = scenario;
    this.ahead = scenario.queue.ahead;
    const first = scenario.timeline.find((moment) => moment.at === 0 && "status" in moment);
    // Somebody may have been quicker than the scenario, and drive the operator.
    if (first && "status" in first && !this.manual) this.status = first.status;
    // A page may have been too quick to ask whether it is supported.
    if (this.connection === "connecting" && scenario.supported) this.#dial(scenario);
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
    this.#connection.state = "connecting";
    if (this.scenario) this.#dial(this.scenario);
  }

  /** Does `task` now, or as soon as the button is there. */
  whenConnected(task: () => void): void {
    this.#connection.whenConnected(task);
  }

  /** Does now what needs the connection, or once it is back. */
  whenBack(task: () => void): void {
    this.#connection.whenBack(task);
  }

  /** Before connecting: the status that the button will appear with. */
  setStatus(status: Status): void {
    if (this.connectionLost) {
      this.#unheard = status;
      return;
    }
    if (status === this.status) return;
    this.status = status;
    this.changed.emit();
    if (this.connected) this.#tellStatus();
  }

  loseConnection(): void {
    if (this.connectionLost) return;
    this.#connection.lost = true;
    this.changed.emit();
    callPage("the connection callback", this.callbacks.connection, false);
  }

  /** Tells the status again, changed or not, before what else waited for the connection. */
  returnConnection(): void {
    if (!this.connectionLost) return;
    this.#connection.lost = false;
    this.status = this.#unheard ?? this.status;
    this.#unheard = null;
    this.changed.emit();
    callPage("the connection callback", this.callbacks.connection, true);
    this.#tellStatus();
    this.#connection.carryOn();
  }

  /** @param videoRefused - whether it is to say that the preset has no video. */
  openWindow(wanted: Channel = "chat", videoRefused = false): void {
    this.hidden = false;
    this.open = true;
    this.wanted = wanted;
    this.videoRefused ||= videoRefused;
    this.unread = 0;
    this.#update();
    this.#tellWindow();
  }

  /** Closes the window only: a conversation that runs goes on, one that is over is put away. */
  closeWindow(): void {
    if (!this.open) return;
    const channel = this.#channel;
    this.open = false;
    this.wanted = "chat";
    this.videoRefused = false;
    this.callingBack = false;
    this.conversation.clear();
    this.#update();
    this.#tellWindow(channel);
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

  showCallBack(shown: boolean): void {
    this.callingBack = shown;
    this.changed.emit();
  }

  requestCallBack(number: string): void {
    this.callBacks.push(number);
    this.changed.emit();
  }

  setTyping(typing: boolean): void {
    if (typing === this.#typing) return;
    this.#typing = typing;
    this.changed.emit();
  }

  /** One of those who were before the visitor has been served. */
  serveNext(): void {
    this.ahead -= 1;
    this.#update();
  }

  driveByHand(): void {
    if (this.manual) return;
    this.manual = true;
    this.#update();
  }

  get #channel(): Channel {
    return this.conversation.phase === "none" ? this.wanted : this.conversation.channel;
  }

  #dial(scenario: Scenario): void {
    this.clock.after(scenario.connect, () => this.#connected());
  }

  #connected(): void {
    const { company = "", tenant = null, scope = null } = this.settings ?? {};
    const storage = findStorage(this.page);
    const saved = this.#memory.open(
      new Drawer(storage, this.shared.drawers, [company, tenant, scope]),
    );
    this.#connection.state = "connected";
    // Before the page hears anything: it may ask for a conversation in its callback.
    if (saved) this.#restore(saved);
    this.changed.emit();
    callPage("the connection callback", this.callbacks.connection, true);
    this.#tellStatus();
    if (saved) this.#tellRestored();
    this.#connection.connected();
  }

  #restore(saved: Saved): void {
    this.manual ||= saved.manual;
    this.ahead = saved.ahead;
    this.open = saved.open;
    this.conversation.restore(saved.conversation);
  }

  /**
   * The page hears that the window is open, because that is news in this document. It does not hear
   * of the session again: it was created, and perhaps started, before, and keeps its id. What had
   * not got out when the old document went gets out now.
   */
  #tellRestored(): void {
    this.#tellWindow();
    for (const step of this.conversation.unsentSteps()) this.#send(step);
  }

  #follow(step: Step): void {
    if (step.kind === "created") {
      this.callingBack = false;
      this.#memory.begin();
    }
    if (step.kind === "started") this.#memory.joined();
    if (step.kind === "said" && step.by === "operator" && !this.open) this.unread += 1;
    this.#update();
    this.#send(step);
  }

  /** Tells the page and the operator's side, once there is a connection. */
  #send(step: Step): void {
    const { conversation } = this;
    const { channel, sessionId } = conversation;
    this.whenBack(() => {
      // By now it may be another one.
      if (conversation.sessionId === sessionId) conversation.sent(step);
      this.#store();
      const type = TOLD[step.kind];
      const more = step.kind === "ended" ? { endedBy: step.by } : {};
      if (type) this.#tell({ type, channel, sessionId, ...more });
      this.delivered.emit(step);
    });
  }

  /** Stores before showing: a page that reloads in its callback finds what it was told about. */
  #update(): void {
    this.#store();
    this.changed.emit();
  }

  /** Keeps what a reload must not lose, if there is a conversation to go on with. */
  #store(): void {
    const conversation = this.conversation.save();
    const { ahead, manual, open } = this;
    if (conversation) this.#memory.keep({ ahead, conversation, manual, open });
    else this.#memory.forget();
  }

  #tell(event: AppEvent): void {
    callPage("the app event callback", this.callbacks.event, event);
  }

  /** Whether the window is open, unless the page knows: it may have called in between. */
  #tellWindow(channel = this.#channel): void {
    if (this.open === this.#toldOpen) return;
    this.#toldOpen = this.open;
    this.#tell({ type: this.open ? "chatWindowOpen" : "chatWindowClosed", channel });
  }

  #tellStatus(): void {
    callPage("the status callback", this.callbacks.status, this.status);
  }
}
