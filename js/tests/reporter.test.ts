import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Reporter } from "../src/reporter";
import { BATCH_MS, type Entry, type Sighting } from "../src/wire";

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

test("everything of one tick is one batch, in order, numbered from one", () => {
  for (let i = 0; i < 200; i++) reporter.report(event(`type ${i}`));
  vi.runAllTimers();
  expect(batches).toHaveLength(1);
  expect(batches[0]?.map(({ n }) => n)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});

test("there is at most one batch in a batch's time", () => {
  for (let ms = 0; ms < 10 * BATCH_MS; ms++) {
    reporter.report(event("a"));
    vi.advanceTimersByTime(1);
  }
  expect(batches.length).toBeGreaterThan(5);
  expect(batches.length).toBeLessThanOrEqual(11);
});

test("what comes after a pause does not wait for a batch's time", () => {
  reporter.report(event("a"));
  vi.advanceTimersByTime(0);
  vi.advanceTimersByTime(10 * BATCH_MS);
  reporter.report(event("b"));
  vi.advanceTimersByTime(0);
  expect(batches.map((entries) => entries.length)).toEqual([1, 1]);
});

test("numbers go on from batch to batch without a gap", () => {
  for (const type of ["a", "b", "c"]) {
    reporter.report(event(type));
    vi.advanceTimersByTime(BATCH_MS);
  }
  expect(batches.flat().map(({ n }) => n)).toEqual([1, 2, 3]);
});

test("an entry carries the time at which it was seen, in milliseconds since the epoch", () => {
  const seen = Date.now();
  reporter.report(event("a"));
  vi.advanceTimersByTime(5);
  reporter.report(event("b"));
  vi.runAllTimers();
  expect(batches.flat().map(({ at }) => at - seen)).toSatisfy(
    ([first, second]: number[]) => first === 0 && (second === 0 || second === 5),
  );
  expect(batches.flat().map(({ at }) => at)[0]).toBe(seen);
});

test("a flush passes on at once, and nothing comes twice", () => {
  reporter.report(event("a"));
  reporter.flush();
  expect(batches).toHaveLength(1);
  vi.runAllTimers();
  reporter.flush();
  expect(batches).toHaveLength(1);
});
