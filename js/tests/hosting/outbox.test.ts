// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outbox } from "../../src/hosting/outbox";
import {
  BATCH_CHARACTERS,
  BATCH_ENTRIES,
  BATCH_MS,
  type Entry,
  lastNumber,
  UNDER_WAY,
} from "../../src/wire";
import { Inbox } from "./unreliable";

const CAPACITY = 10_000;
let sent: Entry[][] = [];
let silences: boolean[] = [];
let turn: boolean;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  silences = [];
  turn = true;
  outbox = new Outbox({
    send: (entries) => void sent.push(structuredClone(entries)),
    silent: (silent) => void silences.push(silent),
    mayGo: () => turn,
  });
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
/** The kernel answers each batch when the next is due. */
const answerUntil = (done: () => boolean) => {
  while (!done()) {
    outbox.acknowledge(lastNumber(sent.at(-1)?.at(-1)));
    pass(BATCH_MS + 1);
  }
};

test("what comes is sent at once", () => {
  outbox.add(entries(1, 3));
  expect(sent.map(numbers)).toEqual([[1, 2, 3]]);
});

test("batches are bounded in entries and paced, and a full one waits for no company", () => {
  outbox.add(entries(1, 2 * BATCH_ENTRIES + 1));
  expect(sent).toHaveLength(1);
  pass(BATCH_MS - 1);
  expect(sent.map((batch) => batch.length)).toEqual([BATCH_ENTRIES, BATCH_ENTRIES, 1]);
  outbox.add(entries(2 * BATCH_ENTRIES + 2, 2 * BATCH_ENTRIES + 2));
  expect(sent).toHaveLength(3);
  pass(BATCH_MS);
  expect(sent.slice(3).map(numbers)).toEqual([[2 * BATCH_ENTRIES + 2]]);
  sent.splice(3);
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
  expect(outbox.entries.length).toBe(1);
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
  expect(outbox.entries.length).toBe(CAPACITY + 1);
  answerUntil(() => outbox.entries.length === 0);
  expect(sent.flat().at(-1)).toEqual({ n: CAPACITY + 1, at: 0, kind: "overflow", dropped: 7 });
  expect(sent.flat()).toHaveLength(CAPACITY + 1);
});

test("an overflow is acknowledged by the last number that it stands for", () => {
  outbox.add(entries(1, CAPACITY + 7));
  outbox.acknowledge(CAPACITY + 6);
  expect(outbox.entries.length).toBe(1);
  outbox.acknowledge(CAPACITY + 7);
  expect(outbox.entries.length).toBe(0);
});

test("once there is room again entries are kept, with no number missing", () => {
  outbox.add(entries(1, CAPACITY + 7));
  outbox.acknowledge(CAPACITY);
  outbox.add(entries(CAPACITY + 8, CAPACITY + 9));
  pass(BATCH_MS * 100);
  expect(numbers(sent.at(-1))?.slice(-2)).toEqual([CAPACITY + 8, CAPACITY + 9]);
  outbox.acknowledge(CAPACITY + 9);
  expect(outbox.entries.length).toBe(0);
});

test("an overflow that was sent never grows: the kernel may have it already", () => {
  outbox.add(entries(1, CAPACITY + 2));
  answerUntil(() => sent.flat().at(-1)?.kind === "overflow");
  outbox.add(entries(CAPACITY + 3, CAPACITY + 5));
  answerUntil(() => outbox.entries.length === 0);
  expect(sent.flat().slice(-4)).toEqual([
    { n: CAPACITY + 1, at: 0, kind: "overflow", dropped: 2 },
    ...entries(CAPACITY + 3, CAPACITY + 5),
  ]);
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
  vi.advanceTimersByTime(260);
  expect(sent.at(-1)?.map(({ n }) => n)).toEqual([3]);
});

test("what the person is asked goes at once, as any news does", () => {
  outbox.add([{ n: 1, at: 0, kind: "state", state: "asking", failure: null }]);
  expect(sent.map((batch) => batch.map(({ n }) => n))).toEqual([[1]]);
});

test("no more are under way than the window, and each answer lets as many follow", () => {
  outbox.add(entries(1, UNDER_WAY + 2 * BATCH_ENTRIES));
  pass(4_000);
  expect(sent.flat()).toHaveLength(UNDER_WAY);
  outbox.acknowledge(BATCH_ENTRIES);
  pass(100);
  expect(sent.flat()).toHaveLength(UNDER_WAY + BATCH_ENTRIES);
  outbox.acknowledge(3 * BATCH_ENTRIES);
  pass(100);
  expect(numbers(sent.flat())).toEqual(numbers(entries(1, UNDER_WAY + 2 * BATCH_ENTRIES)));
});

test("after a silence one batch goes at a time, until the kernel answers", () => {
  outbox.add(entries(1, 3 * BATCH_ENTRIES));
  pass(4_000);
  expect(sent).toHaveLength(3);
  const again = () => sent.slice(3).map((batch) => batch[0]?.n);
  pass(4_000);
  expect(again()).toEqual([1]);
  outbox.add(entries(3 * BATCH_ENTRIES + 1, 3 * BATCH_ENTRIES + 1));
  pass(9_000);
  expect(again()).toEqual([1, 1]);
  outbox.acknowledge(BATCH_ENTRIES);
  pass(100);
  const rest = [1, 2, 3].map((batches) => batches * BATCH_ENTRIES + 1);
  expect(again()).toEqual([1, 1, ...rest]);
});

test("after a silence one batch goes at a time, however few of its entries fill one", () => {
  const text = "x".repeat(BATCH_CHARACTERS / 2);
  outbox.add(entries(1, 30).map((one) => entry(one.n, text)));
  pass(4_000);
  const before = sent.length;
  pass(4_000);
  expect(sent.slice(before).map(numbers)).toEqual([[1]]);
});

test("sending more is no sign of the kernel's life", () => {
  for (let n = 1; n <= 5; n++) {
    outbox.add(entries(n, n));
    pass(1_000);
  }
  expect(silences).toEqual([true]);
  expect(numbers(sent.at(-1))).toEqual([1, 2, 3, 4, 5]);
});

test("an answer of no progress, when one was due for long, has the first batch sent again", () => {
  outbox.add(entries(1, 2 * BATCH_ENTRIES));
  pass(900);
  outbox.acknowledge(0);
  pass(50);
  expect(sent, "the answer can still come").toHaveLength(2);
  pass(200);
  expect(sent.map((batch) => batch[0]?.n)).toEqual([1, BATCH_ENTRIES + 1, 1]);
  expect(silences, "it does answer").not.toContain(true);
  outbox.acknowledge(0);
  outbox.acknowledge(0);
  pass(500);
  expect(sent, "and not with each such answer").toHaveLength(3);
  outbox.acknowledge(BATCH_ENTRIES);
  pass(100);
  expect(sent.at(-1)?.[0]?.n).toBe(BATCH_ENTRIES + 1);
});

test("until it is its turn nothing is sent and nobody said to be silent", () => {
  turn = false;
  outbox.add(entries(1, 2));
  pass(60_000);
  expect(sent).toEqual([]);
  expect(silences).toEqual([]);
  turn = true;
  outbox.go();
  expect(sent.map(numbers)).toEqual([[1, 2]]);
});

test.each([
  [0, { n: 1, dropped: 4 }],
  [2, { n: 3, dropped: 2 }],
  [3, { n: 4, dropped: 1 }],
])("numbers that were lost with a document are owned up to: the kernel has %i", (upto, lost) => {
  outbox.add([{ ...entry(5), at: 99 }, entry(6)]);
  outbox.acknowledge(upto);
  pass(BATCH_MS + 1);
  expect(sent.map(numbers)).toEqual([
    [5, 6],
    [lost.n, 5, 6],
  ]);
  expect(sent[1]?.[0]).toEqual({ ...lost, at: 99, kind: "overflow" });
  outbox.acknowledge(4);
  expect(numbers(outbox.entries)).toEqual([5, 6]);
  outbox.acknowledge(6);
  expect(outbox.entries).toEqual([]);
});

test("numbers that are missing and that the kernel has are no loss, though it says so late", () => {
  // It was busy: only now the page hears of what an earlier document of the tab had sent.
  const inbox = new Inbox({ load: 400 });
  outbox.add([...entries(1, 200), ...entries(5_001, 5_010)]);
  outbox.acknowledge(200);
  for (let batch = 0; outbox.entries.length > 0; batch++) {
    pass(BATCH_MS + 1);
    const upto = inbox.accept({ load: "load", entries: sent[batch] ?? [] });
    pass(500);
    outbox.acknowledge(upto);
  }
  expect(inbox.log.map((line) => line.entry)).toEqual([
    { n: 401, at: 0, kind: "overflow", dropped: 4_600 },
    ...entries(5_001, 5_010),
  ]);
});

test("where no number is missing none is owned up to", () => {
  outbox.add(entries(5, 6));
  for (const upto of [4, 5]) outbox.acknowledge(upto);
  expect(outbox.entries).toEqual([entry(6)]);
});

test("an acknowledgement that comes late makes no gap", () => {
  outbox.add(entries(1, 5));
  for (const upto of [3, 1, 0, 2]) {
    outbox.acknowledge(upto);
    expect(outbox.entries).toEqual(entries(4, 5));
  }
});
