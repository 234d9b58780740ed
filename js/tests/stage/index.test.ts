import { beforeEach, describe, expect, test, vi } from "vitest";
import { carrying } from "../../src/carried";
import { Keep } from "../../src/keep";
import type { ScriptOutcome } from "../../src/stage/vendor";
import {
  type FromStage,
  GREETING,
  HANDOVER,
  type Parcel,
  type StageOrders,
  type Tagged,
  type ToStage,
} from "../../src/wire";
import { aParcel, events, noStorage, numbers, storageThatFills } from "../parcels";
import { startOrders, VendorDouble } from "./scene";

const { script } = vi.hoisted(() => ({ script: { url: "", arrived: (_: unknown) => {} } }));
vi.mock("../../src/stage/vendor", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  insertScript: (url: string, outcome: ScriptOutcome) => Object.assign(script, { url }, outcome),
}));

beforeEach(async () => {
  sessionStorage.clear();
  vi.resetModules();
  await import("../../src/stage/index");
});

/** A port that notes what the stage posts. */
function port() {
  const posted: Tagged<FromStage>[] = [];
  return {
    posted,
    onmessage: null as ((event: { data: Tagged<ToStage> }) => void) | null,
    postMessage: (message: Tagged<FromStage>) => void posted.push(structuredClone(message)),
  };
}

function handOver(given: object, message: object = {}): void {
  const event = new Event("message");
  dispatchEvent(
    Object.assign(event, { source: parent, data: HANDOVER, ports: [given], ...message }),
  );
}

test("it greets the window that made its frame, whoever that is", async () => {
  const post = vi.spyOn(parent, "postMessage").mockReturnValue();
  vi.resetModules();
  await import("../../src/stage/index");
  expect(post).toHaveBeenCalledExactlyOnceWith(GREETING, "*");
  handOver(port());
});

test("it loads a script that it has with it before anybody has spoken to it", async () => {
  document.head.innerHTML = carrying("<head>", "the simulator").replace("<head>", "");
  Object.assign(script, { url: "" });
  vi.resetModules();
  await import("../../src/stage/index");
  expect(script.url).toBe("data:text/javascript;charset=utf-8,the%20simulator");
  expect(document.scripts).toHaveLength(0);
  handOver(port());
});

test("it says nothing before it was handed a port, and that it is there then", () => {
  const given = port();
  handOver(given);
  expect(given.posted).toEqual([{ kind: "booted" }]);
  expect(given.onmessage).toBeTypeOf("function");
});

test("it takes one port only", () => {
  const [first, second] = [port(), port()];
  handOver(first);
  handOver(second);
  expect(second.posted).toEqual([]);
});

test.each([
  ["another window", { source: {} }],
  ["no window", { source: null }],
  ["another message", { data: "hello" }],
  ["no port", { ports: [] }],
])("it takes no port from %s", (_, message) => {
  const given = port();
  handOver(given, message);
  expect(given.posted).toEqual([]);
  handOver(given);
  expect(given.posted).toHaveLength(1);
});

/** A stage under way: what it posts, what it is told, and what it has kept. */
function start(orders: Partial<StageOrders> = {}) {
  const given = port();
  handOver(given);
  const say = (data: Tagged<ToStage>) => given.onmessage?.({ data });
  say(startOrders(orders));
  return {
    say,
    parcels: () => given.posted.filter(({ kind }) => kind === "entries") as unknown as Parcel[],
    kept: (key = "key") => new Keep("stage", key).leftovers(),
  };
}
const left = (...parcels: Parcel[]) => {
  for (const parcel of parcels) new Keep("stage", "key").put(parcel);
};
const upto = (parcel: Parcel | undefined) => parcel?.entries.at(-1)?.n ?? 0;

describe("what it sees", () => {
  test("is told under its own load, for the page and the lease that started it", async () => {
    const stage = start({ frontend: "page", lease: 7 });
    await Promise.resolve();
    const [parcel] = stage.parcels();
    expect(parcel).toMatchObject({ frontend: "page", lease: 7 });
    expect(parcel?.load).toMatch(/^\d{20,30}$/);
    expect(parcel?.entries.map(({ n, kind }) => [n, kind])).toEqual([
      [1, "language"],
      [2, "state"],
    ]);
  });

  test("is kept here, as it was told, until the page has it", async () => {
    const stage = start();
    await Promise.resolve();
    script.arrived(new VendorDouble());
    await Promise.resolve();
    const [first, second] = stage.parcels();
    expect(second && upto(second)).toBeGreaterThan(upto(first));
    expect(stage.kept().map(({ entries }) => entries)).toEqual([first?.entries, second?.entries]);
    stage.say({ kind: "kept", load: first?.load ?? "", upto: upto(first) });
    expect(stage.kept().map(({ entries }) => entries)).toEqual([second?.entries]);
    stage.say({ kind: "kept", load: first?.load ?? "", upto: upto(second) });
    expect(sessionStorage).toHaveLength(0);
  });

  test("in its last moment is told and kept, too", () => {
    const stage = start();
    dispatchEvent(new Event("pagehide"));
    expect(stage.parcels()).toHaveLength(1);
    expect(stage.kept()).toHaveLength(1);
  });

  test("is kept for its own model", async () => {
    const stage = start({ key: "other" });
    await Promise.resolve();
    expect(stage.kept("key")).toEqual([]);
    expect(stage.kept("other")).toHaveLength(1);
  });

  test("is told all the same where nothing can be kept", async () => {
    noStorage();
    const stage = start();
    await Promise.resolve();
    const vendor = new VendorDouble();
    script.arrived(vendor);
    await Promise.resolve();
    const [first, second] = stage.parcels();
    stage.say({ kind: "kept", load: first?.load ?? "", upto: upto(first) });
    expect(vendor.names).toContain("connectToServer");
    expect(numbers([...(first?.entries ?? []), ...(second?.entries ?? [])])).toEqual([1, 2, 3, 4]);
    expect(stage.kept()).toEqual([]);
  });
});

describe("what earlier documents left", () => {
  const older = { ...aParcel("older", events(1, 2), 3), frontend: "an earlier page" };
  const newer = { ...aParcel("newer", events(5, 6), 4), frontend: "the page before" };

  test("is told first, as it was: under its old load, page and lease", async () => {
    left(newer, older);
    const stage = start({ frontend: "page", lease: 5 });
    await Promise.resolve();
    expect(stage.parcels().slice(0, 2)).toEqual([
      { kind: "entries", ...older },
      { kind: "entries", ...newer },
    ]);
    expect(stage.parcels().slice(2)).toMatchObject([{ frontend: "page", lease: 5 }]);
  });

  test("and had no room for is told behind it as lost; the page may still have it", async () => {
    const storage = storageThatFills({ full: false });
    const before = new Keep("stage", "key");
    before.put(older);
    storage.full = true;
    before.put({ ...older, entries: events(3, 7) });
    storage.full = false;
    const stage = start();
    await Promise.resolve();
    const { load, frontend, lease } = older;
    expect(stage.parcels().slice(0, 2)).toMatchObject([
      older,
      { load, frontend, lease, entries: [{ n: 3, kind: "overflow", dropped: 5 }] },
    ]);
    stage.say({ kind: "kept", load, upto: 7 });
    const after = new Keep("stage", "key");
    expect(after.leftovers().map((parcel) => parcel.load)).not.toContain(load);
    expect(after.holes()).toEqual([]);
  });

  test("is not told before the stage is started", () => {
    left(older);
    const given = port();
    handOver(given);
    expect(given.posted).toEqual([{ kind: "booted" }]);
  });

  test("stays until the page has it, and then goes", async () => {
    left(older, newer);
    const stage = start();
    stage.say({ kind: "kept", load: "older", upto: 1 });
    expect(stage.kept()).toHaveLength(2);
    stage.say({ kind: "kept", load: "older", upto: 2 });
    expect(stage.kept()).toEqual([newer]);
  });

  test("for another model is that one's", async () => {
    left(older);
    const stage = start({ key: "other" });
    await Promise.resolve();
    expect(stage.parcels().map(({ load }) => load)).not.toContain("older");
    expect(stage.kept()).toEqual([older]);
  });

  test("does not keep the stage from its work where somebody wrote over it", async () => {
    sessionStorage.setItem("owidget_jupyter.stage.key.x.1", "{");
    const stage = start();
    await Promise.resolve();
    expect(stage.parcels()).toHaveLength(1);
  });
});

test("it tells what it knows of itself when it is asked, also before it was started", async () => {
  const given = port();
  handOver(given);
  const examined = () => given.posted.filter(({ kind }) => kind === "examined");
  given.onmessage?.({ data: { kind: "examine" } });
  await vi.waitFor(() => expect(examined()).toHaveLength(1));
  given.onmessage?.({ data: startOrders({}) });
  given.onmessage?.({ data: { kind: "examine" } });
  await vi.waitFor(() => expect(examined()).toHaveLength(2));
  expect(examined()).toMatchObject([
    { script: null, violations: [] },
    { script: { outcome: "pending" } },
  ]);
});
