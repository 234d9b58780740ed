import type { StageFindings } from "../findings";
import { Reporter } from "../reporter";
import {
  BROKEN,
  DROPPED,
  NO_WORD,
  SEE_ERRORS,
  UNKEPT,
  UNREACHABLE,
  UNSTORED,
  WENT_AWAY,
} from "../texts/hosting";
import type {
  ActiveIsolation,
  AssetName,
  Entry,
  FromStage,
  Isolation,
  ModelState,
  Parcel,
  Question,
  Run,
  Sighting,
  StageOrders,
  StageState,
  Standing,
  Tagged,
  ToKernel,
  ToStage,
} from "../wire";
import { lastNumber } from "../wire";
import { Drawer } from "./drawer";
import { moveAlive, StageFrame } from "./frame";
import { Gate } from "./gate";
import { settleIsolation } from "./isolation";
import { lineUp } from "./lock";
import { type Order, Supplies } from "./supplies";
import { letLeave } from "./surroundings";

export interface StageContext {
  /** Id of this page and key of the model. */
  readonly frontend: string;
  readonly key: string;
  fetchAsset(name: AssetName, signal: AbortSignal): Promise<string>;
  /** Takes what was seen; `kept` hears later whether it would outlive this page. */
  deliver(parcel: Parcel, kept?: (whole: boolean) => void): void;
  /** There is more to be shown of the stage, or other than before. */
  changed(): void;
  /** Passes a question about a phone number on to the kernel. */
  inquire(asked: ToKernel["ask"]): void;
  /** Asks the person at the card, if need be; rejects when the stage is closed first. */
  ask(run: Run, reason: string, signal: AbortSignal, asking: () => void): Promise<ActiveIsolation>;
  /** The frame's document died with its place; a fresh stage is needed. */
  detached(): void;
  /** Another page of this browser took the chat, because this one did not let go of it. */
  taken(): void;
}

/** What a frame is made for: another of these takes another frame. */
interface Made {
  isolation: Isolation;
  media: boolean;
  /** Whether the simulator is in its document. */
  simulated: boolean;
  /** The stage server's address under origin isolation. */
  base: string | null;
}

/** One stage in one slot: isolation settled, frame inserted, messages relayed. */
export class Stage {
  readonly standing: Standing = { state: "idle", failure: null, status: null, active: null };
  /** Under which lease it runs; null while it is only being prepared. */
  lease: number | null = null;
  #frame: StageFrame | null = null;
  #made: { wanted: Made; frame: Promise<StageFrame> } | null = null;
  #reached = false;
  /** By load, the last number that this page could not keep; the stage still does. */
  readonly #unkept = new Map<string, number>();
  /** Where its document's storage is kept, if that is emulated. */
  #drawer: Drawer | null = null;
  readonly #gate: Gate;
  readonly #supplies: Supplies;
  /** What was complained of: once is enough. */
  readonly #complaints = new Set<string>();
  #orders: StageOrders | null = null;
  /** Who waits for the document's findings: several diagnoses may be under way. */
  readonly #examining: ((findings: StageFindings) => void)[] = [];
  /** The kernel's orders up to now, in order: some have to wait for an asset. */
  #ordered = Promise.resolve();
  readonly #controller = new AbortController();
  /** Since it stands in line for the browser's lock. */
  #hold: (() => Promise<void>) | null = null;
  readonly #reporter: Reporter;
  readonly #context: StageContext;

  #nested: boolean;

  /** @param nested - whether the slot is a nest, as its view is still to come; see `settle`. */
  constructor(
    public slot: HTMLElement,
    context: StageContext,
    nested = false,
  ) {
    this.#nested = nested;
    this.#context = context;
    this.#reporter = new Reporter((entries) => this.#passOwn(entries));
    const { signal } = this.#controller;
    this.#supplies = new Supplies((name) => context.fetchAsset(name, signal));
    this.#gate = new Gate(context.frontend, () => this.lease);
  }

  /** The slot of the view that it is in; null while that is still to come. */
  get view(): HTMLElement | null {
    return this.#nested ? null : this.slot;
  }

  /** The frame's element, while there is one to be moved. */
  get frame(): HTMLElement | null {
    return this.#frame?.element ?? null;
  }

  /** Whether there is something to look at: what has failed leaves an empty page in its frame. */
  get shown(): boolean {
    return this.#frame !== null && !this.#nested && !isOver(this.standing.state);
  }

  /** What this page has seen of it, by the rule that Python applies as well. */
  get seen(): ModelState {
    const { state, status } = this.standing;
    return state === "connecting" && status !== null ? "connected" : state;
  }

  /**
   * Makes the frame while the kernel is still asked for the lease. Only our own document is in
   * it, and the simulator, which is ours; the vendor's script is not named to it before `open`.
   */
  prepare(isolation: Isolation, media: boolean, simulated: boolean): void {
    this.#lineUp();
    // What goes wrong here goes wrong again in `open`, which reports it.
    this.#frameFor({ isolation, media, simulated, base: null }).catch(() => {});
  }

  async open(lease: number, run: Run): Promise<void> {
    const { signal } = this.#controller;
    this.lease = lease;
    try {
      const [settled] = await Promise.all([settleIsolation(run, signal), this.#lineUp()()]);
      if (signal.aborted) return;
      if ("unreachable" in settled) {
        return this.#fail("stage_unreachable", UNREACHABLE(settled.unreachable));
      }
      if ("isolation" in settled) return await this.#begin(run, settled);
      const asking = () => this.#report({ kind: "state", state: "asking", failure: null });
      await this.#begin(run, await this.#context.ask(run, settled.ask, signal, asking));
    } catch (reason) {
      if (signal.aborted) return;
      // What was thrown can hold anything; a failure is synced, a problem is not.
      this.#report({ kind: "problem", where: "stage", message: String(reason) });
      this.#broken(SEE_ERRORS);
    }
  }

  /** Brings the frame into another slot, alive; false where the browser cannot. */
  moveTo(slot: HTMLElement): boolean {
    if (!this.#frame || !moveAlive(slot, this.#frame.element)) return false;
    this.slot = slot;
    return true;
  }

  /** Its view has come: leaves the nest for it, if it began in one. */
  settle(slot: HTMLElement): void {
    if (!this.#nested) return;
    const nest = this.slot;
    this.#nested = false;
    // One that is still to be inserted finds its way by itself.
    if (this.#frame && !this.moveTo(slot)) this.#dropFrame();
    this.slot = slot;
    nest.remove();
  }

  /** Passes an order of the kernel's on, behind those before it. */
  order(order: Order): void {
    this.#ordered = this.#ordered
      .then(async () => this.#send(await this.#supplies.order(order)))
      .catch((reason) => {
        if (this.#controller.signal.aborted) return;
        this.#report({ kind: "problem", where: "stage", message: String(reason) });
      });
  }

  /** Asks the stage's document for what it knows of itself; one that is stuck never answers. */
  examine(): Promise<StageFindings> {
    return new Promise((resolve) => {
      this.#examining.push(resolve);
      this.#send({ kind: "examine" });
    });
  }

  close(): void {
    this.#controller.abort(new Error("the stage was closed"));
    this.#dropFrame();
    if (this.#nested) this.slot.remove();
    this.#reporter.flush();
  }

  async #begin(run: Run, active: ActiveIsolation): Promise<void> {
    const { signal } = this.#controller;
    const { isolation } = active;
    const base = isolation === "origin" ? (run.server?.base ?? null) : null;
    const simulated = run.script === null;
    await this.#frameFor({ isolation, media: run.media, simulated, base });
    if (signal.aborted) return;
    this.standing.active = active;
    // Shown before a script runs in it, which may well ask how large its window is.
    this.#context.changed();
    const { isolation: _, server, serverProblem, media, pageLanguage, ...rest } = run;
    const { numbers, ...orders } = rest;
    const { frontend, key } = this.#context;
    this.#drawer = isolation === "opaque" ? Drawer.of(run) : null;
    this.#orders = {
      ...orders,
      script: simulated && base ? `${base}widget/OOWidget.js` : run.script,
      key,
      frontend,
      lease: this.lease ?? 0,
      numbers: numbers && (await this.#supplies.numbers(numbers)),
      htmlLang: pageLanguage ?? document.documentElement.lang,
      numberUrl: base && `${base}number`,
      stored: this.#drawer?.stored ?? null,
    };
    this.#start();
  }

  /** Sends the orders once both they and the stage's document are there. */
  #start(): void {
    if (this.#reached && this.#orders) this.#send({ kind: "start", ...this.#orders });
  }

  #lineUp(): () => Promise<void> {
    const { key, taken } = this.#context;
    this.#hold ??= lineUp(key, this.#controller.signal, taken);
    return this.#hold;
  }

  #frameFor(wanted: Made): Promise<StageFrame> {
    const made = this.#made;
    if (made && keyOf(made.wanted) === keyOf(wanted)) return made.frame;
    this.#dropFrame();
    const frame = this.#makeFrame(wanted);
    this.#made = { wanted, frame };
    return frame;
  }

  #dropFrame(): void {
    this.#frame?.remove();
    this.#frame = null;
    this.#made = null;
    this.#reached = false;
  }

  async #makeFrame(wanted: Made): Promise<StageFrame> {
    const { isolation, media, simulated, base } = wanted;
    const source = await this.#supplies.document(simulated, base);
    this.#controller.signal.throwIfAborted();
    if (this.#made?.wanted !== wanted) throw new Error("another frame is wanted by now");
    const frame: StageFrame = new StageFrame(isolation, source, media, {
      reached: () => {
        this.#reached = true;
        this.#start();
      },
      heard: (message) => this.#heard(message),
      lost: (reason) => this.#frame === frame && this.#lost(reason),
    });
    this.#frame = frame;
    if (this.slot.isConnected) frame.insert(this.slot);
    else this.#context.detached();
    return frame;
  }

  #send(message: Tagged<ToStage>): void {
    this.#frame?.send(message);
  }

  #heard(message: Tagged<FromStage>): void {
    const objection = this.#gate.objection(message);
    if (objection !== null) return this.#complain("stage", DROPPED(objection));
    if (message.kind === "booted") return;
    if (message.kind === "leave") return letLeave(this.slot, message.back);
    if (message.kind === "ask") return this.#inquire(message);
    if (message.kind === "examined") return this.#examined(message);
    if (message.kind === "stored") {
      return this.#drawer?.take(message.changes, () => this.#complain("storage", UNSTORED));
    }
    const { kind: _, ...parcel } = message;
    // What an earlier stage left behind says nothing of this one.
    if (parcel.frontend === this.#context.frontend && parcel.lease === this.lease) {
      this.#see(parcel.entries);
    }
    const { load } = parcel;
    const upto = lastNumber(parcel.entries.at(-1));
    this.#context.deliver(parcel, (whole) => {
      if (!whole) {
        this.#unkept.set(load, upto);
        this.#complain("event log", UNKEPT);
      }
      // "Up to" would cover what could not be kept before it: that, the kernel has to have first.
      if (!this.#unkept.has(load)) this.#free(load, upto);
    });
    this.#context.changed();
  }

  #examined(findings: StageFindings): void {
    for (const answer of this.#examining.splice(0)) answer(findings);
  }

  #inquire({ id, number, submitted }: Question): void {
    const { frontend } = this.#context;
    this.#context.inquire({ frontend, lease: this.lease ?? 0, id, number, submitted });
  }

  #complain(where: string, message: string): void {
    if (this.#complaints.has(where)) return;
    this.#complaints.add(where);
    this.#report({ kind: "problem", where, message });
  }

  /** The kernel has what this load saw up to this number. */
  acknowledged(load: string, upto: number): void {
    if ((this.#unkept.get(load) ?? 0) <= upto) this.#unkept.delete(load);
    this.#free(load, upto);
  }

  #free(load: string, upto: number): void {
    this.#send({ kind: "kept", load, upto });
  }

  #passOwn(entries: Entry[]): void {
    if (this.lease === null) return;
    this.#see(entries);
    const { frontend } = this.#context;
    const load = `${frontend}.${this.lease}`;
    this.#context.deliver({ load, frontend, lease: this.lease, entries });
    this.#context.changed();
  }

  #see(entries: Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === "state") {
        const { state, failure } = entry;
        Object.assign(this.standing, { state, failure });
        // What it had said before it failed is no longer so.
        if (isOver(state)) this.standing.status = null;
      }
      if (entry.kind === "status") this.standing.status = entry.code;
    }
  }

  #lost(why: "navigated" | "detached" | "unreachable"): void {
    if (why === "detached") return this.#context.detached();
    const inherits = this.#made?.wanted.base === null;
    this.#dropFrame();
    if (this.lease === null) return;
    if (why === "unreachable") this.#broken(NO_WORD(inherits));
    else this.#fail("navigated", WENT_AWAY);
  }

  #broken(what: string): void {
    this.#fail("stage_unreachable", BROKEN(what));
  }

  #fail(code: "navigated" | "stage_unreachable", message: string): void {
    this.#report({ kind: "state", state: "failed", failure: { code, message } });
  }

  #report(sighting: Sighting): void {
    this.#reporter.report(sighting);
  }
}

function keyOf({ isolation, media, simulated, base }: Made): string {
  return `${[isolation, media, simulated, base]}`;
}

/** Whether nothing more comes of it but another stage. */
function isOver(state: StageState): boolean {
  return state === "failed" || state === "unsupported";
}
