import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { carrying } from "../../src/carried";
import { Stage, type StageContext } from "../../src/hosting/stage";
import type { Entry, NumbersOfRun, Parcel, Run } from "../../src/wire";
import { STAGE } from "../diagnosis/findings";
import { aParcel, event, events } from "../parcels";
import { simulation } from "../simulation";
import { aRun } from "../widget/scene";
import { browser, type StageFrame } from "./frames";

vi.mock("../../src/hosting/frame", () => import("./frames"));

let slot: HTMLElement;
let delivered: Parcel[];
let keeps: boolean;
let stage: Stage;
const context = {
  frontend: "page",
  key: "key",
  fetchAsset: vi.fn<StageContext["fetchAsset"]>(),
  deliver: (parcel: Parcel, kept?: (whole: boolean) => void) => {
    delivered.push(structuredClone(parcel));
    kept?.(keeps);
  },
  changed: vi.fn(),
  inquire: vi.fn<StageContext["inquire"]>(),
  ask: vi.fn<StageContext["ask"]>(),
  detached: vi.fn(),
  taken: vi.fn(),
};

beforeEach(() => {
  vi.resetAllMocks();
  browser.frames = [];
  browser.moves = true;
  delivered = [];
  keeps = true;
  context.fetchAsset.mockImplementation(async (name) => `text of ${name}`);
  slot = document.createElement("div");
  document.body.replaceChildren(slot);
  stage = new Stage(slot, context);
});
afterEach(() => stage.close());

const anything: unknown = expect.anything();
const last = () => {
  const frame = browser.frames.at(-1);
  if (!frame) throw new Error("there is no frame");
  return frame;
};
const settled = () => vi.waitFor(() => expect(stage.frame).not.toBeNull());
/** A stage that runs, with its document there. */
async function running(run: Partial<Run> = {}, lease = 2): Promise<StageFrame> {
  await stage.open(lease, aRun({ isolation: "opaque", ...run }));
  await settled();
  last().events.reached();
  return last();
}
/** A stage in a nest, with its frame there. */
async function expected() {
  const nest = document.createElement("div");
  document.body.append(nest);
  const nested = new Stage(nest, context, true);
  nested.prepare("opaque", false, false);
  await vi.waitFor(() => expect(nested.frame).not.toBeNull());
  return { nest, nested };
}
const own = () =>
  delivered.filter(({ load }) => load.startsWith("page.")).flatMap(({ entries }) => entries);
const ofKind = (kind: Entry["kind"]) => own().filter((entry) => entry.kind === kind);
const status = (n: number, code: 0 | 1 | 2): Entry => ({ n, at: n, kind: "status", code });
const state = (n: number, name: "connecting" | "ready"): Entry => ({
  n,
  at: n,
  kind: "state",
  state: name,
  failure: null,
});
const now = (entries: Entry[], load = "now") => aParcel(load, entries, 2);

describe("the frame", () => {
  test("is made ahead, and the vendor's script is not named to it before the lease", async () => {
    stage.prepare("opaque", false, false);
    await settled();
    last().events.reached();
    expect(last()).toMatchObject({ slot, source: { html: "text of stage" }, sent: [] });
    await stage.open(2, aRun({ isolation: "opaque" }));
    expect(browser.frames).toHaveLength(1);
    expect(last().sent).toMatchObject([
      { kind: "start", key: "key", frontend: "page", lease: 2, script: aRun().script },
    ]);
  });

  test("that was made for something else is replaced", async () => {
    stage.prepare("opaque", false, false);
    await settled();
    await running({ media: true });
    expect(browser.frames.map(({ removed, media }) => [removed, media])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test("gets its orders once, whichever is there first", async () => {
    await stage.open(2, aRun({ isolation: "opaque" }));
    expect(last().sent).toEqual([]);
    last().events.reached();
    expect(last().kinds()).toEqual(["start"]);
  });

  test("is shown before it gets its orders: a script may ask how large its window is", async () => {
    stage.prepare("opaque", false, false);
    await settled();
    last().events.reached();
    const sentThen: string[][] = [];
    context.changed.mockImplementation(() => sentThen.push(last().kinds()));
    await stage.open(2, aRun({ isolation: "opaque" }));
    expect(sentThen).toEqual([[]]);
    expect(last().kinds()).toEqual(["start"]);
  });

  test("is told nothing of how it came about, which is the page's to report", async () => {
    expect(stage.standing.active).toBeNull();
    const frame = await running();
    expect(stage.standing.active).toMatchObject({ isolation: "opaque" });
    const [start] = frame.sent;
    for (const name of ["isolation", "server", "serverProblem", "media"]) {
      expect(start).not.toHaveProperty(name);
    }
  });

  test("of the simulator has the script with it, also when it is made ahead", async () => {
    context.fetchAsset.mockImplementation(async (name) => `<head> with ${name}`);
    stage.prepare("opaque", false, true);
    const simulated = { isolation: "auto", simulation: simulation(), script: null } as const;
    const frame = await running(simulated);
    expect(browser.frames).toHaveLength(1);
    expect(frame.source).toEqual({ html: carrying("<head> with stage", "<head> with simulator") });
    expect(frame.sent).toMatchObject([{ script: null, simulation: simulation(), numberUrl: null }]);
  });

  test("is brought over alive where the browser can, and else stays", async () => {
    await running();
    const other = document.createElement("div");
    browser.moves = false;
    expect(stage.moveTo(other)).toBe(false);
    expect(stage.slot).toBe(slot);
    browser.moves = true;
    expect(stage.moveTo(other)).toBe(true);
    expect(stage.slot).toBe(other);
  });

  test("begins in a nest where its view is still to come, and is brought into that alive", async () => {
    const { nest, nested } = await expected();
    last().events.reached();
    expect(last()).toMatchObject({ slot: nest, sent: [] });
    expect(nested.shown).toBe(false);
    nested.settle(slot);
    expect(nested.slot).toBe(slot);
    expect(nested.shown).toBe(true);
    expect(nest.isConnected).toBe(false);
    await nested.open(2, aRun({ isolation: "opaque" }));
    expect(browser.frames).toHaveLength(1);
    expect(last().kinds()).toEqual(["start"]);
    nested.settle(document.createElement("div"));
    expect(nested.slot, "it has settled").toBe(slot);
    nested.close();
  });

  test("begins anew in its view where that turns out to be beyond the browser", async () => {
    const { nested } = await expected();
    last().events.reached();
    browser.moves = false;
    nested.settle(slot);
    await nested.open(2, aRun({ isolation: "opaque" }));
    expect(browser.frames.map(({ removed }) => removed)).toEqual([true, false]);
    expect(last()).toMatchObject({ slot, sent: [] });
    last().events.reached();
    expect(last().kinds()).toEqual(["start"]);
    nested.close();
  });

  test("that is still being made goes where its view is by then", async () => {
    const nest = document.createElement("div");
    document.body.append(nest);
    const nested = new Stage(nest, context, true);
    nested.prepare("opaque", false, false);
    nested.settle(slot);
    await nested.open(2, aRun({ isolation: "opaque" }));
    expect(browser.frames).toMatchObject([{ slot, removed: false }]);
    nested.close();
  });

  test("goes with its nest when nobody wants it any more", async () => {
    const { nest, nested } = await expected();
    nested.close();
    expect(last().removed).toBe(true);
    expect(nest.isConnected).toBe(false);
  });

  test("is not put into the page once another is wanted", async () => {
    let fetched = (_: string) => {};
    context.fetchAsset.mockReturnValueOnce(new Promise((resolve) => (fetched = resolve)));
    stage.prepare("opaque", false, false);
    await running({ isolation: "none" });
    fetched("text of stage");
    await new Promise((resolve) => setTimeout(resolve));
    expect(browser.frames).toMatchObject([{ isolation: "none", removed: false }]);
  });

  test.each([
    ["navigated", "navigated"],
    ["unreachable", "stage_unreachable"],
  ] as const)("that was %s goes, and the stage has failed: %s", async (why, code) => {
    const frame = await running();
    frame.events.lost(why);
    await vi.waitFor(() => expect(ofKind("state")).toMatchObject([{ failure: { code } }]));
    expect(frame.removed).toBe(true);
    expect(stage.frame).toBeNull();
    expect(stage.seen).toBe("failed");
  });

  test("that died with its place is no failure: a fresh stage is needed", async () => {
    const frame = await running();
    frame.events.lost("detached");
    expect(context.detached).toHaveBeenCalledOnce();
    expect(ofKind("state")).toEqual([]);
  });

  test("has no place left to be put into", async () => {
    slot.remove();
    await stage.open(2, aRun({ isolation: "opaque" }));
    expect(context.detached).toHaveBeenCalledOnce();
    expect(last().slot).toBeNull();
  });
});

describe("what the stage saw", () => {
  test("goes on as it came, and the stage learns that it is kept", async () => {
    const frame = await running();
    const parcel = now([state(1, "ready"), event(2)]);
    frame.say(parcel);
    expect(delivered.at(-1)).toEqual(parcel);
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "now", upto: 2 });
  });

  test("is kept up to the last number that it stands for", async () => {
    const frame = await running();
    frame.say(now([event(1), { n: 2, at: 2, kind: "overflow", dropped: 5 }]));
    expect(frame.sent.at(-1)).toMatchObject({ kind: "kept", upto: 6 });
  });

  test("is what the page takes it for: connected once there was a status", async () => {
    const frame = await running();
    frame.say(now([state(1, "connecting")]));
    expect([stage.seen, stage.standing.status]).toEqual(["connecting", null]);
    frame.say(now([status(2, 1)]));
    expect([stage.seen, stage.standing.status]).toEqual(["connected", 1]);
  });

  test.each([
    ["another lease", { lease: 1 }],
    ["another page", { frontend: "the page before" }],
  ])("under %s goes on and is kept, and says nothing of this one", async (_, from) => {
    const frame = await running();
    frame.say({ ...now([state(1, "connecting"), status(2, 1)], "old"), ...from });
    expect([stage.seen, stage.standing.status]).toEqual(["idle", null]);
    expect(delivered.at(-1)).toMatchObject({ load: "old", ...from });
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "old", upto: 2 });
  });

  test("and cannot be kept is said once, however much there is of it", async () => {
    const frame = await running();
    keeps = false;
    for (const n of [1, 2, 3]) frame.say(now([event(n)]));
    await vi.waitFor(() => expect(ofKind("problem")).toHaveLength(1));
    frame.say(now([event(4)]));
    await Promise.resolve();
    expect(ofKind("problem")).toMatchObject([{ where: "event log" }]);
    expect(frame.kinds()).toEqual(["start"]);
    expect(delivered.filter(({ load }) => load === "now")).toHaveLength(4);
  });

  test("is not called kept behind what could not be, not even when there is room again", async () => {
    const frame = await running();
    const old = (entries: Entry[]) => aParcel("old", entries, 1);
    frame.say(old([event(1)]));
    keeps = false;
    frame.say(old(events(2, 3)));
    keeps = true;
    frame.say(old(events(4, 5)));
    expect(frame.sent.slice(1)).toEqual([{ kind: "kept", load: "old", upto: 1 }]);
    // Another load has lost nothing; this one has not, once the kernel has it.
    frame.say(now(events(1, 2)));
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "now", upto: 2 });
    stage.acknowledged("old", 3);
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "old", upto: 3 });
    stage.acknowledged("old", 5);
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "old", upto: 5 });
    expect(
      delivered.filter(({ load }) => load === "old").flatMap(({ entries }) => entries),
    ).toEqual(events(1, 5));
  });

  test.each([
    ["also where it could be kept", true],
    ["where it could not be kept, either", false],
  ])("and the kernel has is what the stage need not keep, %s", async (_, could) => {
    const frame = await running();
    keeps = could;
    frame.say(now(events(1, 3)));
    stage.acknowledged("now", 2);
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "now", upto: 2 });
  });

  test("may be acknowledged when its frame has long gone", async () => {
    const frame = await running();
    stage.close();
    stage.acknowledged("now", 2);
    expect(frame.kinds()).toEqual(["start"]);
  });

  test("in its last moment still arrives after the frame was removed", async () => {
    const frame = await running();
    stage.close();
    expect(frame.removed).toBe(true);
    frame.say(now(events(1, 2)));
    expect(delivered.at(-1)).toEqual(now(events(1, 2)));
  });
});

describe("what the page itself saw", () => {
  test("goes under a load of its own for each lease", async () => {
    await running({}, 7);
    last().events.lost("navigated");
    const entries = [{ n: 1, kind: "state", state: "failed" }];
    await vi.waitFor(() =>
      expect(delivered).toMatchObject([{ load: "page.7", frontend: "page", lease: 7, entries }]),
    );
  });

  test("is said even if the stage is closed in the same moment", async () => {
    await running();
    last().events.lost("navigated");
    stage.close();
    expect(ofKind("state")).toMatchObject([{ state: "failed" }]);
  });

  test("an asset that does not come is a failure, and a close in the meantime is none", async () => {
    context.fetchAsset.mockRejectedValue(new Error("no such part"));
    await stage.open(2, aRun({ isolation: "opaque" }));
    await vi.waitFor(() => expect(ofKind("state")).toHaveLength(1));
    // A failure is synced, and what was thrown can hold anything.
    const message = expect.stringContaining("chat.errors has the reason");
    expect(ofKind("state")).toMatchObject([{ failure: { code: "stage_unreachable", message } }]);
    expect(ofKind("problem")).toMatchObject([{ where: "stage", message: "Error: no such part" }]);
    expect(JSON.stringify(ofKind("state"))).not.toContain("no such part");
    delivered = [];
    const other = new Stage(slot, context);
    const opening = other.open(3, aRun({ isolation: "opaque" }));
    other.close();
    await opening;
    expect(delivered).toEqual([]);
  });
});

describe("number rules", () => {
  const rules = (version: number): NumbersOfRun => ({
    version,
    asks: true,
    policy: { region: "CZ", regions: ["CZ"], types: null, metadata: "metadata:CZ" },
  });
  const complete = (version: number) => ({
    ...rules(version),
    policy: {
      ...rules(version).policy,
      code: "text of numbers",
      metadata: "text of metadata:CZ",
    },
  });

  test("come with all that a policy needs", async () => {
    const frame = await running({ numbers: rules(1) });
    expect(frame.sent).toMatchObject([{ kind: "start", numbers: complete(1) }]);
  });

  test("without a policy need no asset", async () => {
    const frame = await running({ numbers: { version: 1, asks: true, policy: null } });
    expect(frame.sent).toMatchObject([{ numbers: { version: 1, asks: true, policy: null } }]);
    expect(context.fetchAsset.mock.calls.flat()).not.toContain("numbers");
  });

  test("that come later are there before what is ordered after them", async () => {
    const frame = await running();
    let fetched = (_: string) => {};
    context.fetchAsset.mockImplementation((name) =>
      name === "numbers" ? new Promise((resolve) => (fetched = resolve)) : Promise.resolve("plans"),
    );
    stage.order({ kind: "connect" });
    stage.order({ kind: "numbers", rules: rules(2) });
    stage.order({ kind: "act", id: 1, side: "visitor", action: "callBack", args: [] });
    await vi.waitFor(() => expect(context.fetchAsset).toHaveBeenCalledWith("numbers", anything));
    expect(frame.kinds()).toEqual(["start", "connect"]);
    fetched("code");
    await vi.waitFor(() => expect(frame.kinds()).toEqual(["start", "connect", "numbers", "act"]));
    expect(frame.sent[2]).toMatchObject({ rules: { policy: { code: "code", metadata: "plans" } } });
  });

  test("whose parts do not come are a problem, and later orders are carried out", async () => {
    const frame = await running();
    context.fetchAsset.mockRejectedValue(new Error("no such part"));
    stage.order({ kind: "numbers", rules: rules(2) });
    stage.order({ kind: "connect" });
    await vi.waitFor(() => expect(frame.kinds()).toEqual(["start", "connect"]));
    await vi.waitFor(() =>
      expect(ofKind("problem")).toMatchObject([{ message: "Error: no such part" }]),
    );
  });

  test("are asked about in the name of this page and lease", async () => {
    const frame = await running();
    frame.events.heard({ kind: "ask", id: 3, number: "777", submitted: true });
    const asked = { frontend: "page", lease: 2, id: 3, number: "777", submitted: true };
    expect(context.inquire).toHaveBeenCalledExactlyOnceWith(asked);
    expect(JSON.stringify(delivered)).not.toContain("777");
  });
});

describe("the card", () => {
  test("is asked where no origin can be had, and decides", async () => {
    context.ask.mockResolvedValue({ isolation: "none", why: "chosen" });
    await running({ isolation: "auto" });
    expect(context.ask).toHaveBeenCalledOnce();
    expect(last().isolation).toBe("none");
    expect(stage.standing.active).toEqual({ isolation: "none", why: "chosen" });
    expect(ofKind("state"), "the card was not shown").toEqual([]);
  });

  test("that is never answered has no frame made, and goes with the stage", async () => {
    context.ask.mockImplementation(
      (_run, _reason, signal, asking) =>
        new Promise((_, reject) => {
          asking();
          signal.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const opening = stage.open(2, aRun());
    await vi.waitFor(() => expect(context.ask).toHaveBeenCalledOnce());
    stage.close();
    await opening;
    expect(browser.frames).toEqual([]);
    expect(ofKind("state")).toMatchObject([{ state: "asking" }]);
  });
});

test("what its document knows of itself is asked of it, and handed to all who asked", async () => {
  const frame = await running();
  const examined = [stage.examine(), stage.examine()];
  expect(frame.kinds().at(-1)).toBe("examine");
  frame.events.heard({ kind: "examined", ...STAGE });
  expect(await Promise.all(examined)).toMatchObject([STAGE, STAGE]);
});
