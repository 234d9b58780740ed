import type { Reporter } from "../reporter";
import { NO_ERROR, SILENT, THREW } from "../texts/stage";
import type {
  Failure,
  Json,
  NumbersOfStage,
  Question,
  StageOrders,
  StageState,
  Tagged,
  ToStage,
} from "../wire";
import { clip, describe, quoted, toJson } from "./json";
import { resolveLanguage } from "./language";
import { Normalizer } from "./numbers/normalizer";
import { type Act, Simulator } from "./simulator";
import { unloaded } from "./unloaded";
import { initArguments, insertScript, statusCode, type Vendor } from "./vendor";

/** How long a script that was loaded may take to call back before this is said; ms. */
const SILENT_MS = 5_000;
/** How long a promise returned by a vendor's method may stay open; ms. */
const CALL_MS = 30_000;

/** Carries out the orders of one stage, from the script's element to the last callback. */
export class Conductor {
  #orders: StageOrders | null = null;
  /** What became of a script that was loaded before there were orders. */
  readonly #early: ((orders: StageOrders) => void)[] = [];
  /** The API object, once it has arrived and said that it is supported. */
  #owidget: Vendor | null = null;
  #arrivedOnce = false;
  #initialised = false;
  #connectWanted = false;
  #connecting = false;
  #normalizer: Normalizer | null = null;
  #numbersSet = false;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #simulator: Simulator;

  /** @param ask - sends a question about a phone number; `answer` is an order. */
  constructor(
    private readonly reporter: Reporter,
    private readonly ask: (question: Question) => void,
  ) {
    this.#simulator = new Simulator(reporter);
  }

  obey(order: Exclude<Tagged<ToStage>, { kind: "kept" | "examine" }>): void {
    switch (order.kind) {
      case "start":
        return this.#start(order);
      case "connect":
        this.#connectWanted = true;
        return this.#connect();
      case "call":
        return this.#call(order.id, order.method, order.args);
      case "act":
        return this.#act(order);
      case "numbers":
        return this.#setNumbers(order.rules);
      case "answer":
        return this.#normalizer?.heard(order);
    }
  }

  #start(orders: StageOrders): void {
    this.#orders = orders;
    this.#connectWanted = orders.connect;
    if (orders.numbers) this.#setNumbers(orders.numbers);
    if (orders.htmlLang) document.documentElement.lang = orders.htmlLang;
    else document.documentElement.removeAttribute("lang");
    const language = resolveLanguage(orders.language, orders.htmlLang, navigator.language);
    this.reporter.report({ kind: "language", ...language });
    this.#state("loading");
    if (orders.simulation) this.#simulator.play(orders.simulation);
    const { script } = orders;
    if (script !== null) onceLoaded(() => this.#load(script));
    for (const act of this.#early.splice(0)) act(orders);
  }

  /** Loads the simulator before there are orders, which will say what it is to play. */
  loadAhead(address: string): void {
    this.#simulator.expect();
    this.#load(address);
  }

  #load(url: string): void {
    insertScript(url, {
      arrived: (owidget) => this.#withOrders((orders) => this.#arrived(owidget, orders)),
      loaded: () => {
        this.#simulator.loaded();
        this.#withOrders(({ simulation }) => {
          // Where the simulator's clock stands, it calls back after a step and not before.
          if (this.#arrivedOnce || simulation?.speed === 0) return;
          this.#silence = setTimeout(() => this.#silent(), SILENT_MS);
        });
      },
      unreachable: (directive) => {
        const { code, message } = unloaded(url, directive);
        this.#withOrders(() => this.#fail(code, message));
      },
    });
  }

  /** Acts at once where there are orders, as a website's own callback would; else once they come. */
  #withOrders(act: (orders: StageOrders) => void): void {
    if (this.#orders) act(this.#orders);
    else this.#early.push(act);
  }

  #silent(): void {
    this.#fail("script_silent", SILENT);
  }

  #arrived(owidget: Vendor, orders: StageOrders): void {
    clearTimeout(this.#silence);
    this.#arrivedOnce = true;
    try {
      if (!owidget.isSupported) return this.#state("unsupported");
      this.#owidget = owidget;
      owidget.setStatusUpdateCallback((code) => this.#onStatus(code));
      owidget.setAppEventCallback((event) => this.#onEvent(event));
      this.#offerNumbers();
      owidget.init(...initArguments(orders));
      this.#initialised = true;
    } catch (thrown) {
      return this.#threw(thrown);
    }
    for (const [name, value] of orders.customData) this.#addCustomData(name, value);
    this.#state("ready");
    this.#connect();
  }

  #connect(): void {
    if (!this.#initialised || !this.#connectWanted || this.#connecting) return;
    this.#connecting = true;
    try {
      this.#owidget?.connectToServer();
    } catch (thrown) {
      return this.#threw(thrown);
    }
    this.#state("connecting");
  }

  /** What was thrown may quote what it was given, so its text stays out of the synced failure. */
  #threw(thrown: unknown): void {
    const what = thrown instanceof Error ? clip(thrown.name, 40) : NO_ERROR;
    this.#problem("vendor's script", describe(thrown));
    this.#fail("vendor_threw", THREW(what));
  }

  #onStatus(given: unknown): void {
    const code = statusCode(given);
    this.#simulator.begin();
    if (code !== null) this.reporter.report({ kind: "status", code });
    else this.#problem("status", `a status code that is not 0, 1 or 2: ${short(given)}`);
  }

  #onEvent(event: unknown): void {
    if (typeof event !== "object" || event === null) {
      return this.reporter.report({ kind: "event", ...withoutStructure(event) });
    }
    this.reporter.report({ kind: "event", type: typeOf(event), detail: toJson(event, "type") });
  }

  /** Other rules, also while connected: the vendor's script keeps the callback that it has. */
  #setNumbers(rules: NumbersOfStage): void {
    const problem = (message: string) => this.#problem("number normalisation", message);
    this.#normalizer ??= new Normalizer({
      url: this.#orders?.numberUrl ?? null,
      ask: this.ask,
      problem,
    });
    try {
      this.#normalizer.set(rules);
    } catch (thrown) {
      problem(`the rules could not be set: ${describe(thrown)}`);
    }
    this.#offerNumbers();
  }

  #offerNumbers(): void {
    const normalizer = this.#normalizer;
    if (!this.#owidget || !normalizer || this.#numbersSet) return;
    this.#numbersSet = true;
    this.#owidget.setCustomNumberNormalization((number) => normalizer.answer(number));
  }

  #addCustomData(name: string, value: unknown): void {
    try {
      this.#method("addCustomData")(name, value);
    } catch (thrown) {
      this.#problem("addCustomData", describe(thrown));
    }
  }

  #method(name: string): (...args: unknown[]) => unknown {
    const owner = this.#owidget as unknown as Record<string, unknown>;
    const method = name in Object.prototype ? undefined : owner[name];
    if (typeof method !== "function") throw new TypeError(`the widget has no method ${name}`);
    return (...args) => method.apply(owner, args);
  }

  #call(id: number, method: string, args: unknown[]): void {
    let outcome: unknown;
    try {
      outcome = this.#method(method)(...args);
    } catch (thrown) {
      return this.#refuse(id, describe(thrown));
    }
    void this.#answer(id, Promise.resolve(outcome), `${method} did not settle`);
  }

  #act({ id, ...act }: Act & { id: number }): void {
    const late = `${act.side}.${act.action} did not end`;
    this.#simulator.act(act, (outcome) => this.#answer(id, outcome, late));
  }

  async #answer(id: number, outcome: Promise<unknown>, late: string): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${late} in ${CALL_MS / 1000} s`)), CALL_MS);
    });
    try {
      const value = toJson(await Promise.race([outcome, limit]));
      this.reporter.report({ kind: "result", id, value, error: null });
    } catch (thrown) {
      this.#refuse(id, describe(thrown));
    } finally {
      clearTimeout(timer);
    }
  }

  #refuse(id: number, error: string): void {
    this.reporter.report({ kind: "result", id, value: null, error });
  }

  #state(state: StageState): void {
    this.reporter.report({ kind: "state", state, failure: null });
  }

  #fail(code: Failure["code"], message: string): void {
    this.reporter.report({ kind: "state", state: "failed", failure: { code, message } });
  }

  #problem(where: string, message: string): void {
    this.reporter.report({ kind: "problem", where, message });
  }
}

/**
 * Acts once this document has loaded: the page takes a second load in its frame for another
 * document, and a script could go elsewhere before the first.
 */
function onceLoaded(act: () => void): void {
  if (document.readyState === "complete") act();
  else addEventListener("load", act, { once: true });
}

/**
 * An event that is no structure: a word is taken for its type, anything else goes where details
 * go, because it could be what somebody typed, and types are shown to everybody.
 */
function withoutStructure(event: unknown): { type: string; detail: Json } {
  if (typeof event === "string" && /^[a-z]\w{0,63}$/i.test(event)) {
    return { type: event, detail: {} };
  }
  return { type: "[no structure]", detail: { value: toJson(event) } };
}

/** An event's type as text, whatever the vendor put there. */
function typeOf(event: object): string {
  try {
    return describe((event as { type?: unknown }).type);
  } catch {
    return "[threw]";
  }
}

function short(value: unknown): string {
  return clip(typeof value === "string" ? quoted(value) : describe(value), 60);
}
