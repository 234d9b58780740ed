import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Stage } from "../../src/hosting/stage";
import { UNSTORED } from "../../src/texts/hosting";
import type { Parcel, Run, StoreChange } from "../../src/wire";
import { onServer } from "../jupyter";
import { noStorage } from "../parcels";
import { aRun } from "../widget/scene";
import { browser, type StageFrame } from "./frames";

vi.mock("../../src/hosting/frame", () => import("./frames"));

let delivered: Parcel[];
let stages: Stage[];

beforeEach(() => {
  sessionStorage.clear();
  browser.frames = [];
  delivered = [];
  stages = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  // Writes what waits, while this test's storage is still the one.
  dispatchEvent(new Event("pagehide"));
  for (const stage of stages) stage.close();
  document.getElementById("jupyter-config-data")?.remove();
});

/** A stage that runs, under a scope of its test's own: all stages of a page share what is kept. */
async function running(run: Partial<Run> = {}): Promise<StageFrame> {
  const slot = document.createElement("div");
  document.body.replaceChildren(slot);
  const stage = new Stage(slot, {
    frontend: "page",
    key: "key",
    fetchAsset: async (name) => `text of ${name}`,
    deliver: (parcel) => {
      delivered.push(structuredClone(parcel));
    },
    changed: vi.fn(),
    inquire: vi.fn(),
    ask: vi.fn(),
    detached: vi.fn(),
    taken: vi.fn(),
  });
  stages.push(stage);
  const scope = expect.getState().currentTestName ?? null;
  await stage.open(2, aRun({ isolation: "opaque", scope, ...run }));
  const frame = browser.frames.at(-1);
  frame?.events.reached();
  if (!frame) throw new Error("there is no frame");
  return frame;
}
const change: StoreChange = ["local", "a", "1"];
const stored = { local: [["a", "1"]], session: [], cookie: [] };
const nothing = { local: [], session: [], cookie: [] };
const says = (frame: StageFrame, ...changes: StoreChange[]) =>
  frame.events.heard({ kind: "stored", changes });
const problems = () =>
  delivered.flatMap(({ entries }) => entries).filter(({ kind }) => kind === "problem");

describe("what a stage without an origin stores", () => {
  test("is for one Jupyter server: who is on a hub's next one finds nothing of it", async () => {
    onServer("/hub/user/alice/");
    says(await running(), change);
    expect((await running()).sent).toMatchObject([{ stored }]);
    onServer("/hub/user/bob/");
    expect((await running()).sent).toMatchObject([{ stored: nothing }]);
  });

  test("is what the next one begins with", async () => {
    const frame = await running();
    expect(frame.sent).toMatchObject([{ kind: "start", stored: nothing }]);
    says(frame, change);
    stages[0]?.close();
    expect((await running()).sent).toMatchObject([{ kind: "start", stored }]);
  });

  test("in its last moment still counts", async () => {
    const frame = await running();
    stages[0]?.close();
    says(frame, change);
    expect((await running()).sent).toMatchObject([{ stored }]);
  });

  test("is not for another scope", async () => {
    says(await running(), change);
    expect((await running({ scope: "other" })).sent).toMatchObject([{ stored: nothing }]);
  });

  test("is told to nobody", async () => {
    says(await running(), ["local", "a", "private"]);
    await Promise.resolve();
    expect(JSON.stringify(delivered)).not.toContain("private");
  });

  test("and finds no room is said once", async () => {
    noStorage();
    const frame = await running();
    for (const n of ["1", "2"]) {
      says(frame, ["local", "a", n]);
      dispatchEvent(new Event("pagehide"));
    }
    await vi.waitFor(() => expect(problems()).toHaveLength(1));
    expect(problems()).toMatchObject([{ where: "storage", message: UNSTORED }]);
  });
});

test("a stage with storage of its own begins with nothing of ours, and nothing is taken", async () => {
  const frame = await running({ isolation: "none" });
  expect(frame.sent).toMatchObject([{ kind: "start", stored: null }]);
  says(frame, change);
  dispatchEvent(new Event("pagehide"));
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect((await running()).sent).toMatchObject([{ stored: nothing }]);
});
