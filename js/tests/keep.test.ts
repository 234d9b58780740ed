import { beforeEach, describe, expect, test, vi } from "vitest";
import { Keep } from "../src/keep";
import type { Parcel } from "../src/wire";
import { aParcel, event, events, noStorage, numbers, overflow, storageThatFills } from "./parcels";

beforeEach(() => sessionStorage.clear());

const outbox = () => new Keep("outbox", "key");
/** What the next document of this tab finds. */
const found = (keep = outbox()) => keep.leftovers();
const named = (parcels: Parcel[]) =>
  parcels.map(({ load, entries }) => `${load} ${numbers(entries)}`);

describe("what is kept", () => {
  test("is found by the next document as it was", () => {
    const parcel = aParcel("load", [event(1), { n: 2, at: 2, kind: "status", code: 1 }], 7);
    expect(outbox().put(parcel)).toBe(true);
    expect(found()).toEqual([parcel]);
  });

  test("is found in the order in which it happened, whatever the loads are called", () => {
    const keep = outbox();
    keep.put(aParcel("b", [event(1, 100), event(2, 900)]));
    keep.put(aParcel("a", [event(1, 300)]));
    keep.put(aParcel("c", [event(1, 200)]));
    expect(named(found())).toEqual(["b 1,2", "c 1", "a 1"]);
  });

  test.each([
    ["one millisecond saw it all", () => 5],
    ["the clock was set back meanwhile", (n: number) => 1_000 - n],
  ])("is found in the order of its numbers where %s", (_, at) => {
    const keep = outbox();
    for (const n of [1, 10, 2, 100, 3]) keep.put(aParcel("load", [event(n, at(n))]));
    expect(named(found())).toEqual(["load 1", "load 2", "load 3", "load 10", "load 100"]);
  });

  test("is found one load after the other, even where they saw things by turns", () => {
    const keep = outbox();
    keep.put(aParcel("first", [event(1, 10)]));
    keep.put(aParcel("second", [event(1, 20)]));
    keep.put(aParcel("first", [event(2, 30)]));
    expect(named(found())).toEqual(["first 1", "first 2", "second 1"]);
  });

  test("is found again and again until somebody has it", () => {
    outbox().put(aParcel("load", events(1, 2)));
    expect(found()).toEqual(found());
    expect(found()).toHaveLength(1);
  });

  test("is put in its place again where it has changed: a count grows", () => {
    const keep = outbox();
    keep.put(aParcel("load", [overflow(5, 1)]));
    keep.put(aParcel("load", [overflow(5, 3)]));
    expect(found()).toEqual([aParcel("load", [overflow(5, 3)])]);
    keep.drop("load", 6);
    expect(found()).toHaveLength(1);
    keep.drop("load", 7);
    expect(found()).toEqual([]);
  });

  test("is put in pieces where it is large, so that what there is room for is kept", () => {
    const text = "x".repeat(100_000);
    const parcel = aParcel(
      "load",
      events(1, 5).map((one) => ({ ...one, detail: { text } })),
    );
    expect(outbox().put(parcel)).toBe(true);
    expect(named(found())).toEqual(["load 1,2", "load 3,4", "load 5"]);
    expect(found().flatMap(({ entries }) => entries)).toEqual(parcel.entries);
    sessionStorage.clear();
    storageThatFills({ full: false, room: 3 }); // one of them for the mark
    expect(outbox().put(parcel), "not all of it").toBe(false);
    expect(named(found())).toEqual(["load 1,2", "load 3,4"]);
  });

  test("is nothing where there is nothing in it", () => {
    expect(outbox().put(aParcel("load", []))).toBe(true);
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("what somebody has", () => {
  test("goes, up to that number, and not a parcel of which the end is still missing", () => {
    const keep = outbox();
    for (const from of [1, 3, 5]) keep.put(aParcel("load", events(from, from + 1)));
    keep.drop("load", 3);
    expect(named(found())).toEqual(["load 3,4", "load 5,6"]);
    keep.drop("load", 6);
    expect(sessionStorage).toHaveLength(0);
  });

  test("goes of its own load only", () => {
    const keep = outbox();
    keep.put(aParcel("one", events(1, 2)));
    keep.put(aParcel("other", events(1, 2)));
    keep.drop("one", 2);
    expect(named(found())).toEqual(["other 1,2"]);
  });

  test("goes where an earlier document had put it, once it was found", () => {
    outbox().put(aParcel("load", events(1, 2)));
    const keep = outbox();
    keep.leftovers();
    keep.drop("load", 2);
    expect(sessionStorage).toHaveLength(0);
  });

  test("may be dropped twice, or without ever having been here", () => {
    const keep = outbox();
    keep.put(aParcel("load", events(1, 2)));
    for (const load of ["load", "load", "unknown"]) keep.drop(load, 2);
    expect(sessionStorage).toHaveLength(0);
  });
});

test("what nobody will take goes all at once, and nothing else does", () => {
  sessionStorage.setItem("the vendor's", "own");
  new Keep("outbox", "other").put(aParcel("load", events(1, 1)));
  outbox().put(aParcel("before", events(1, 2)));
  const keep = outbox();
  keep.leftovers();
  keep.put(aParcel("one", events(1, 2)));
  keep.put(aParcel("other", events(1, 2)));
  keep.forget();
  expect(found()).toEqual([]);
  expect(sessionStorage.getItem("the vendor's")).toBe("own");
  expect(named(found(new Keep("outbox", "other")))).toEqual(["load 1"]);
});

test("two owners and two models do not touch each other", () => {
  const keeps = [outbox(), new Keep("stage", "key"), new Keep("outbox", "other")];
  for (const [i, keep] of keeps.entries()) keep.put(aParcel("load", [event(1, i)]));
  expect(keeps.map((keep) => keep.leftovers())).toEqual(
    keeps.map((_, i) => [aParcel("load", [event(1, i)])]),
  );
  keeps[0]?.forget();
  keeps[1]?.drop("load", 1);
  expect(keeps.map((keep) => keep.leftovers().length)).toEqual([0, 0, 1]);
});

describe("storage", () => {
  test("that is full takes no more, says so, and keeps what it has", () => {
    const storage = storageThatFills({ full: false });
    const keep = outbox();
    keep.put(aParcel("load", events(1, 2)));
    storage.full = true;
    expect(keep.put(aParcel("load", events(3, 4)))).toBe(false);
    expect(named(found())).toEqual(["load 1,2"]);
    storage.full = false;
    keep.drop("load", 2);
    expect(keep.put(aParcel("load", events(5, 6))), "it would be behind a hole").toBe(false);
    expect(keep.put(aParcel("other", events(1, 2))), "which another load has not").toBe(true);
    keep.drop("load", 6);
    expect(keep.put(aParcel("load", events(7, 8))), "the kernel has what was missing").toBe(true);
    expect(named(found())).toEqual(["other 1,2", "load 7,8"]);
  });

  test("that is not there keeps nothing, and nothing throws", () => {
    noStorage();
    const keep = outbox();
    expect(keep.put(aParcel("load", events(1, 2)))).toBe(false);
    expect(keep.leftovers()).toEqual([]);
    keep.drop("load", 2);
    keep.forget();
  });

  test.each([
    "",
    "null",
    "7",
    "{",
    "[]",
    "{}",
    '"text"',
    '{"load": 1, "entries": []}',
    '{"load": "load"}',
    '{"load": "load", "entries": {"0": 1}}',
    ...[
      { entries: [] },
      { entries: [null] },
      { entries: [event(1), "text"] },
      { entries: [{ at: 1, kind: "event" }] },
      { entries: [event(1), { at: 1, kind: "event" }] },
      ...["1", 1.5, 0, -1, 2 ** 53].map((n) => ({ entries: [{ ...event(1), n }] })),
      ...[undefined, 1e308].map((dropped) => ({ entries: [{ ...overflow(1, 1), dropped }] })),
      ...[undefined, 7].map((kind) => ({ entries: [{ ...event(1), kind }] })),
      { load: 7 },
      { frontend: null },
      ...["1", 1.5, 1e308].map((lease) => ({ lease })),
    ].map((wrong) => JSON.stringify({ ...aParcel("load", [event(9)]), ...wrong })),
  ])("that somebody wrote %j into is passed over there", (text) => {
    const keep = outbox();
    keep.put(aParcel("load", events(1, 2)));
    sessionStorage.setItem("owidget_jupyter.outbox.key.load.9", text);
    expect(named(found())).toEqual(["load 1,2"]);
  });

  test("of a tab that was opened from this one is a copy: both have it, each drops its own", () => {
    outbox().put(aParcel("load", events(1, 2)));
    const here = sessionStorage;
    const there = new Storage();
    for (const key of Object.keys(here)) there.setItem(key, here.getItem(key) ?? "");
    const opener = outbox();
    vi.stubGlobal("sessionStorage", there);
    const opened = outbox();
    expect(opened.leftovers()).toEqual(opener.leftovers());
    opened.drop("load", 2);
    expect([here.length, there.length]).toEqual([2, 0]);
    opener.drop("load", 2);
    expect(here).toHaveLength(0);
  });
});
