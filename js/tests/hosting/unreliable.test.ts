import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Outbox } from "../../src/hosting/outbox";
import { Outboxes } from "../../src/hosting/outboxes";
import { type Entry, lastNumber, type Parcel } from "../../src/wire";
import { dice } from "../dice";
import { event, events } from "../parcels";
import { Inbox, Wire } from "./unreliable";

const SEEDS = Array.from({ length: 15 }, (_, i) => i + 1);

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
  sessionStorage.clear();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);

/** An outbox and a kernel, with a bad connection between them. */
function connected(random: () => number, inbox: Inbox) {
  const wire = new Wire(random);
  const counts = { overflows: 0 };
  const outbox: Outbox = new Outbox({
    send: (entries) => {
      const sent = structuredClone(entries);
      counts.overflows += sent.filter(({ kind }) => kind === "overflow").length;
      wire.carry(() => {
        const upto = inbox.accept({ load: "load", entries: sent });
        wire.carry(() => outbox.acknowledge(upto));
      });
    },
    silent: () => {},
    mayGo: () => true,
  });
  const settle = () => {
    wire.bad = false;
    pass(200_000);
  };
  return { outbox, settle, counts };
}

describe.each(SEEDS)("over a bad connection, seed %i,", (seed) => {
  test("everything arrives once, in order, and nothing is counted as lost", () => {
    const random = dice(seed);
    const inbox = new Inbox();
    const { outbox, settle, counts } = connected(random, inbox);
    let n = 0;
    for (let burst = 0; burst < 12; burst++) {
      const size = 1 + Math.floor(random() ** 3 * 700);
      outbox.add(events(n + 1, n + size));
      n += size;
      pass(random() * 12_000);
    }
    settle();
    expect(outbox.entries).toEqual([]);
    expect(inbox.log.map(({ entry }) => entry)).toEqual(events(1, n));
    expect(counts.overflows).toBe(0);
  });

  test("of what an earlier document left, all arrives, and what was lost with it is counted", () => {
    const random = dice(seed);
    const has = Math.floor(random() * 40);
    const inbox = new Inbox({ load: has });
    const { outbox, settle } = connected(random, inbox);
    const left = events(1, 100).filter(({ n }) => n > 60 || Math.floor(n / 7) % 2 === seed % 2);
    outbox.add(left);
    pass(random() * 12_000);
    outbox.add(events(101, 110));
    settle();
    expect(outbox.entries).toEqual([]);
    const log = inbox.log.map(({ entry }) => entry);
    const gaps = log.filter(({ kind }) => kind === "overflow");
    expect(log.filter(({ kind }) => kind === "event")).toEqual(
      [...left, ...events(101, 110)].filter(({ n }) => n > has),
    );
    const counted = gaps.flatMap((gap) => events(gap.n, lastNumber(gap)).map(({ n }) => n));
    const kept = new Set(left.map(({ n }) => n));
    expect(counted).toEqual(
      events(has + 1, 100)
        .map(({ n }) => n)
        .filter((n) => !kept.has(n)),
    );
  });

  test("stages and reloads of the page follow one another in the log as they did here", () => {
    const random = dice(seed);
    const inbox = new Inbox();
    const wire = new Wire(random);
    const openPage = (name: string) => {
      const opened = new Outboxes(name, "key", {
        send: (parcel) => {
          const sent: Parcel = structuredClone(parcel);
          wire.carry(() => {
            const upto = inbox.accept(sent);
            wire.carry(() => page.acknowledge(sent.load, upto));
          });
        },
        silent: () => {},
      });
      opened.restore();
      return opened;
    };
    let page = openPage("page");
    const seen: { load: string; entry: Entry }[] = [];
    let n = 0;
    const see = (stage: number) => {
      const entries = Array.from({ length: 1 + Math.floor(random() * 30) }, () => {
        n += 1;
        pass(1);
        return event(n, Date.now());
      });
      const load = `stage ${stage}`;
      page.add({ load, frontend: "page", lease: stage, entries }, (whole) => {
        expect(whole).toBe(true);
      });
      seen.push(...entries.map((entry) => ({ load, entry })));
    };
    for (let stage = 0; stage < 6; stage++) {
      if (random() < 0.5) {
        page.close(true);
        // What the last one says on its way out comes behind that.
        if (stage > 0) see(stage - 1);
        page = openPage(`page ${stage}`);
      }
      n = 0;
      for (let go = 0; go < 4; go++) {
        see(stage);
        pass(random() * 6_000);
      }
    }
    wire.bad = false;
    pass(600_000);
    expect(inbox.log).toEqual(seen);
    expect(page.undelivered).toEqual([]);
    expect(sessionStorage, "nothing is kept that the kernel has").toHaveLength(0);
  });
});
