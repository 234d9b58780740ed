import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox } from "../../src/widget/outbox";
import { BATCH_CHARACTERS, BATCH_ENTRIES, BATCH_MS, type Entry } from "../../src/wire";

const CAPACITY = 10_000;
let sent: Entry[][] = [];
let silences: boolean[] = [];
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  silences = [];
  outbox = new Outbox(
    (entries) => void sent.push(structuredClone(entries)),
    (silent) => void silences.push(silent),
  );
});
afterEach(() => void vi.useRealTimers());

const entry = (n: number, text = ""): Entry => ({
  n,
  at: 0,
  kind: "event",
  type: "t",
  detail: { text },
});
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const numbers = (batch: Entry[] | undefined) => batch?.map(({ n }) => n);
const pass = (ms: number) => vi.advanceTimersByTime(ms);

test("what comes is sent at once", () => {
  outbox.add(entries(1, 3));
  expect(sent.map(numbers)).toEqual([[1, 2, 3]]);
});

test("batches are bounded in entries and paced", () => {
  outbox.add(entries(1, 2 * BATCH_ENTRIES + 1));
  expect(sent).toHaveLength(1);
  pass(BATCH_MS - 1);
  expect(sent).toHaveLength(1);
  pass(BATCH_MS + 1);
  expect(sent.map((batch) => batch.length)).toEqual([BATCH_ENTRIES, BATCH_ENTRIES, 1]);
  expect(sent.flat().map(({ n }) => n)).toEqual(numbers(entries(1, 2 * BATCH_ENTRIES + 1)));
});

test("batches are bounded in characters, and one entry beyond the bound still goes", () => {
  const large = "x".repeat(BATCH_CHARACTERS / 2);
  outbox.add([entry(1, large + large), entry(2, large), entry(3, large), entry(4)]);
  pass(10 * BATCH_MS);
  expect(sent.map(numbers)).toEqual([[1], [2], [3, 4]]);
});

test("what is acknowledged is kept no longer and not sent again", () => {
  outbox.add(entries(1, 3));
  outbox.acknowledge(2);
  expect(outbox.waiting).toBe(1);
  outbox.acknowledge(3);
  pass(600_000);
  expect(sent).toHaveLength(1);
  expect(silences).not.toContain(true);
});

test("what is not acknowledged is sent again, under the same numbers, ever more seldom", () => {
  outbox.add(entries(1, 3));
  const times: number[] = [];
  for (let second = 1; second <= 120; second++) {
    const before = sent.length;
    pass(1_000);
    if (sent.length > before) times.push(second);
  }
  expect(times).toEqual([5, 15, 35, 75, 115]);
  expect(new Set(sent.map((batch) => JSON.stringify(batch))).size).toBe(1);
  expect(silences.at(0)).toBe(true);
});

test("an answer ends the silence, and the next one is waited for as long as the first", () => {
  outbox.add(entries(1, 2));
  pass(20_000);
  outbox.acknowledge(1);
  expect(silences.at(-1)).toBe(false);
  const before = sent.length;
  pass(5_100);
  expect(numbers(sent.at(-1))).toEqual([2]);
  expect(sent.length).toBe(before + 1);
});

test("an acknowledgement of what came before a gap has the rest sent again", () => {
  outbox.add(entries(1, 3));
  outbox.acknowledge(1);
  pass(5_100);
  expect(numbers(sent.at(-1))).toEqual([2, 3]);
});

test("what comes while others wait is sent once, after them", () => {
  outbox.add(entries(1, 1));
  outbox.add(entries(2, 2));
  pass(BATCH_MS + 1);
  expect(sent.map(numbers)).toEqual([[1], [2]]);
});

test("beyond its room entries become one that stands for all of their numbers", () => {
  outbox.add(entries(1, CAPACITY + 7));
  pass(BATCH_MS * 100);
  const last = sent.flat().at(-1);
  expect(last).toMatchObject({ n: CAPACITY + 1, kind: "overflow", dropped: 7 });
  expect(outbox.waiting).toBe(CAPACITY + 1);
});

test("an overflow is acknowledged by the last number that it stands for", () => {
  outbox.add(entries(1, CAPACITY + 7));
  outbox.acknowledge(CAPACITY + 6);
  expect(outbox.waiting).toBe(1);
  outbox.acknowledge(CAPACITY + 7);
  expect(outbox.waiting).toBe(0);
});

test("once there is room again entries are kept, with no number missing", () => {
  outbox.add(entries(1, CAPACITY + 7));
  outbox.acknowledge(CAPACITY);
  outbox.add(entries(CAPACITY + 8, CAPACITY + 9));
  pass(BATCH_MS * 100);
  expect(numbers(sent.at(-1))?.slice(-2)).toEqual([CAPACITY + 8, CAPACITY + 9]);
  outbox.acknowledge(CAPACITY + 9);
  expect(outbox.waiting).toBe(0);
});

test("an overflow that was sent never grows: the kernel may have it already", () => {
  outbox.add(entries(1, CAPACITY + 2));
  pass(BATCH_MS * 100);
  expect(sent.flat().at(-1)).toMatchObject({ kind: "overflow", dropped: 2 });
  const before = sent.length;
  while (sent.length === before) pass(1); // unanswered: sending begins again at the first
  outbox.add(entries(CAPACITY + 3, CAPACITY + 5));
  pass(BATCH_MS * 200);
  const overflows = sent.flat().filter(({ kind }) => kind === "overflow");
  expect(new Set(overflows.map((one) => JSON.stringify(one)))).toEqual(
    new Set([
      JSON.stringify({ n: CAPACITY + 1, at: 0, kind: "overflow", dropped: 2 }),
      JSON.stringify({ n: CAPACITY + 3, at: 0, kind: "overflow", dropped: 3 }),
    ]),
  );
});

test("once it is closed nothing is sent any more", () => {
  outbox.add(entries(1, 1_000));
  const before = sent.length;
  outbox.close();
  pass(600_000);
  expect(sent).toHaveLength(before);
});

test("mere steps of a stage wait for company, and news takes them along", () => {
  const step = (n: number): Entry => ({ n, at: 0, kind: "state", state: "loading", failure: null });
  outbox.add([step(1)]);
  vi.advanceTimersByTime(40);
  expect(sent).toEqual([]);
  outbox.add([{ n: 2, at: 0, kind: "status", code: 1 }]);
  expect(sent.map((batch) => batch.map(({ n }) => n))).toEqual([[1, 2]]);
  outbox.add([step(3)]);
  vi.advanceTimersByTime(60);
  expect(sent.at(-1)?.map(({ n }) => n)).toEqual([3]);
});
