/** What the tests of the stage share: a vendor of their own, and ways to read what was reported. */
import type { Entry, Failure, NumbersOfStage, StageOrders, Tagged, ToStage } from "../../src/wire";

export type Seen = Entry[];
type Of<Kind extends Entry["kind"]> = Extract<Entry, { kind: Kind }>;

export const entriesOf = <Kind extends Entry["kind"]>(seen: Seen, kind: Kind): Of<Kind>[] =>
  seen.filter((entry): entry is Of<Kind> => entry.kind === kind);

export const states = (seen: Seen): string[] => entriesOf(seen, "state").map(({ state }) => state);

export const failure = (seen: Seen): Failure | null =>
  entriesOf(seen, "state").at(-1)?.failure ?? null;

export const theCode = (seen: Seen): number[] => entriesOf(seen, "status").map(({ code }) => code);

export function startOrders(orders: Partial<StageOrders>): Tagged<Pick<ToStage, "start">> {
  return {
    kind: "start",
    key: "key",
    frontend: "page",
    lease: 1,
    company: "company",
    simulation: null,
    tenant: null,
    preset: null,
    language: null,
    scope: null,
    connect: true,
    numbers: null,
    customData: [],
    htmlLang: "en",
    script: "https://chat.example/widget/OOWidget.js",
    numberUrl: null,
    stored: null,
    ...orders,
  };
}

/** A function in Python, and no policy. */
export const FUNCTION: NumbersOfStage = { version: 1, asks: true, policy: null };

/** Keeps the documented contract, and notes what is called. */
export class VendorDouble {
  isSupported: unknown = true;
  readonly calls: { name: string; args: unknown[] }[] = [];
  readonly during: { [name: string]: () => void } = {};
  throwIn: string | null = null;
  status: (code: unknown) => void = () => {};
  event: (event: unknown) => void = () => {};
  number: (number: unknown) => string | null = () => null;

  get names(): string[] {
    return this.calls.map(({ name }) => name);
  }

  argsOf(name: string): unknown[] | undefined {
    return this.calls.find((call) => call.name === name)?.args;
  }

  #called(name: string, args: unknown[]): void {
    this.calls.push({ name, args });
    this.during[name]?.();
    if (this.throwIn === name) throw new Error("vendor's own");
  }

  init(...args: unknown[]): void {
    this.#called("init", args);
  }
  connectToServer(...args: unknown[]): void {
    this.#called("connectToServer", args);
  }
  setStatusUpdateCallback(callback: (code: unknown) => void): void {
    this.status = callback;
    this.#called("setStatusUpdateCallback", [callback]);
  }
  setAppEventCallback(callback: (event: unknown) => void): void {
    this.event = callback;
    this.#called("setAppEventCallback", [callback]);
  }
  setCustomNumberNormalization(callback: (number: unknown) => string | null): void {
    this.number = callback;
    this.#called("setCustomNumberNormalization", [callback]);
  }
  addCustomData(...args: unknown[]): void {
    this.#called("addCustomData", args);
  }
}
