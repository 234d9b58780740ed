import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Outboxes } from "../../src/hosting/outboxes";
import { Keep } from "../../src/keep";
import { BATCH_ENTRIES, BATCH_MS, type Entry, type Parcel } from "../../src/wire";
import { aParcel, event, events, numbers } from "../parcels";
import { Inbox } from "./unreliable";

const CAPACITY = 10_000;
let sent: Parcel[];
let outboxes: Outboxes;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  sent = [];
  outboxes = new Outboxes("page", "key", {
    send: (parcel) => void sent.push(structuredClone(parcel)),
    silent: () => {},
  });
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);
/** What a document after this one would find. */
const kept = () => new Keep("outbox", "key").leftovers();

test("a burst goes in as few messages as there are full batches, each entry once", async () => {
  const inbox = new Inbox();
  const batches: Parcel[] = [];
  outboxes = new Outboxes("page", "key", {
    send: (parcel) => {
      batches.push(structuredClone(parcel));
      queueMicrotask(() => outboxes.acknowledge(parcel.load, inbox.accept(parcel)));
    },
    silent: () => {},
  });
  outboxes.add(aParcel("stage", events(1, CAPACITY)));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(inbox.log).toHaveLength(CAPACITY);
  expect(batches).toHaveLength(CAPACITY / BATCH_ENTRIES);
  const characters = JSON.stringify(batches).length - JSON.stringify(events(1, CAPACITY)).length;
  expect(characters / batches.length, "beside the entries").toBeLessThan(100);
});

test("what a stage saw is kept a moment after it was sent, several parcels as one, or when the page is left", () => {
  const heard: [number, boolean][] = [];
  for (const n of [1, 2]) outboxes.add(aParcel("stage", [event(n)]), (all) => heard.push([n, all]));
  expect([sent, kept()]).toEqual([[aParcel("stage", [event(1)])], []]);
  pass(BATCH_MS);
  expect(kept()).toEqual([aParcel("stage", events(1, 2))]);
  expect(heard).toEqual([[2, true]]);
  outboxes.add(aParcel("stage", [event(3)]));
  outboxes.keep();
  expect(kept().flatMap(({ entries }) => entries)).toEqual(events(1, 3));
  expect(vi.getTimerCount(), "of the outbox alone").toBe(2);
});

test("what the kernel has by then is not kept any more", () => {
  const setItem = vi.spyOn(sessionStorage, "setItem");
  outboxes.add(aParcel("stage", events(1, 2)));
  outboxes.acknowledge("stage", 2);
  pass(BATCH_MS);
  expect(setItem).not.toHaveBeenCalled();
  expect(sessionStorage).toHaveLength(0);
});

const step: Entry = { n: 1, at: 1, kind: "state", state: "loading", failure: null };
const failed: Entry = { ...step, state: "failed" };
const asking: Entry = { ...step, state: "asking" };
const named = () => sent.map(({ load, entries }) => `${load} ${numbers(entries)}`);

test("what the page saw of a stage comes behind what it had heard by then", () => {
  outboxes.add(aParcel("earlier stage", events(1, 1)));
  outboxes.add(aParcel("stage", [step]));
  outboxes.add(aParcel("page.2", [failed]));
  pass(BATCH_MS);
  expect(named()).toEqual(["earlier stage 1"]);
  outboxes.acknowledge("earlier stage", 1);
  pass(BATCH_MS);
  expect(named().slice(1), "for which the page's own has waited long enough").toEqual(["stage 1"]);
  outboxes.acknowledge("stage", 1);
  expect(named().slice(2)).toEqual(["page.2 1"]);
});

test("what the person was asked comes before what the stage then sees, behind an earlier stage as well", () => {
  outboxes.add(aParcel("earlier stage", events(1, 1)));
  outboxes.add(aParcel("page.2", [asking]));
  outboxes.add(aParcel("stage", events(1, 1)));
  expect(named()).toEqual(["earlier stage 1"]);
  outboxes.acknowledge("earlier stage", 1);
  expect(named().slice(1)).toEqual(["page.2 1", "stage 1"]);
});

test("what the page saw does not wait for what the stage says later, be it without end", () => {
  outboxes.add(aParcel("stage", events(1, 2)));
  outboxes.add(aParcel("page.1", [failed]));
  for (let n = 3; n < 100; n++) outboxes.add(aParcel("stage", [event(n)]));
  outboxes.acknowledge("stage", 1);
  expect(named()).not.toContain("page.1 1");
  outboxes.acknowledge("stage", 2);
  expect(named()).toContain("page.1 1");
});

test("a stage's step waits for no more company once the page has something to say of it", () => {
  outboxes.add(aParcel("stage", [step]));
  expect(sent).toEqual([]);
  outboxes.add(aParcel("page.1", [failed]));
  expect(named()).toEqual(["stage 1"]);
});
