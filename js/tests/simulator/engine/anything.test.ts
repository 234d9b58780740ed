import { expect, it, vi } from "vitest";
import type { Moment } from "../../../src/simulation.js";
import type { OWidgetApi } from "../../../src/simulator/api.js";
import type { AppEvent } from "../../../src/simulator/events.js";
import { dice } from "../../dice.js";
import { freshPage, GUID, newDocument, pass } from "../page.js";
import type { Changes } from "../play.js";
import { type Engine, insert } from "./engine.js";

freshPage();

/** How many visits are made up, each by its own seed, and of how many deeds each. */
const VISITS = 150;
const DEEDS = 60;
const TYPED = "typed by a person";
const PRICE = `${TYPED}: price `;

/** One visit to a page, over reloads, where anything may be called at any time. */
class Visit {
  readonly #random: () => number;
  readonly #changes: Changes;
  readonly #scopes: string[];
  /** What the page heard of each session, in order. */
  readonly #sessions = new Map<string, string[]>();
  /** What the visitors wrote, and what of it came through. */
  readonly #written: string[] = [];
  readonly #delivered: string[] = [];
  #engines: Engine[] = [];
  #reloaded = false;
  readonly #byHand: boolean;
  #depth = 0;

  constructor(seed: number) {
    this.#random = dice(seed);
    this.#scopes = this.#chance(0.5) ? ["one"] : ["one", "two"];
    this.#byHand = this.#chance(0.3);
    this.#changes = this.#scenario();
    this.#insert();
  }

  async run(): Promise<void> {
    for (let deed = 0; deed < DEEDS; deed += 1) await this.#deed();
    // Whatever waits for the connection, or for its time, comes through in the end.
    await pass(60_000);
    for (const { widget } of this.#engines) widget.returnConnection();
    this.#collect();
    const delivered = [...this.#delivered].sort();
    if (this.#reloaded) expect(new Set(delivered).size).toBe(delivered.length);
    else expect(delivered).toEqual([...this.#written].sort());
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #one<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)] as T;
  }

  #ms(): number {
    return this.#one([0, 0, 0, 1, 50, 600, 1200, 5000]);
  }

  #scenario(): Changes {
    const count = this.#one([0, 1, 5, 20]);
    const moments = Array.from({ length: count }, (): Moment => {
      const at = this.#ms();
      const kind = this.#random();
      if (kind < 0.4) return { at, status: this.#one([0, 1, 2] as const) };
      if (kind < 0.9) return { at, connection: this.#one(["lost", "back"] as const) };
      return { at, call: "_offerHelp" };
    });
    return {
      load: this.#ms(),
      connect: this.#ms(),
      supported: this.#chance(0.95),
      timeline: moments.sort((one, other) => one.at - other.at),
      queue: { ahead: this.#one([0, 0, 0, 1, 99]), each: this.#ms() },
      operator: {
        comes: this.#chance(0.95),
        accept: this.#ms(),
        think: this.#ms(),
        type: this.#ms(),
        greeting: this.#one(["", "Hello", null]),
        replies: [{ to: ["price"], say: "free" }],
        says: [1000, 1000, 0].map((after) => ({ after, say: "by itself" })),
        leave: this.#one([null, null, null, 0, 10_000]),
      },
      speed: this.#one([1, 1, 10, 0]),
    };
  }

  #insert(): void {
    const scope = this.#one(this.#scopes);
    const engine = insert(this.#changes, (owidget) => {
      listen(owidget);
      owidget.init(GUID, this.#one([null, "sales", "support"]), "en", scope);
      owidget.connectToServer();
    });
    (engine.owidget as OWidgetApi & { _offerHelp: () => void })._offerHelp = () => this.#fromPage();
    const listen = this.#listener(engine);
    // The object may be used before it was handed out, too.
    listen(engine.owidget);
    this.#engines.push(engine);
  }

  /** Sets callbacks that look closely. */
  #listener(engine: Engine): (owidget: OWidgetApi) => void {
    let open = false;
    let running = "";
    const hear = (event: AppEvent): void => {
      const { channel, endedBy, sessionId = "", type, ...more } = event;
      expect(more).toEqual({});
      expect(channel).toMatch(/^(chat|av)$/);
      expect(JSON.stringify(event)).not.toContain(TYPED);
      expect(this.#engines).toContain(engine);
      if (type === "chatWindowOpen" || type === "chatWindowClosed") {
        expect(type === "chatWindowOpen").toBe(!open);
        open = !open;
      } else {
        expect(sessionId).toMatch(/^[0-9a-f]{32}$/);
        expect(endedBy !== undefined).toBe(type === "chatSessionEnded");
        const heard = this.#sessions.get(sessionId) ?? [];
        this.#sessions.set(sessionId, [...heard, type]);
        expect([
          "chatSessionCreated",
          "chatSessionCreated,chatSessionStarted",
          "chatSessionCreated,chatSessionStarted,chatSessionEnded",
          "chatSessionCreated,chatSessionEnded",
        ]).toContain([...heard, type].join());
        if (type === "chatSessionCreated") expect(running).toBe("");
        running = type === "chatSessionEnded" ? "" : sessionId;
      }
      this.#fromPage();
    };
    const status = (code: number): void => {
      expect([0, 1, 2]).toContain(code);
      this.#fromPage();
    };
    const connection = (there: boolean): void => {
      expect(typeof there).toBe("boolean");
      this.#fromPage();
    };
    return (owidget) => {
      owidget.setAppEventCallback(hear);
      owidget.setStatusUpdateCallback(status);
      owidget.setConnectionUpdateCallback(connection);
    };
  }

  /** Now and then a page calls from within its callbacks. */
  #fromPage(): void {
    if (this.#depth > 2 || !this.#chance(0.3)) return;
    this.#depth += 1;
    this.#call(this.#one(this.#engines).owidget);
    this.#depth -= 1;
  }

  async #deed(): Promise<void> {
    const engine = this.#one(this.#engines);
    const kind = this.#random();
    if (kind < 0.25) await pass(this.#ms());
    else if (kind < 0.4) this.#call(engine.owidget);
    else if (kind < 0.8) this.#visit(engine);
    else if (kind < 0.83) this.#act(engine, "clock", ["speed", this.#one([0, 1])]);
    else if (kind < 0.9) this.#act(engine, "clock", ["step", this.#one([null, 700])]);
    else if (kind < 0.94) this.#drive(engine);
    else if (kind < 0.96) this.#insert();
    else await this.#reload();
  }

  /** What a person does, for whom there is a button first. */
  #visit(engine: Engine): void {
    const { conversation } = engine.widget;
    const kind = this.#random();
    if (!engine.widget.connected) return;
    if (conversation.phase === "active" && kind < 0.7) this.#write(engine);
    else if (kind < 0.7) conversation.join(TYPED, this.#one(["chat", "av"] as const));
    else if (kind < 0.75) conversation.end("visitor");
    else if (kind < 0.9) engine.widget.openWindow();
    else engine.widget.closeWindow();
  }

  #write(engine: Engine): void {
    const text = `${PRICE}${this.#written.length}`;
    this.#written.push(text);
    engine.write(text);
  }

  #drive(engine: Engine): void {
    // The script never comes back after that.
    if (!this.#byHand) return;
    this.#act(
      engine,
      "operator",
      this.#one<[string, ...unknown[]]>([
        ["status", 0],
        ["status", 1],
        ["status", 7],
        ["accept"],
        ["say", TYPED],
        ["end"],
        ["sleep"],
      ]),
    );
  }

  #act(engine: Engine, side: string, [action, ...args]: readonly [string, ...unknown[]]): void {
    // What cannot be done is refused, which is as it should be.
    engine.act(side, action, ...args).catch((error) => expect(error).toBeInstanceOf(Error));
  }

  async #reload(): Promise<void> {
    // What was begun is done: there is no way to stop the old document halfway here.
    await pass(0);
    this.#reloaded = true;
    this.#collect();
    this.#engines = [];
    newDocument();
    this.#insert();
  }

  /** What came through to the desks of this document, each message in its turn. */
  #collect(): void {
    for (const { news } of this.#engines) {
      const texts = news.flatMap((one) => (one.kind === "message" ? [one.text] : []));
      const numbers = texts.map((text) => Number(text.slice(PRICE.length)));
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      this.#delivered.push(...texts);
    }
  }

  #call(owidget: OWidgetApi): void {
    const names = Object.keys(owidget).filter((name) => !/^(isSupported|set|_)/.test(name));
    const name = this.#one(names) as "openChat";
    owidget[name](this.#one([undefined, true, false, "chat", "av", GUID, null, {}, 7]));
  }
}

it.each(Array.from({ length: VISITS / 10 }, (_, index) => index * 10))(
  "keeps its word whatever is called, in whatever order: ten visits from the seed %d on",
  async (first) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    for (let seed = first; seed < first + 10; seed += 1) {
      localStorage.clear();
      newDocument();
      await new Visit(seed).run();
      expect(error.mock.calls, `the visit of the seed ${seed}`).toEqual([]);
    }
  },
);
