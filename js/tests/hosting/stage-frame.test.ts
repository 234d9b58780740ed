import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { carrying } from "../../src/carried";
import { simulation } from "../simulation";
import { aRun } from "../widget/scene";
import { browser } from "./frames";
import { aStage, context, framed, last, ofKind, openPage, running, slot, stage } from "./stages";

beforeEach(openPage);
afterEach(() => stage.close());

/** A stage in a nest, with its frame there. */
async function expected() {
  const nest = document.createElement("div");
  document.body.append(nest);
  const nested = aStage(nest, true);
  nested.prepare("opaque", false, false);
  await framed(nested);
  return { nest, nested };
}

describe("the frame", () => {
  test("is made ahead, and the vendor's script is not named to it before the lease", async () => {
    stage.prepare("opaque", false, false);
    await framed();
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
    await framed();
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
    await framed();
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
    const nested = aStage(nest, true);
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
