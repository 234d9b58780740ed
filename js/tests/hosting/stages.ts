/** What the tests of stages share: one in a slot, on a page that keeps what it hands over. */
import { expect, vi } from "vitest";
import type { Stage, StageContext } from "../../src/hosting/stage";
import type { Entry, Parcel, Run } from "../../src/wire";
import { aRun } from "../widget/scene";
import { browser, type StageFrame } from "./frames";

vi.mock("../../src/hosting/frame", () => import("./frames"));
const { Stage: Staged } = await import("../../src/hosting/stage");

export const page = {
  /** What the stage handed over. */
  delivered: [] as Parcel[],
  /** Whether there is room to keep it in. */
  keeps: true,
};

export const context = {
  frontend: "page",
  key: "key",
  fetchAsset: vi.fn<StageContext["fetchAsset"]>(),
  deliver: (parcel: Parcel, kept?: (whole: boolean) => void) => {
    page.delivered.push(structuredClone(parcel));
    kept?.(page.keeps);
  },
  changed: vi.fn(),
  inquire: vi.fn<StageContext["inquire"]>(),
  ask: vi.fn<StageContext["ask"]>(),
  detached: vi.fn(),
  taken: vi.fn(),
};

export let slot: HTMLElement;
export let stage: Stage;

/** A page that was just opened, and a stage in its slot that nobody has asked for anything. */
export function openPage(): void {
  vi.resetAllMocks();
  browser.frames = [];
  browser.moves = true;
  Object.assign(page, { delivered: [], keeps: true });
  context.fetchAsset.mockImplementation(async (name) => `text of ${name}`);
  slot = document.createElement("div");
  document.body.replaceChildren(slot);
  stage = aStage();
}

export function aStage(place = slot, nested = false): Stage {
  return new Staged(place, context, nested);
}

/** The frame that was made last. */
export function last(): StageFrame {
  const frame = browser.frames.at(-1);
  if (!frame) throw new Error("there is no frame");
  return frame;
}

/** Waits for the stage's frame. */
export const framed = (of = stage) => vi.waitFor(() => expect(of.frame).not.toBeNull());

/** A stage that runs, with its document there. */
export async function running(run: Partial<Run> = {}, lease = 2): Promise<StageFrame> {
  await stage.open(lease, aRun({ isolation: "opaque", ...run }));
  await framed();
  last().events.reached();
  return last();
}

/** The entries of this kind that the page itself has made. */
export function ofKind(kind: Entry["kind"]): Entry[] {
  const own = page.delivered.filter(({ load }) => load.startsWith("page."));
  return own.flatMap(({ entries }) => entries).filter((entry) => entry.kind === kind);
}
