import { onAbort } from "../abort";
import type * as Diagnosis from "../diagnosis/index";
import type * as Hosting from "../hosting/index";
import type { ModelState, Standing, StatusCode, Tagged, ToFrontEnd, ToKernel } from "../wire";
import { Assets } from "./assets";
import { type Grant, Lease } from "./lease";
import { Link } from "./link";
import { type Model, partsAhead } from "./model";
import { enter } from "./page";
import { watchPage } from "./reload";
import { Request } from "./request";
import { type Display, grown, type Question, type Situation, situationOf } from "./situation";
import { Undelivered } from "./undelivered";

const ALIVE_MS = 5_000;
/** Where there is no stage. */
const IDLE: Standing = { state: "idle", failure: null, status: null, active: null };
/** Reports without an answer after which the kernel counts as silent. */
const UNHEARD = 2;
/** Several settings changed in one cell make one fresh stage, not one each; ms. */
const SETTLE_MS = 50;

/** One page's side of one model: its views, its lease, its stage, what it has to deliver. */
export class FrontEnd {
  readonly #situation: Situation;
  readonly #lease: Lease;
  readonly #link: Link;
  readonly #displays = new Set<Display>();
  /** The view that the person asked for. */
  #preferred: Display | null = null;
  /** Reports since the kernel was heard last. */
  #unheard = 0;
  readonly undelivered: Undelivered;
  readonly #request = new Request(() => this.#change({ kernelSilent: true }));
  readonly #assets: Assets;
  /** Aborts when nobody is left to send what was asked for. */
  readonly #fetching = new AbortController();
  #hosting: typeof Hosting | null = null;
  #place: Hosting.Place | null = null;
  #stage: Hosting.Stage | null = null;
  /** Who this tab was before it was reloaded. */
  #before: string | null = null;
  /** The page was left; what still runs in it must not ask for what it has just given back. */
  #away = false;
  #open = true;
  #attending = false;
  #loading = false;
  #settling: ReturnType<typeof setTimeout> | undefined;
  readonly #signal: AbortSignal;

  constructor(
    readonly model: Model,
    signal: AbortSignal,
  ) {
    this.#signal = signal;
    this.#lease = new Lease(model);
    this.#situation = situationOf(model.get("_tail") ?? []);
    this.#link = new Link(model, () => this.#change({ kernelSilent: true }));
    this.#assets = new Assets(model.get("_build"), (names) => this.#tell("asset", { names }));
    this.undelivered = new Undelivered(model.get("_key"));
    const order = (message: { lease: number }) => this.#onOrder(message);
    this.#link.hear({
      lease: (message) => this.#onLease(message),
      grant: (message) => this.#onGrant(message),
      accepted: (message) => this.#onAccepted(message),
      asset: ({ frontend, texts }) => {
        if (frontend === this.#lease.id) this.#assets.take(texts);
        else if (frontend === "") this.#assets.takeAhead(texts);
      },
      problems: ({ problems }) => this.#change({ problems }),
      examine: (message) => this.#examine(message).catch((reason) => this.#cannot(reason)),
      connect: order,
      numbers: order,
      answer: order,
      call: order,
      act: order,
    });
    // The widget manager says so when the kernel's side of the model goes, by a restart as well.
    model.on("comm_live_update", () => this.#onGone("ended"));
    void this.#link.isSaved().then((saved) => saved && this.#onGone("saved"));
    // Also where nothing of it is displayed here any more, as after a reload without saving.
    if (this.undelivered.due) this.#loadHosting();
    const leave = enter(this);
    onAbort(signal, () => {
      leave();
      this.#dispose();
    });
  }

  /** A view is there; the first one starts all that reaches beyond this object. */
  add(display: Display, signal: AbortSignal): void {
    if (!this.#attending) this.#attend();
    // Whoever displays it here now wants it here, unless it runs in another page.
    if (this.#situation.elsewhere === "vacant") this.#situation.elsewhere = null;
    this.#displays.add(display);
    onAbort(signal, () => {
      this.#displays.delete(display);
      if (this.#preferred === display) this.#preferred = null;
      this.reconcile();
    });
  }

  get situation(): Readonly<Situation> {
    return this.#situation;
  }

  hosts(display: Display): boolean {
    return this.hosting && this.#stage?.slot === display.slot;
  }

  /** Whether this view has something of the stage to show; else its slot would be an empty box. */
  frames(display: Display): boolean {
    return this.hosts(display) && Boolean(this.#stage?.shown);
  }

  /** Whether the stage is in some view of this page. */
  get hosting(): boolean {
    return Boolean(this.#lease.granted && this.#stage);
  }

  /** What this page itself sees of the stage that it runs, before the kernel has heard of it. */
  get seen(): { state: ModelState; status: StatusCode | null } | null {
    const stage = this.#stage;
    if (!this.#lease.granted || !stage || stage.standing.state === "idle") return null;
    return { state: stage.seen, status: stage.standing.status };
  }

  /** What the person is asked in this view, or may want to know. */
  question(display: Display): Question | null {
    const { elsewhere, question } = this.#situation;
    const away = elsewhere !== null || (this.hosting && !this.hosts(display));
    const bring = () => this.#bring(display);
    return question ?? this.#place?.whereabouts(elsewhere, away ? bring : null) ?? null;
  }

  /** Makes what is there follow from views, lease and grant; safe to call at any time. */
  reconcile(): void {
    if (this.#signal.aborted || this.#away || this.#situation.gone) return;
    if (this.#stage && !this.#stage.slot.isConnected) return this.renew();
    const shown = [...this.#displays].find(({ slot }) => slot.isConnected);
    const free = () => (this.#place ? this.#place.slot(this.#preferred) : shown?.slot);
    const slot = this.#stage?.view ?? free();
    // The stage's first words tell the kernel so: a message now would hold up all that is starting.
    if (slot) this.#lease.takeUp();
    if (!slot && this.#lease.offered) this.#begin(null);
    else if (!slot) this.#release();
    else if (!this.#lease.granted) this.#want(slot);
    else if (this.#settling === undefined) this.#raise(slot, this.#lease.granted);
    this.#update();
  }

  /** Gives the stage up and asks for a fresh one. */
  renew(): void {
    this.#release();
    this.reconcile();
  }

  /** Brings the chat into a view: from another page, or alive from another view if it can be. */
  #bring(display: Display): void {
    if (this.#stage?.moveTo(display.slot)) return this.#update();
    this.#preferred = display;
    if (this.#situation.elsewhere) this.#ask();
    else this.renew();
  }

  retry(): void {
    this.#tell("retry", {});
  }

  #attend(): void {
    this.#attending = true;
    const signal = this.#signal;
    const alive = setInterval(() => this.#alive(), ALIVE_MS);
    onAbort(signal, () => clearInterval(alive));
    this.model.on("change:height", () => this.#update());
    this.#before = watchPage(this.model.get("_key"), signal, {
      left: () => {
        const held = this.#lease.granted !== null;
        this.#release();
        this.undelivered.keep();
        this.#lease.decline();
        // Nobody could take it after a reload, and it may be personal.
        if (this.#situation.gone) this.undelivered.close(false);
        this.#away = true;
        return held ? this.#lease.id : null;
      },
      back: () => {
        this.#away = false;
        this.reconcile();
      },
    });
  }

  /** Says that this page is there; the kernel's answer says that it is, too. */
  #alive(): void {
    if (!this.#lease.granted && !this.#situation.elsewhere) return;
    this.#unheard += 1;
    if (this.#unheard > UNHEARD) this.#change({ kernelSilent: true });
    this.#tell("alive", {
      lease: this.#lease.granted?.lease ?? 0,
      pending: this.undelivered.pending,
      ...(this.#stage?.standing ?? IDLE),
    });
  }

  #want(slot: HTMLElement): void {
    const { elsewhere } = this.#situation;
    const hosting = this.#hosting;
    // Also where the chat is elsewhere: what a view says of that comes with it.
    if (!hosting && (elsewhere || this.#wanted)) this.#loadHosting();
    if (!this.#request.pending && (elsewhere || !this.#open)) return;
    if (!this.#request.pending) this.#ask();
    if (hosting && !elsewhere) this.#begin(slot);
  }

  #loadHosting(): void {
    if (this.#loading) return;
    this.#loading = true;
    const { model } = this;
    this.#assets
      .module<typeof Hosting>("hosting", this.#fetching.signal, partsAhead(model))
      .then((hosting) => {
        if (this.#fetching.signal.aborted) return;
        this.#hosting = hosting;
        this.#place = new hosting.Place(model, this.#displays, () => this.reconcile());
        const outboxes = new hosting.Outboxes(this.#lease.id, model.get("_key"), {
          send: (parcel) => {
            const { active } = this.#stage?.standing ?? IDLE;
            this.#link.send({ kind: "batch", ...parcel, sent: Date.now(), active });
          },
          silent: (kernelSilent) => this.#change({ kernelSilent }),
        });
        this.undelivered.begin(outboxes);
        this.reconcile();
      })
      .catch((reason) => this.#cannot(reason))
      .finally(() => (this.#loading = false));
  }

  #cannot(reason: unknown): void {
    if (this.#fetching.signal.aborted) return;
    const problem = { where: "front end", message: String(reason), traceback: "" };
    this.#change({ problems: [...this.#situation.problems, problem] });
  }

  /** Asks for the lease; from another page it is only taken where the person wants it. */
  #ask(): void {
    const take = this.#situation.elsewhere !== null;
    const [replaces, { origin }] = [this.#before, location];
    // Nobody to talk to yet: of a page full of them, each question would hold up what it shows.
    this.#request.ask(() => this.#tell("want", { origin, take, replaces }), take || this.#wanted);
  }

  /** Whether there is anybody to talk to. */
  get #wanted(): boolean {
    return this.model.get("company_id") !== null;
  }

  #answered(change: Partial<Situation> = {}): void {
    this.#request.settled();
    this.#unheard = 0;
    this.#change({ kernelSilent: false, ...change });
  }

  #release(): void {
    const grant = this.#lease.granted;
    this.#drop();
    this.#request.settled();
    if (grant) this.#tell("release", { lease: grant.lease });
  }

  #drop(): void {
    this.#dropStage();
    this.#lease.granted = null;
  }

  #dropStage(): void {
    this.#stage?.close();
    this.#stage = null;
    Object.assign(this.#situation, { question: null, aside: null });
    clearTimeout(this.#settling);
    this.#settling = undefined;
  }

  #onLease({ holder, silent, open }: ToFrontEnd["lease"]): void {
    // Ours: the kernel wonders whether this page is still there, or the grant comes behind it.
    if (this.#lease.isOurs(holder)) return this.#lease.granted ? this.#alive() : undefined;
    // Just free, and asked for: the answer is still to come.
    if (open && this.#request.pending && !this.#lease.granted) return;
    this.#answered();
    this.#open = open;
    this.#lease.decline();
    if (holder !== null) this.#change({ elsewhere: silent ? "silent" : "running" });
    // A page that is reloaded lets go for a moment: the chat must not jump into this one.
    else if (this.#situation.elsewhere) this.#change({ elsewhere: "vacant" });
    // Where it had one, the frame goes first, and then the kernel hears that it has gone.
    this.#release();
    this.reconcile();
  }

  #onGone(gone: "ended" | "saved"): void {
    if (this.#signal.aborted || this.#situation.gone) return;
    this.#lease.decline();
    this.#drop();
    this.#place?.closePanel();
    this.#request.settled();
    this.undelivered.halt();
    this.#fetching.abort();
    this.#change({ gone, elsewhere: null });
  }

  #onGrant({ texts, ...grant }: ToFrontEnd["grant"]): void {
    this.#assets.takeAhead(texts);
    const renewed = this.#lease.granted !== null;
    if (!this.#lease.take(grant)) return;
    this.#answered({ elsewhere: null });
    if (renewed) {
      this.#dropStage();
      this.#settling = setTimeout(() => {
        this.#settling = undefined;
        this.reconcile();
      }, SETTLE_MS);
    }
    this.reconcile();
  }

  #raise(slot: HTMLElement, { lease, run }: Grant): void {
    this.#begin(slot);
    this.#stage?.settle(slot);
    if (this.#stage?.lease === null) void this.#stage.open(lease, run);
  }

  /** Makes a stage ready, unless there is one; without a slot where its view is still to come. */
  #begin(slot: HTMLElement | null): void {
    if (!this.#hosting) return this.#loadHosting();
    this.#stage ??= this.#hosting.newStage(slot, this.model, {
      frontend: this.#lease.id,
      key: this.model.get("_key"),
      assets: this.#assets,
      deliver: (parcel, kept) => this.undelivered.add(parcel, kept),
      changed: () => this.#update(),
      inquire: (asked) => this.#link.send({ kind: "ask", ...asked }),
      show: (change) => this.#change(change),
      renew: () => this.renew(),
      taken: () => {
        this.#release();
        this.#change({ elsewhere: "running" });
      },
    });
  }

  #onAccepted({ load, upto, lines, total }: ToFrontEnd["accepted"]): void {
    if (this.#unheard > UNHEARD) this.#change({ kernelSilent: false });
    this.#unheard = 0;
    this.undelivered.acknowledge(load, upto);
    this.#stage?.acknowledged(load, upto);
    this.#change({ lines: grown(this.#situation.lines, lines), total });
  }

  /** Answers a diagnosis, also where nothing is displayed. */
  async #examine(message: ToFrontEnd["examine"]): Promise<void> {
    const { signal } = this.#fetching;
    const { examine } = await this.#assets.module<typeof Diagnosis>("diagnosis", signal);
    const [lease, views] = [this.#lease.granted?.lease ?? 0, this.#displays.size];
    const { pending } = this.undelivered;
    const asked = { frontend: this.#lease.id, lease, views, pending, stage: this.#stage };
    await examine(message, asked, (findings) => this.#link.send(findings));
  }

  #onOrder({ lease, ...order }: { lease: number }): void {
    if (this.#stage?.lease === lease) this.#stage.order(order as Hosting.Order);
  }

  /** Says something to the kernel in this page's name. */
  #tell<Kind extends "asset" | "retry" | "alive" | "want" | "release">(
    kind: Kind,
    fields: Omit<ToKernel[Kind], "frontend">,
  ): void {
    this.#link.send({ kind, frontend: this.#lease.id, ...fields } as Tagged<ToKernel>);
  }

  #change(change: Partial<Situation>): void {
    Object.assign(this.#situation, change);
    this.#update();
  }

  #update(): void {
    for (const display of this.#displays) display.update();
    this.#place?.update(this.#stage);
  }

  #dispose(): void {
    this.#drop();
    this.#fetching.abort();
    this.#place?.close();
    this.#request.settled();
    this.undelivered.close(this.model.get("state") !== "closed");
    this.#displays.clear();
  }
}
