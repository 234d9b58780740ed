import { beforeEach, describe, expect, test, vi } from "vitest";
import { Gate } from "../../src/hosting/gate";
import { aParcel, event, events, overflow } from "../parcels";

let gate: Gate;
let lease: number | null;
beforeEach(() => {
  lease = 2;
  gate = new Gate("page", () => lease);
});

const says = (parcel: object) => gate.objection({ kind: "entries", ...parcel });
const own = (from: number, to = from, load = "now") => says(aParcel(load, events(from, to), 2));
const entry = (fields: object) =>
  says({ ...aParcel("now", [], 2), entries: [{ n: 1, at: 1, ...fields }] });

test("what a stage says in its life is heeded", () => {
  lease = null;
  expect(gate.objection({ kind: "booted" })).toBeNull();
  expect(gate.objection({ kind: "leave", back: true })).toBeNull();
  lease = 2;
  expect(says(aParcel("old", [event(7), overflow(8, 3)], 1))).toBeNull();
  expect(says({ ...aParcel("older", [event(1)], 2), frontend: "the page before" })).toBeNull();
  expect(own(1, 3)).toBeNull();
  expect(gate.objection({ kind: "ask", id: 1, number: "777", submitted: true })).toBeNull();
  expect(gate.objection({ kind: "stored", changes: [["local", "a", null]] })).toBeNull();
  expect(gate.objection({ kind: "examined", script: null })).toBeNull();
  // A gap is none of its business: the outbox counts what is missing.
  expect(own(9)).toBeNull();
});

describe("entries are dropped", () => {
  test("under the page's own name", () => {
    expect(own(1, 1, "page.2")).toContain("the page");
  });

  test("from another document than the one that spoke first", () => {
    expect(own(1)).toBeNull();
    expect(own(2, 2, "other")).toContain("another document");
    expect(own(2)).toBeNull();
  });

  test.each([
    ["another page's", { frontend: "other" }],
    ["another lease's", { lease: 1 }],
    ["a later lease's", { lease: 3 }],
  ])("as %s, once the stage has spoken for itself", (_, from) => {
    expect(own(1)).toBeNull();
    expect(says({ ...aParcel("old", [event(1)], 2), ...from })).toContain("another page or stage");
  });

  test.each([
    ["used before", 2, 2],
    ["in part used before", 2, 5],
  ])("with numbers that were %s", (_, from, to) => {
    expect(own(1, 3)).toBeNull();
    expect(own(from, to)).toContain("used before");
    expect(own(4)).toBeNull();
  });

  test("with one number twice, and none of them counts", () => {
    expect(says(aParcel("now", [event(1), event(1)], 2))).toContain("used before");
    expect(own(1)).toBeNull();
  });

  test.each([
    ["what is the page's to say", { kind: "isolation", isolation: "opaque", why: "so" }],
    ["a state of the page's", { kind: "state", state: "asking", failure: null }],
    ["no kind", {}],
    ["no number", { kind: "event", n: "1" }],
    ["a number below one", { kind: "event", n: 0 }],
    ["a number beyond count", { kind: "event", n: 2 ** 53 }],
    ["an end beyond count", { kind: "overflow", dropped: 2 ** 54 }],
    ["more than a stage would send", { kind: "event", type: "t", detail: "x".repeat(100_000) }],
    ["what has no JSON", { kind: "event", type: "t", detail: 1n }],
  ])("with %s", (_, fields) => {
    expect(entry(fields)).toContain("malformed or too large");
  });

  test("that hold themselves", () => {
    const detail: Record<string, unknown> = {};
    detail.self = detail;
    expect(entry({ kind: "event", type: "t", detail })).toContain("malformed or too large");
  });

  test.each([
    ["no entries", { entries: [] }],
    ["a list that is none", { entries: { length: 1 } }],
    ["nothing for an entry", { entries: [null] }],
    ["an endless name", { load: "x".repeat(101) }],
    ["no page", { frontend: null }],
    ["half a lease", { lease: 1.5 }],
  ])("with %s", (_, fields) => {
    expect(says({ ...aParcel("now", [event(1)], 2), ...fields })).toContain("malformed");
  });
});

test.each([
  ["nothing", null],
  ["a text", "entries"],
  ["no kind", {}],
  ["another kind", { kind: "batch" }],
  ["a question without id", { kind: "ask", id: "1", number: "777", submitted: true }],
  ["a question about a novel", { kind: "ask", id: 1, number: "7".repeat(1_001), submitted: true }],
  ["a question of neither kind", { kind: "ask", id: 1, number: "777" }],
  ["endless findings", { kind: "examined", script: "x".repeat(100_000) }],
  ["nothing to store", { kind: "stored" }],
  ["an unknown store", { kind: "stored", changes: [["page", "a", "b"]] }],
  ["a number to store", { kind: "stored", changes: [["local", "a", 1]] }],
  ["half an item", { kind: "stored", changes: [["local", "a"]] }],
  ["too much to store", { kind: "stored", changes: [["local", "a", "x".repeat(4_000_000)]] }],
])("%s is dropped", (_, message) => {
  expect(gate.objection(message)).not.toBeNull();
});

test("no more is asked in a second than can be answered", () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const ask = (id: number) => gate.objection({ kind: "ask", id, number: "777", submitted: true });
  for (let id = 1; id <= 50; id++) expect(ask(id)).toBeNull();
  expect(ask(51)).toContain("more questions");
  clock.mockReturnValue(1_001);
  expect(ask(52)).toBeNull();
  clock.mockRestore();
});
