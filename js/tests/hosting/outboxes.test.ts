import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Outboxes } from "../../src/hosting/outboxes";
import { Keep } from "../../src/keep";
import { BATCH_MS, type Entry, type Parcel } from "../../src/wire";
import { aParcel, event, events, noStorage, numbers, overflow, storageThatFills } from "../parcels";
import { addTo } from "./add-to";
import { Inbox } from "./unreliable";

const CAPACITY = 10_000;
let sent: Parcel[];
let silences: boolean[];
let outboxes: Outboxes;

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  sent = [];
  silences = [];
  outboxes = open();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

/** A document of this tab, with one model. */
const open = (frontend = "page") =>
  new Outboxes(frontend, "key", {
    send: (parcel) => void sent.push(structuredClone(parcel)),
    silent: (silent) => void silences.push(silent),
  });
const pass = (ms: number) => vi.advanceTimersByTime(ms);
const named = () => sent.map(({ load, entries }) => `${load} ${numbers(entries)}`);
/** Has each batch answered at once, by Python's rule; returns the kernel's log. */
const answering = () => {
  const inbox = new Inbox();
  outboxes = new Outboxes("page", "key", {
    send: (parcel) => {
      const taken: Parcel = structuredClone(parcel);
      queueMicrotask(() => outboxes.acknowledge(taken.load, inbox.accept(taken)));
    },
    silent: () => {},
  });
  return inbox.log;
};
const lines = (log: Inbox["log"]) => log.map(({ load, entry }) => `${load} ${entry.n}`);
/** What a document after this one would find. */
const kept = () => new Keep("outbox", "key").leftovers();
const keptEntries = () => kept().flatMap(({ entries }) => entries);

describe("what found no room in the tab's storage", () => {
  const leaveHole = () => {
    const storage = storageThatFills({ full: false });
    const before = open("before");
    addTo(before, aParcel("old", events(1, 4)));
    storage.full = true;
    expect(addTo(before, aParcel("old", events(5, 7)))).toBe(false);
    storage.full = false;
    expect(addTo(before, aParcel("old", events(8, 10))), "behind the hole").toBe(false);
    before.close(true);
    sent = [];
    outboxes = open("after");
    outboxes.restore();
    pass(BATCH_MS);
    expect(named()).toEqual(["old 1,2,3,4"]);
    return storage;
  };

  test("is counted once a later stage speaks, and not before", () => {
    leaveHole();
    outboxes.acknowledge("old", 4);
    pass(100);
    expect(named()).toHaveLength(1);
    addTo(outboxes, { ...aParcel("another old", events(1, 1)), frontend: "before" });
    pass(100);
    expect(named().at(-1)).toBe("another old 1");
    outboxes.acknowledge("another old", 1);
    addTo(outboxes, { ...aParcel("new", events(1, 1)), frontend: "after" });
    pass(100);
    expect(sent.at(-1)).toMatchObject({ load: "old", entries: [overflow(5, 6, Date.now() - 100)] });
    outboxes.acknowledge("old", 10);
    pass(100);
    expect(named().at(-1)).toBe("new 1");
    outboxes.acknowledge("new", 1);
    expect(sessionStorage).toHaveLength(0);
  });

  test("is not lost where the stage has kept it", () => {
    leaveHole();
    addTo(outboxes, aParcel("old", events(3, 10)));
    addTo(outboxes, { ...aParcel("new", events(1, 1)), frontend: "after" });
    outboxes.acknowledge("old", 4);
    pass(100);
    const rest = sent.filter(({ load }) => load === "old").flatMap(({ entries }) => entries);
    expect(rest.some(({ kind }) => kind === "overflow")).toBe(false);
    expect(numbers(rest)?.at(-1)).toBe(10);
  });

  test("and reached the kernel before the reload is not said to be lost", () => {
    const storage = storageThatFills({ full: false });
    const before = open("before");
    addTo(before, aParcel("old", events(1, 2)));
    storage.full = true;
    addTo(before, aParcel("old", events(3, 6)));
    before.acknowledge("old", 4);
    before.close(true);
    sent = [];
    outboxes = open("after");
    outboxes.restore();
    addTo(outboxes, { ...aParcel("new", events(1, 1)), frontend: "after" });
    pass(100);
    expect(sent[0]?.entries).toMatchObject([{ n: 5, kind: "overflow", dropped: 2 }]);
  });
});

describe("what stages saw", () => {
  test("is sent under its own load, page and lease", () => {
    const parcel = { ...aParcel("stage", events(1, 2), 7), frontend: "an earlier page" };
    addTo(outboxes, parcel);
    expect(sent).toEqual([parcel]);
  });

  test("would outlive the page until the kernel has it", () => {
    expect(addTo(outboxes, aParcel("stage", events(1, 2)))).toBe(true);
    expect(addTo(outboxes, aParcel("stage", events(3, 4)))).toBe(true);
    expect(kept()).toEqual([aParcel("stage", events(1, 2)), aParcel("stage", events(3, 4))]);
    outboxes.acknowledge("stage", 2);
    expect(kept()).toEqual([aParcel("stage", events(3, 4))]);
    outboxes.acknowledge("stage", 4);
    expect(sessionStorage).toHaveLength(0);
  });

  test.each([
    ["full", () => storageThatFills({ full: true })],
    ["missing", noStorage],
  ])(
    "goes with the page where storage is %s, which is said, and is sent all the same",
    (_, lack) => {
      lack();
      outboxes = open();
      outboxes.restore();
      expect(addTo(outboxes, aParcel("stage", events(1, 2)))).toBe(false);
      expect(named()).toEqual(["stage 1,2"]);
      outboxes.acknowledge("stage", 2);
      expect(outboxes.undelivered).toEqual([]);
    },
  );

  test("waits until the kernel has all of an earlier stage", () => {
    addTo(outboxes, aParcel("first", events(1, 2)));
    addTo(outboxes, aParcel("second", events(1, 1)));
    addTo(outboxes, aParcel("third", events(1, 1)));
    pass(4_000);
    expect(named()).toEqual(["first 1,2"]);
    outboxes.acknowledge("first", 1);
    pass(4_000);
    expect(named()).toEqual(["first 1,2"]);
    outboxes.acknowledge("first", 2);
    pass(BATCH_MS + 1);
    expect(named().slice(1)).toEqual(["second 1"]);
    outboxes.acknowledge("second", 1);
    pass(BATCH_MS + 1);
    expect(named().slice(2)).toEqual(["third 1"]);
  });

  test("is no silence of the kernel while it waits for its turn", () => {
    addTo(outboxes, aParcel("first", events(1, 1)));
    addTo(outboxes, aParcel("second", events(1, 1)));
    pass(4_900);
    outboxes.acknowledge("first", 1);
    pass(4_900);
    expect(silences).not.toContain(true);
    pass(200);
    expect(silences.at(-1)).toBe(true);
    expect(named()).toEqual(["first 1", "second 1", "second 1"]);
  });

  test("can go on after the kernel had all of it", () => {
    addTo(outboxes, aParcel("stage", events(1, 1)));
    outboxes.acknowledge("stage", 1);
    addTo(outboxes, aParcel("stage", events(2, 3)));
    pass(BATCH_MS + 1);
    outboxes.acknowledge("stage", 1);
    expect(numbers(outboxes.undelivered)).toEqual([2, 3]);
    outboxes.acknowledge("stage", 3);
    expect(outboxes.undelivered).toEqual([]);
    expect(named()).toEqual(["stage 1", "stage 2,3"]);
  });

  test("can come again after the kernel had all of it, and hangs no more than the first time", async () => {
    const log = answering();
    addTo(outboxes, aParcel("stage", events(1, 2)));
    await vi.advanceTimersByTimeAsync(100);
    addTo(outboxes, aParcel("stage", events(1, 3)));
    await vi.advanceTimersByTimeAsync(100);
    expect(lines(log)).toEqual(["stage 1", "stage 2", "stage 3"]);
    expect(outboxes.undelivered).toEqual([]);
  });

  test.each([
    ["event", { n: 2, at: 2, kind: "event" }],
    ["overflow", { n: 2, at: 2, kind: "overflow" }],
    ["something", { n: 2, at: 2, kind: "something" }],
  ])("is counted where the kernel cannot read it (%s), and holds up nothing", async (_, entry) => {
    const log = answering();
    addTo(outboxes, aParcel("stage", [event(1), entry as Entry, event(3)]));
    addTo(outboxes, aParcel("next", events(1, 1)));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines(log)).toEqual(["stage 1", "stage 2", "stage 3", "next 1"]);
    expect(log[1]?.entry).toEqual(overflow(2, 1));
    expect(outboxes.undelivered).toEqual([]);
  });
});

describe("what the page itself saw", () => {
  test("is sent at once, and nothing waits for it", () => {
    addTo(outboxes, aParcel("page.2", events(1, 1)));
    addTo(outboxes, aParcel("stage", events(1, 1)));
    expect(named()).toEqual(["page.2 1", "stage 1"]);
  });

  test("goes with the page: it is not kept", () => {
    expect(addTo(outboxes, aParcel("page.1", events(1, 1)))).toBe(true);
    expect(sessionStorage).toHaveLength(0);
  });
});

describe("what an earlier document of the tab could not deliver", () => {
  const leave = () => {
    const before = open("before");
    addTo(before, aParcel("old", [event(1, 10), event(2, 20)], 3));
    addTo(before, aParcel("newer", [event(1, 30)], 4));
    addTo(before, aParcel("old", [event(3, 25)], 3));
    before.close(true);
    sent = [];
  };

  test("is sent first and in its order, under its old load and lease", () => {
    leave();
    outboxes.restore();
    addTo(outboxes, aParcel("now", events(1, 1), 5));
    pass(BATCH_MS + 1);
    expect(named().join()).toBe("old 1,2,old 3");
    outboxes.acknowledge("old", 3);
    pass(BATCH_MS + 1);
    outboxes.acknowledge("newer", 1);
    expect(named().slice(2)).toEqual(["newer 1", "now 1"]);
    expect(sent.map(({ lease }) => lease)).toEqual([3, 3, 4, 5]);
    outboxes.acknowledge("now", 1);
    expect(sessionStorage).toHaveLength(0);
  });

  test("is not looked for before it is asked for, and stays where it is", () => {
    leave();
    outboxes.acknowledge("old", 3);
    pass(60_000);
    expect(sent).toEqual([]);
    expect(kept()).toHaveLength(3);
  });

  test("is known again where the stage had kept it, too", () => {
    leave();
    outboxes.restore();
    addTo(outboxes, aParcel("old", [event(1, 10), event(2, 20), event(3, 25)], 3));
    pass(100);
    outboxes.acknowledge("old", 3);
    pass(100);
    expect(named().at(-1)).toBe("newer 1");
    expect(kept().map(({ load }) => load)).toEqual(["newer"]);
  });

  test("is all delivered, with no number missing, where the clock was set back meanwhile", async () => {
    const before = new Keep("outbox", "key");
    before.put(aParcel("old", [event(1, 2_000), event(2, 2_001)]));
    before.put(aParcel("old", [event(3, 1_000), event(4, 1_001)]));
    const log = answering();
    outboxes.restore();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines(log)).toEqual(["old 1", "old 2", "old 3", "old 4"]);
    expect(log.map(({ entry }) => entry.kind)).not.toContain("overflow");
  });

  test.each([[[]], [[null]], [[{ ...event(1), n: "1" }]], [[{ ...event(1), n: 0 }]]])(
    "holds up nothing where somebody wrote %j over it",
    async (entries) => {
      const parcel = { ...aParcel("old", events(1, 2)), entries };
      sessionStorage.setItem("owidget_jupyter.outbox.key.old.1", JSON.stringify(parcel));
      const log = answering();
      outboxes.restore();
      addTo(outboxes, aParcel("stage", events(1, 1)));
      await vi.advanceTimersByTimeAsync(1_000);
      expect(lines(log)).toEqual(["stage 1"]);
    },
  );
});

describe("beyond its room", () => {
  test("a count is kept in the place of its former self, and goes when it was delivered", () => {
    addTo(outboxes, aParcel("stage", events(1, CAPACITY)));
    for (const n of [1, 2, 3]) addTo(outboxes, aParcel("stage", [event(CAPACITY + n, 7)]));
    const count = overflow(CAPACITY + 1, 3, 7);
    expect(keptEntries()).toEqual([...events(1, CAPACITY), count]);
    outboxes.acknowledge("stage", CAPACITY + 2);
    expect(kept()).toEqual([aParcel("stage", [count])]);
    outboxes.acknowledge("stage", CAPACITY + 3);
    expect(sessionStorage).toHaveLength(0);
  });

  test("what still found room is kept beside the count", () => {
    addTo(outboxes, aParcel("stage", events(1, CAPACITY - 1)));
    addTo(outboxes, aParcel("stage", events(CAPACITY, CAPACITY + 2)));
    expect(keptEntries()).toEqual([...events(1, CAPACITY), overflow(CAPACITY + 1, 2)]);
  });
});

test("undelivered is what belongs into the log, of all loads, until the kernel has it", () => {
  const state = { n: 1, at: 0, kind: "state", state: "ready", failure: null } as const;
  addTo(outboxes, aParcel("stage", [state, event(2), { n: 3, at: 0, kind: "status", code: 1 }]));
  addTo(
    outboxes,
    aParcel("next", [overflow(1, 4), { n: 5, at: 0, kind: "problem", where: "", message: "" }]),
  );
  expect(outboxes.undelivered.map(({ kind }) => kind)).toEqual(["event", "status", "overflow"]);
  outboxes.acknowledge("stage", 2);
  expect(outboxes.undelivered.map(({ kind }) => kind)).toEqual(["status", "overflow"]);
});

describe("at the end", () => {
  const full = () => {
    new Keep("stage", "key").put(aParcel("the stage's own", events(1, 1)));
    new Keep("outbox", "key").put(aParcel("old", events(1, 1)));
    outboxes.restore();
    addTo(outboxes, aParcel("stage", events(1, 1)));
    sent = [];
  };
  const lastWords = aParcel("stage", events(2, 3));
  const loads = (parcels: Parcel[]) => parcels.map(({ load }) => load);

  test.each([
    ["stays for a later one while the model is alive", true, ["old", "stage"]],
    ["is forgotten with the model", false, []],
  ])("of this page nothing is sent any more, and what it kept %s", (_, modelLives, still) => {
    full();
    outboxes.close(modelLives);
    pass(600_000);
    outboxes.acknowledge("old", 0);
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    expect(outboxes.undelivered).toEqual([]);
    expect(loads(kept())).toEqual(still);
    expect(loads(new Keep("stage", "key").leftovers())).toEqual(["the stage's own"]);
  });

  test("of this page a stage's last words are only kept, for a later one", () => {
    full();
    outboxes.close(true);
    expect(addTo(outboxes, lastWords)).toBe(true);
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    expect(outboxes.undelivered).toEqual([]);
    expect(kept()).toContainEqual(lastWords);
    const after = open("after");
    after.restore();
    pass(100);
    after.acknowledge("old", 1);
    pass(100);
    expect(named()).toEqual(["old 1", "stage 1,2,3"]);
  });

  test("of this page and its model a stage's last words go, too", () => {
    full();
    outboxes.close(false);
    expect(addTo(outboxes, lastWords)).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
    expect(kept()).toEqual([]);
  });

  test("of the model nothing is sent any more, but all can still be had here", () => {
    full();
    outboxes.halt();
    expect(addTo(outboxes, lastWords)).toBe(true);
    pass(600_000);
    outboxes.acknowledge("old", 0);
    expect(sent).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    expect(numbers(outboxes.undelivered)).toEqual([1, 1, 2, 3]);
  });

  test("of a page after that of its model nothing is kept: nobody will take it", () => {
    full();
    outboxes.halt();
    outboxes.close(true);
    expect(addTo(outboxes, lastWords)).toBe(false);
    expect(outboxes.undelivered).toEqual([]);
    expect(kept()).toEqual([]);
  });
});
