import { Reporter } from "../reporter";
import type {
  AssetName,
  Entry,
  FromStage,
  Isolation,
  Run,
  Sighting,
  StageState,
  StatusCode,
  Tagged,
  ToStage,
} from "../wire";
import { type FrameSource, StageFrame } from "./frame";
import { settleIsolation } from "./isolation";
import { UNREACHABLE, WENT_AWAY } from "./texts";

export interface StageContext {
  /** An id for what this page itself sees of the run, as a document load of its own. */
  load: string;
  fetchAsset(build: string, name: AssetName, signal: AbortSignal): Promise<string>;
  deliver(load: string, entries: Entry[]): void;
  /** Asks the person at the card; rejects when the stage is closed first. */
  ask(run: Run, reason: string, signal: AbortSignal): Promise<Isolation>;
  /** The frame's document died with its place; a fresh stage is needed. */
  detached(): void;
}

/** One run of one lease in one slot: isolation settled, frame inserted, messages relayed. */
export class Stage {
  state: StageState = "idle";
  status: StatusCode | null = null;
  #frame: StageFrame | null = null;
  #load = "";
  readonly #controller = new AbortController();
  readonly #reporter: Reporter;

  constructor(
    readonly lease: number,
    readonly run: Run,
    public slot: HTMLElement,
    private readonly context: StageContext,
  ) {
    this.#reporter = new Reporter((entries) => this.#pass(context.load, entries));
  }

  /** The frame's element, while there is one to be moved. */
  get frame(): HTMLElement | null {
    return this.#frame?.element ?? null;
  }

  async open(): Promise<void> {
    const { signal } = this.#controller;
    try {
      const settled = await settleIsolation(this.run, signal);
      if (signal.aborted) return;
      if ("unreachable" in settled) return this.#unreachable(settled.unreachable);
      if ("isolation" in settled) return await this.#insert(settled.isolation, settled.why);
      this.#report({ kind: "state", state: "asking", failure: null });
      const chosen = await this.context.ask(this.run, settled.ask, signal);
      await this.#insert(chosen, "chosen on the card");
    } catch (reason) {
      if (!signal.aborted) this.#unreachable(String(reason));
    }
  }

  send(message: Tagged<ToStage>): void {
    this.#frame?.send(message);
  }

  close(): void {
    this.#controller.abort(new Error("the stage was closed"));
    this.#frame?.remove();
    this.#frame = null;
    this.#reporter.flush();
  }

  async #insert(isolation: Isolation, why: string): Promise<void> {
    const { signal } = this.#controller;
    const { run, context } = this;
    const [source, script] = await Promise.all([
      this.#source(isolation, signal),
      this.#script(isolation, signal),
    ]);
    if (signal.aborted) return;
    this.#report({ kind: "isolation", isolation, why });
    const frame = new StageFrame(isolation, source, run.media, {
      heard: (message) => this.#heard(message),
      lost: (reason) => this.#lost(reason),
    });
    this.#frame = frame;
    this.#start = () => {
      const { build, isolation: _, server, serverProblem, media, pageLanguage, ...orders } = run;
      frame.send({
        kind: "start",
        ...orders,
        script,
        htmlLang: pageLanguage ?? document.documentElement.lang,
        numberUrl: isolation === "origin" && server ? `${server.base}number` : null,
      });
    };
    if (!this.slot.isConnected) return context.detached();
    frame.insert(this.slot);
  }

  #start: () => void = () => {};

  async #source(isolation: Isolation, signal: AbortSignal): Promise<FrameSource> {
    if (isolation === "origin" && this.run.server) return { url: `${this.run.server.base}stage` };
    return { html: await this.context.fetchAsset(this.run.build, "stage", signal) };
  }

  async #script(isolation: Isolation, signal: AbortSignal) {
    const { run } = this;
    if (run.script !== null) return { url: run.script };
    if (isolation === "origin" && run.server) {
      return { url: `${run.server.base}widget/OOWidget.js` };
    }
    return { text: await this.context.fetchAsset(run.build, "simulator", signal) };
  }

  #heard(message: Tagged<FromStage>): void {
    if (message.kind === "booted") {
      this.#load = message.load;
      this.#start();
    } else this.#pass(this.#load, message.entries);
  }

  #pass(load: string, entries: Entry[]): void {
    for (const entry of entries) {
      if (entry.kind === "state") this.state = entry.state;
      if (entry.kind === "status") this.status = entry.code;
    }
    this.context.deliver(load, entries);
  }

  #lost(why: "navigated" | "detached" | "unreachable"): void {
    if (why === "detached") return this.context.detached();
    this.#frame?.remove();
    this.#frame = null;
    this.status = null;
    if (why === "unreachable") this.#unreachable("the stage's document did not answer");
    else this.#fail("navigated", WENT_AWAY);
  }

  #unreachable(obstacle: string): void {
    this.#fail("stage_unreachable", UNREACHABLE(obstacle));
  }

  #fail(code: "navigated" | "stage_unreachable", message: string): void {
    this.#report({ kind: "state", state: "failed", failure: { code, message } });
  }

  #report(sighting: Sighting): void {
    this.#reporter.report(sighting);
  }
}
