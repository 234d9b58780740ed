import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Run, StoreChange, Stored } from "../../src/wire";
import { noStorage, storageThatFills } from "../parcels";
import { simulation } from "../simulation";
import { aRun } from "../widget/scene";

let Drawer: typeof import("../../src/hosting/drawer").Drawer;
const unwritten = vi.fn();
const NOTHING: Stored = { local: [], session: [], cookie: [] };

/** The same tab after a reload: its session storage, and nothing else of the page before. */
async function reload(): Promise<void> {
  vi.resetModules();
  ({ Drawer } = await import("../../src/hosting/drawer"));
}

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000 });
  sessionStorage.clear();
  unwritten.mockReset();
  await reload();
});
afterEach(() => vi.useRealTimers());

const drawer = (run: Partial<Run> = {}) => Drawer.of(aRun(run));
const take = (changes: StoreChange[], run: Partial<Run> = {}) =>
  drawer(run).take(changes, unwritten);
/** All of it written: none of it needs longer. */
const write = () => vi.advanceTimersByTime(100);
const stores = (changes: StoreChange[], run: Partial<Run> = {}) => {
  take(changes, run);
  write();
};
const keys = () => Object.keys(sessionStorage);
const item = (value: string): StoreChange[] => [["local", "a", value]];

describe("what was stored", () => {
  test("is found after a reload, in its order", async () => {
    stores([
      ["local", "b", "1"],
      ["local", "a", "2"],
      ["session", "a", "3"],
      ["cookie", "c", "c=4"],
    ]);
    stores([
      ["local", "b", "5"],
      ["session", "a", null],
    ]);
    await reload();
    expect(drawer().stored).toEqual({
      local: [
        ["b", "5"],
        ["a", "2"],
      ],
      session: [],
      cookie: [["c", "c=4"]],
    });
  });

  test("is found by the next stage of this page before it is written", () => {
    take(item("1"));
    expect(keys()).toEqual([]);
    expect(drawer().stored).toEqual({ ...NOTHING, local: [["a", "1"]] });
  });

  test("is written at once where the page goes", async () => {
    take(item("1"));
    dispatchEvent(new Event("pagehide"));
    await reload();
    expect(drawer().stored.local).toEqual([["a", "1"]]);
  });

  test("is written together, and no timer and no listener stays", () => {
    take(item("1"));
    take(item("2"));
    expect(vi.getTimerCount()).toBe(1);
    write();
    expect(vi.getTimerCount()).toBe(0);
    // It says when it was written.
    const written = { ...sessionStorage };
    vi.advanceTimersByTime(1_000);
    dispatchEvent(new Event("pagehide"));
    expect({ ...sessionStorage }).toEqual(written);
  });

  test("leaves nothing behind once all of it was removed", () => {
    stores(item("private"));
    expect(JSON.stringify(sessionStorage)).toContain("private");
    stores([["local", "a", null]]);
    expect(keys()).toEqual([]);
  });

  test.each<[string, Partial<Run>]>([
    ["another host", { script: "https://other.example/widget/OOWidget.js" }],
    ["another port", { script: "https://chat.example:8443/widget/OOWidget.js" }],
    ["the simulator", { script: null, simulation: simulation() }],
    ["another company", { company: "other" }],
    ["another tenant", { tenant: 7 }],
    ["a tenant's name", { tenant: "7" }],
    ["another scope", { scope: "other" }],
    ["an empty scope", { scope: "" }],
  ])("is not for %s", async (_, other) => {
    const run = { script: "https://chat.example/widget/OOWidget.js", scope: null, tenant: null };
    stores(item("1"), run);
    await reload();
    expect(drawer({ ...run, ...other }).stored).toEqual(NOTHING);
    stores(item("2"), { ...run, ...other });
    expect(drawer(run).stored.local).toEqual([["a", "1"]]);
  });

  test("is for any preset, language and path of the script", () => {
    stores(item("1"), { script: "https://chat.example/a.js", preset: "a", language: "cs" });
    expect(drawer({ script: "https://chat.example/b.js", preset: "b" }).stored.local).toHaveLength(
      1,
    );
  });
});

describe("where somebody else wrote over it", () => {
  const good = { format: 1, at: 1, stored: { ...NOTHING, local: [["a", "1"]] } };
  const found = (value: unknown) => {
    stores(item("0"));
    const [key = ""] = keys();
    sessionStorage.setItem(key, typeof value === "string" ? value : JSON.stringify(value));
    return drawer().stored;
  };

  test("what has the right shape is taken", () => {
    expect(found(good)).toEqual(good.stored);
  });

  test.each([
    ["no JSON", "{"],
    ["null", null],
    ["a list", []],
    ["another format", { ...good, format: 2 }],
    ["no time", { ...good, at: "1" }],
    ["no stores", { ...good, stored: null }],
    ["a store less", { ...good, stored: { local: [], session: [] } }],
    ["no list", { ...good, stored: { ...NOTHING, local: { a: "1" } } }],
    ["no pair", { ...good, stored: { ...NOTHING, local: [["a"]] } }],
    ["no texts", { ...good, stored: { ...NOTHING, local: [["a", 1]] } }],
    ["null for an item", { ...good, stored: { ...NOTHING, cookie: [null] } }],
  ])("%s is as good as nothing, and is written over", (_, value) => {
    expect(found(value)).toEqual(NOTHING);
    stores(item("2"));
    expect(drawer().stored.local).toEqual([["a", "2"]]);
  });
});

describe("room", () => {
  const scope = (n: number) => ({ scope: `scope ${n}` });
  /** Those of so many drawers that are still there, after a reload. */
  const left = async (count: number) => {
    await reload();
    const all = Array.from({ length: count }, (_, n) => n);
    return all.filter((n) => drawer(scope(n)).stored.local.length > 0);
  };

  test("is for twenty drawers; the oldest goes", async () => {
    for (let n = 0; n < 20; n += 1) stores(item("1"), scope(n));
    stores(item("2"), scope(0));
    stores(item("1"), scope(20));
    expect(await left(21)).toEqual([0, ...Array.from({ length: 19 }, (_, n) => n + 2)]);
    expect(unwritten).not.toHaveBeenCalled();
  });

  test("is for two million characters in all; the oldest go", async () => {
    for (const n of [0, 1, 2]) stores(item("x".repeat(600_000)), scope(n));
    stores(item("x".repeat(1_000_000)), scope(3));
    expect(await left(4)).toEqual([2, 3]);
  });

  test("is made in a full tab by what is older, and nobody is told", async () => {
    stores(item("1"), scope(0));
    storageThatFills({ full: false, room: 1 });
    stores(item("1"), scope(1));
    expect(await left(2)).toEqual([1]);
    expect(unwritten).not.toHaveBeenCalled();
  });

  test("that older ones could not make is not taken from them", async () => {
    stores(item("1"), scope(0));
    stores(item("1"), scope(1));
    storageThatFills({ full: false, most: 1_000 });
    stores(item("x".repeat(1_000)), scope(2));
    expect(unwritten).toHaveBeenCalledOnce();
    expect(await left(3)).toEqual([0, 1]);
  });

  test("that is not there is said, and the page goes on with what it has", async () => {
    sessionStorage.setItem("somebody else's", "1");
    const tab = storageThatFills({ full: true });
    stores(item("1"));
    expect(unwritten).toHaveBeenCalledOnce();
    expect(drawer().stored.local).toEqual([["a", "1"]]);
    // With the next change it is tried again, all of it.
    tab.full = false;
    stores([["local", "b", "2"]]);
    expect(unwritten).toHaveBeenCalledOnce();
    await reload();
    expect(drawer().stored.local).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });

  test("in a tab without storage is for as long as the page", () => {
    noStorage();
    stores(item("1"));
    expect(unwritten).toHaveBeenCalledOnce();
    expect(drawer().stored.local).toEqual([["a", "1"]]);
  });

  test("is not for more than a stage may store, and what was there stays", async () => {
    stores(item("1"));
    stores([["local", "b", "x".repeat(2_000_000)]]);
    expect(unwritten).toHaveBeenCalledOnce();
    expect(drawer().stored.local).toEqual([["a", "1"]]);
    await reload();
    expect(drawer().stored.local).toEqual([["a", "1"]]);
  });
});
