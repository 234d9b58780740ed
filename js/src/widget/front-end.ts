import {
  type Isolation,
  type LogLine,
  type ModelState,
  type Problem,
  type Run,
  randomId,
  type StatusCode,
  type Tagged,
  type ToStage,
} from "../wire";
import { Assets } from "./assets";
import { moveAlive } from "./frame";
import { foreseen } from "./isolation";
import { Link } from "./link";
import type { Model } from "./model";
import { Outbox } from "./outbox";
import { assetText, enter } from "./page";
import { PagePanel } from "./page-panel";
import { leave, whoLeft } from "./reload";
import { Stage } from "./stage";

const ALIVE_MS = 5_000;
/** First wait for the kernel's answer to a request, doubling up to the second; ms. */
const ANSWER_MS = 3_000;
const ANSWER_MOST_MS = 24_000;
/** Several settings changed in one cell make one fresh stage, not one each; ms. */
const SETTLE_MS = 50;
/** Lines of the event log that a view lists. */
const LISTED = 200;

/** One display of the model, as the front end needs to know it. */
export interface Display {
  readonly slot: HTMLElement;
  update(): void;
}

export interface Question {
  run: Run;
  reason: string;
  choose(isolation: Isolation): void;
}

/** What this page knows beyond the synced traits; views show it. */
export interface Situation {
  /** Another page has the lease, or had it until it went; null while that is no matter here. */
  elsewhere: "running" | "silent" | "vacant" | null;
  kernelSilent: boolean;
  question: Question | null;
  problems: Problem[];
  lines: LogLine[];
  total: number;
}

/** One page's side of one model: its views, its lease, its stage, its outboxes. */
export class FrontEnd {
  readonly situation: Situation;
  readonly #id = randomId();
  readonly #link: Link;
  readonly #displays = new Set<Display>();
  readonly #outboxes = new Map<string, Outbox>();
  readonly #choices = new Map<string, Isolation>();
  readonly #assets = new Assets((name) =>
    this.#link.send({ kind: "asset", frontend: this.#id, name }),
  );
  #grant: { lease: number; run: Run } | null = null;
  #stage: Stage | null = null;
  #preferred: Display | null = null;
  #panel: PagePanel | null = null;
  /** Who this tab was before it was reloaded. */
  #before: string | null = null;
  /** The page was left; what still runs in it must not ask for what it has just given back. */
  #gone = false;
  #open = true;
  #attending = false;
  #asked: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly model: Model,
    private readonly signal: AbortSignal,
  ) {
    const lines = model.get("_tail") ?? [];
    this.situation = {
      elsewhere: null,
      kernelSilent: false,
      question: null,
      problems: [],
      lines,
      total: lines.at(-1)?.seq ?? 0,
    };
    this.#link = new Link(model, () => this.#change({ kernelSilent: true }));
    this.#link.hear({
      lease: (message) => this.#onLease(message),
      grant: (message) => this.#onGrant(message),
      accepted: (message) => this.#onAccepted(message),
      asset: ({ frontend, name, text }) => {
        if (frontend === this.#id) this.#assets.answered(name, text);
      },
      problems: ({ problems }) => this.#change({ problems }),
      connect: ({ lease }) => this.#toStage(lease, { kind: "connect" }),
      numbers: ({ lease }) => this.#toStage(lease, { kind: "numbers" }),
      call: ({ lease, ...order }) => this.#toStage(lease, { kind: "call", ...order }),
      act: ({ lease, ...order }) => this.#toStage(lease, { kind: "act", ...order }),
    });
    const leave = enter(model, this);
    signal.addEventListener("abort", () => {
      leave();
      this.#dispose();
    });
  }

  /** A view is there; the first one starts all that reaches beyond this object. */
  add(display: Display, signal: AbortSignal): void {
    if (!this.#attending) this.#attend();
    // Whoever displays it here now wants it here, unless it runs in another page.
    if (this.situation.elsewhere === "vacant") this.situation.elsewhere = null;
    this.#displays.add(display);
    signal.addEventListener("abort", () => {
      this.#displays.delete(display);
      if (this.#preferred === display) this.#preferred = null;
      this.reconcile();
    });
  }

  hosts(display: Display): boolean {
    return this.hosting && this.#stage?.slot === display.slot;
  }

  /** Whether this view has the stage's frame; without one its slot would be an empty box. */
  frames(display: Display): boolean {
    return this.hosts(display) && this.#stage?.frame !== null;
  }

  /** Whether the stage is in some view of this page. */
  get hosting(): boolean {
    return this.#grant !== null && this.#stage !== null;
  }

  /** What this page itself sees of the stage that it runs, before the kernel has heard of it. */
  get seen(): { state: ModelState; status: StatusCode | null } | null {
    if (!this.hosting || !this.#stage || this.#stage.state === "idle") return null;
    return { state: this.#stage.seen, status: this.#stage.status };
  }

  /** Makes what is there follow from views, lease and grant; safe to call at any time. */
  reconcile(): void {
    if (this.signal.aborted || this.#gone) return;
    if (this.#stage && !this.#stage.slot.isConnected) return this.renew();
    const slot = this.#stage?.slot ?? this.#slot();
    if (!slot) this.#release();
    else if (!this.#grant) this.#want(slot);
    else if (this.#settling === undefined) this.#raise(slot, this.#grant);
    this.#update();
  }

  /** Gives the stage up and asks for a fresh one. */
  renew(): void {
    this.#release();
    this.reconcile();
  }

  /** Brings the frame into another view of this page, alive where the browser can. */
  bring(display: Display): void {
    const stage = this.#stage;
    if (stage?.frame && moveAlive(display.slot, stage.frame)) {
      stage.slot = display.slot;
      return this.#update();
    }
    this.#preferred = display;
    this.renew();
  }

  takeOver(display: Display): void {
    this.#preferred = display;
    this.#ask({ take: true, wait: ANSWER_MS });
  }

  retry(): void {
    this.#link.send({ kind: "retry", frontend: this.#id });
  }

  #attend(): void {
    this.#attending = true;
    const { signal } = this;
    const alive = setInterval(() => this.#alive(), ALIVE_MS);
    signal.addEventListener("abort", () => clearInterval(alive));
    document.addEventListener("visibilitychange", () => this.#alive(), { signal });
    this.#before = whoLeft(this.model.get("_key"));
    const leaving = () => {
      if (this.#grant) leave(this.model.get("_key"), this.#id);
      this.#release();
      this.#gone = true;
    };
    addEventListener("pagehide", leaving, { signal });
    this.model.on("change:height", () => this.#panel?.update());
    const back = () => {
      whoLeft(this.model.get("_key"));
      this.#gone = false;
      this.reconcile();
    };
    addEventListener("pageshow", back, { signal });
  }

  #alive(): void {
    if (!this.#grant) return;
    this.#link.send({
      kind: "alive",
      frontend: this.#id,
      lease: this.#grant.lease,
      hidden: document.hidden,
      state: this.#stage?.state ?? "idle",
      status: this.#stage?.status ?? null,
    });
  }

  /** Where a stage would go now: the page's corner, or the first view that is on the page. */
  #slot(): HTMLElement | null {
    if (this.model.get("placement") === "page") {
      if (this.#displays.size > 0) this.#panel ??= new PagePanel(this.model);
      return this.#panel?.slot ?? null;
    }
    this.#closePanel();
    const connected = [...this.#displays].filter((display) => display.slot.isConnected);
    const preferred = connected.find((display) => display === this.#preferred);
    return (preferred ?? connected[0])?.slot ?? null;
  }

  #want(slot: HTMLElement): void {
    if (this.situation.elsewhere || !this.#open || this.#asked !== undefined) return;
    this.#ask({ take: false, wait: ANSWER_MS });
    const isolation = foreseen(this.model);
    if (isolation === null || this.#stage) return;
    this.#stage = this.#newStage(slot);
    this.#stage.prepare(isolation, this.model.get("allow_media"), this.model.get("_simulated"));
  }

  #ask({ take, wait }: { take: boolean; wait: number }): void {
    clearTimeout(this.#asked);
    const [frontend, replaces] = [this.#id, this.#before];
    this.#link.send({ kind: "want", frontend, origin: location.origin, take, replaces });
    this.#asked = setTimeout(() => {
      this.#change({ kernelSilent: true });
      this.#ask({ take, wait: Math.min(2 * wait, ANSWER_MOST_MS) });
    }, wait);
  }

  #answered(): void {
    clearTimeout(this.#asked);
    this.#asked = undefined;
    this.#change({ kernelSilent: false });
  }

  #release(): void {
    const grant = this.#grant;
    this.#drop();
    clearTimeout(this.#asked);
    this.#asked = undefined;
    if (grant) this.#link.send({ kind: "release", frontend: this.#id, lease: grant.lease });
  }

  #drop(): void {
    this.#stage?.close();
    this.#stage = null;
    this.#grant = null;
    this.situation.question = null;
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  #onLease(message: { holder: string | null; silent: boolean; open: boolean }): void {
    const { holder, silent, open } = message;
    // Ours: the grant says so, too. Just free, and asked for: the answer is still to come.
    if (holder === this.#id) return;
    if (open && this.#asked !== undefined && !this.#grant) return;
    this.#answered();
    this.#open = open;
    if (holder !== null) this.#change({ elsewhere: silent ? "silent" : "running" });
    // A page that is reloaded lets go for a moment: the chat must not jump into this one.
    else if (this.situation.elsewhere) this.#change({ elsewhere: "vacant" });
    this.#drop();
    this.reconcile();
  }

  #onGrant({ frontend, lease, run }: { frontend: string; lease: number; run: Run }): void {
    if (frontend !== this.#id || lease <= (this.#grant?.lease ?? 0)) return;
    this.#answered();
    this.#change({ elsewhere: null });
    const renewed = this.#grant !== null;
    if (renewed) this.#drop();
    this.#grant = { lease, run };
    if (renewed) {
      this.#settling = setTimeout(() => {
        this.#settling = undefined;
        this.reconcile();
      }, SETTLE_MS);
    }
    this.reconcile();
  }

  #raise(slot: HTMLElement, { lease, run }: { lease: number; run: Run }): void {
    this.#stage ??= this.#newStage(slot);
    if (this.#stage.lease === null) void this.#stage.open(lease, run);
  }

  #newStage(slot: HTMLElement): Stage {
    const stage: Stage = new Stage(slot, {
      fetchAsset: (name, signal) => {
        const build = this.model.get("_build");
        return assetText(build, name, signal, (...asked) => this.#assets.fetch(...asked));
      },
      deliver: (load, entries) => {
        const { lease } = stage;
        if (lease === null || this.signal.aborted) return;
        this.#outbox(load ?? `${this.#id}.${lease}`, lease).add(entries);
        this.#update();
      },
      ask: (...asked) => this.#question(...asked),
      detached: () => this.renew(),
    });
    return stage;
  }

  #outbox(load: string, lease: number): Outbox {
    let outbox = this.#outboxes.get(load);
    if (!outbox) {
      outbox = new Outbox(
        (entries) =>
          this.#link.send({
            kind: "batch",
            frontend: this.#id,
            load,
            lease,
            sent: Date.now(),
            entries,
          }),
        (kernelSilent) => this.#change({ kernelSilent }),
      );
      this.#outboxes.set(load, outbox);
    }
    return outbox;
  }

  #onAccepted(message: { load: string; upto: number; lines: LogLine[]; total: number }): void {
    const { load, upto, lines, total } = message;
    const outbox = this.#outboxes.get(load);
    outbox?.acknowledge(upto);
    if (outbox?.waiting === 0) this.#outboxes.delete(load);
    const known = this.situation.lines.at(-1)?.seq ?? 0;
    const fresh = lines.filter(({ seq }) => seq > known);
    this.#change({ lines: [...this.situation.lines, ...fresh].slice(-LISTED), total });
  }

  #question(run: Run, reason: string, signal: AbortSignal): Promise<Isolation> {
    const subject = run.script ?? "";
    const chosen = this.#choices.get(subject);
    if (chosen) return Promise.resolve(chosen);
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      const choose = (isolation: Isolation) => {
        this.#choices.set(subject, isolation);
        this.#change({ question: null });
        resolve(isolation);
      };
      this.#change({ question: { run, reason, choose } });
    });
  }

  #toStage(lease: number, message: Tagged<ToStage>): void {
    if (this.#stage?.lease === lease) this.#stage.send(message);
  }

  #change(change: Partial<Situation>): void {
    Object.assign(this.situation, change);
    this.#update();
  }

  #update(): void {
    if (this.#panel) this.#panel.slot.hidden = !this.#stage?.frame;
    for (const display of this.#displays) display.update();
  }

  #closePanel(): void {
    this.#panel?.close();
    this.#panel = null;
  }

  #dispose(): void {
    this.#drop();
    this.#closePanel();
    clearTimeout(this.#asked);
    for (const outbox of this.#outboxes.values()) outbox.close();
    this.#outboxes.clear();
    this.#displays.clear();
  }
}
