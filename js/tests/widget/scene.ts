/** What the tests of the front end share: a model without a kernel, and a run. */
import type { Model, Traits } from "../../src/widget/model";
import type { AssetName, Run, Tagged, Texts, ToFrontEnd, ToKernel } from "../../src/wire";

export const TRAITS: Traits = {
  _build: "1",
  _key: "key",
  _tail: [],
  state: "idle",
  error: null,
  status_code: null,
  active_isolation: null,
  isolation_reason: null,
  company_id: "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e",
  preset: null,
  host: "chat.example",
  _simulated: false,
  isolation: "auto",
  placement: "cell",
  allow_media: false,
  height: 460,
  show_status: true,
  show_events: true,
};

export function aRun(run: Partial<Run> = {}): Run {
  return {
    isolation: "auto",
    server: null,
    serverProblem: null,
    simulation: null,
    script: "https://chat.example/widget/OOWidget.js",
    company: "company",
    tenant: null,
    preset: null,
    language: null,
    scope: null,
    pageLanguage: null,
    media: false,
    connect: true,
    numbers: null,
    customData: [],
    ...run,
  };
}

/** A model whose kernel is the test. */
export class ModelDouble {
  readonly sent: Tagged<ToKernel>[] = [];
  /** The heavy parts that it hands out when asked; others are still on their way. */
  readonly assets: Partial<Record<AssetName, string>> = {};
  /** Called before each message is taken. */
  onSend: (message: Tagged<ToKernel>) => void = () => {};
  /** As Jupyter has one; not every host does. */
  widget_manager: object | undefined;
  readonly #listeners = new Map<string, ((...args: never[]) => void)[]>();
  readonly #traits: Traits;

  constructor(traits: Partial<Traits> = {}) {
    this.#traits = { ...TRAITS, ...traits };
  }

  get model(): Model {
    return this as unknown as Model;
  }

  get<Name extends keyof Traits>(name: Name): Traits[Name] {
    return this.#traits[name];
  }

  /** Python changed a trait. */
  change<Name extends keyof Traits>(name: Name, value: Traits[Name]): void {
    this.#traits[name] = value;
    this.#tell(`change:${name}`);
  }

  set(): void {
    throw new Error("a front end writes no trait");
  }

  save_changes(): void {
    this.set();
  }

  send(message: Tagged<ToKernel>): void {
    this.onSend(message);
    this.sent.push(structuredClone(message));
    if (message.kind === "asset") queueMicrotask(() => this.#answer(message));
  }

  on(name: string, listener: (...args: never[]) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  off(): void {}

  /** Python says something to all pages. */
  say(message: Tagged<ToFrontEnd>): void {
    this.#tell("msg:custom", message);
  }

  /** The kernel was restarted or shut down. */
  die(): void {
    this.onSend = () => {
      throw new Error("Cannot send");
    };
    this.#tell("comm_live_update");
  }

  kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }

  count(kind: keyof ToKernel): number {
    return this.kinds().filter((known) => known === kind).length;
  }

  /** The id under which the page asked. */
  get frontend(): string {
    const first = this.sent[0];
    if (!first) throw new Error("nothing was sent");
    return first.frontend;
  }

  grant(lease: number, run: Partial<Run> = {}): void {
    this.say({ kind: "grant", frontend: this.frontend, lease, run: aRun(run), texts: {} });
  }

  /** The kernel offers the lease to whoever is first of a connection, with the parts for it. */
  offer(connection: string, lease: number, run: Partial<Run> = {}, texts: Texts = {}): void {
    this.say({ kind: "grant", frontend: connection, lease, run: aRun(run), texts });
  }

  #answer({ frontend, names }: ToKernel["asset"]): void {
    const known = names.filter((name) => this.assets[name] !== undefined);
    if (known.length === 0) return;
    const texts = Object.fromEntries(known.map((name) => [name, this.assets[name]]));
    this.say({ kind: "asset", frontend, texts });
  }

  #tell(name: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(...(args as never[]));
  }
}
