// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Reporter } from "../src/reporter";
import { BATCH_ENTRIES, type Entry, type Sighting } from "../src/wire";

const event = (type: string): Sighting => ({ kind: "event", type, detail: {} });

let batches: Entry[][] = [];
let reporter: Reporter;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  vi.advanceTimersByTime(1_000);
  batches = [];
  reporter = new Reporter((entries) => void batches.push(entries));
});
afterEach(() => void vi.useRealTimers());

test("nothing is passed on within the tick that saw it", () => {
  reporter.report(event("a"));
  expect(batches).toEqual([]);
});

test("everything of one tick is one batch, in order, numbered from one", async () => {
  for (let i = 0; i < 200; i++) reporter.report(event(`type ${i}`));
  await Promise.resolve();
  expect(batches).toHaveLength(1);
  expect(batches[0]?.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});

test("a tick that sees more than a batch holds passes on each that is full", async () => {
  for (let i = 0; i < 2 * BATCH_ENTRIES + 5; i++) reporter.report(event("a"));
  expect(batches.map((entries) => entries.length)).toEqual([BATCH_ENTRIES, BATCH_ENTRIES]);
  await Promise.resolve();
  expect(batches[2]?.map(({ n }) => n - 2 * BATCH_ENTRIES)).toEqual([1, 2, 3, 4, 5]);
});

test("what was seen is passed on without waiting for a timer", async () => {
  reporter.report(event("a"));
  await Promise.resolve();
  reporter.report(event("b"));
  await Promise.resolve();
  expect(batches.map((entries) => entries.length)).toEqual([1, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

test("numbers go on from batch to batch without a gap", async () => {
  for (const type of ["a", "b", "c"]) {
    reporter.report(event(type));
    await Promise.resolve();
  }
  expect(batches.flat().map(({ n }) => n)).toEqual([1, 2, 3]);
});

test("an entry carries the time at which it was seen, in milliseconds since the epoch", () => {
  const seen = Date.now();
  reporter.report(event("a"));
  vi.advanceTimersByTime(5);
  reporter.report(event("b"));
  reporter.flush();
  expect(batches.flat().map(({ at }) => at - seen)).toEqual([0, 5]);
});

test("a flush passes on at once, and nothing comes twice", async () => {
  reporter.report(event("a"));
  reporter.flush();
  expect(batches).toHaveLength(1);
  await Promise.resolve();
  reporter.flush();
  expect(batches).toHaveLength(1);
});
