import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Entry } from "../../src/wire";
import { STAGE } from "../diagnosis/findings";
import { aParcel, event, events } from "../parcels";
import { aRun } from "../widget/scene";
import { browser } from "./frames";
import { aStage, context, last, ofKind, openPage, page, running, stage } from "./stages";

beforeEach(openPage);
afterEach(() => stage.close());

const status = (n: number, code: 0 | 1 | 2): Entry => ({ n, at: n, kind: "status", code });
const state = (n: number, name: "connecting" | "ready"): Entry => ({
  n,
  at: n,
  kind: "state",
  state: name,
  failure: null,
});
const now = (entries: Entry[], load = "now") => aParcel(load, entries, 2);

describe("what the stage saw", () => {
  test("goes on as it came, and the stage learns that it is kept", async () => {
    const frame = await running();
    const parcel = now([state(1, "ready"), event(2)]);
    frame.say(parcel);
    expect(page.delivered.at(-1)).toEqual(parcel);
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
    expect(page.delivered.at(-1)).toMatchObject({ load: "old", ...from });
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "old", upto: 2 });
  });

  test("and cannot be kept is said once, however much there is of it", async () => {
    const frame = await running();
    page.keeps = false;
    for (const n of [1, 2, 3]) frame.say(now([event(n)]));
    await vi.waitFor(() => expect(ofKind("problem")).toHaveLength(1));
    frame.say(now([event(4)]));
    await Promise.resolve();
    expect(ofKind("problem")).toMatchObject([{ where: "event log" }]);
    expect(frame.kinds()).toEqual(["start"]);
    expect(page.delivered.filter(({ load }) => load === "now")).toHaveLength(4);
  });

  test("is not called kept behind what could not be, not even when there is room again", async () => {
    const frame = await running();
    const old = (entries: Entry[]) => aParcel("old", entries, 1);
    frame.say(old([event(1)]));
    page.keeps = false;
    frame.say(old(events(2, 3)));
    page.keeps = true;
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
      page.delivered.filter(({ load }) => load === "old").flatMap(({ entries }) => entries),
    ).toEqual(events(1, 5));
  });

  test.each([
    ["also where it could be kept", true],
    ["where it could not be kept, either", false],
  ])("and the kernel has is what the stage need not keep, %s", async (_, could) => {
    const frame = await running();
    page.keeps = could;
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
    expect(page.delivered.at(-1)).toEqual(now(events(1, 2)));
  });
});

describe("what the page itself saw", () => {
  test("goes under a load of its own for each lease", async () => {
    await running({}, 7);
    last().events.lost("navigated");
    const entries = [{ n: 1, kind: "state", state: "failed" }];
    await vi.waitFor(() =>
      expect(page.delivered).toMatchObject([
        { load: "page.7", frontend: "page", lease: 7, entries },
      ]),
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
    page.delivered = [];
    const other = aStage();
    const opening = other.open(3, aRun({ isolation: "opaque" }));
    other.close();
    await opening;
    expect(page.delivered).toEqual([]);
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
