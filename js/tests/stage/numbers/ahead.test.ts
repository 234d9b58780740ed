import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Ahead } from "../../../src/stage/numbers/ahead";

let asked: [number: string, submitted: boolean][];
let ahead: Ahead;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  ahead = new Ahead(1, (...question) => asked.push(question));
});
afterEach(() => void vi.useRealTimers());

const typed = () => asked.map(([number]) => number);
const hear = (id: number, number: string | null, { given = true, version = 1 } = {}) =>
  ahead.heard({ id, version, given, number });
const type = (...texts: string[]) => {
  for (const text of texts) ahead.typed(text);
};

describe("what is typed", () => {
  test.each(["7776", "777 666 555", "+420 777 666 555", "(0) 777-666.555/1", "777\u00a0666"])(
    "%j is asked ahead",
    (text) => {
      type(text);
      expect(asked).toEqual([[text, false]]);
    },
  );

  test.each(["", "777", "+", "call me", "777 666 555 (mobil)", "７７７６６６", "1".repeat(21)])(
    "%j is not",
    (text) => {
      type(text);
      expect(asked).toEqual([]);
    },
  );

  test("is asked once, whether its answer is there or under way", () => {
    type("7776", "7776");
    hear(1, null);
    type("7776");
    expect(asked).toHaveLength(1);
  });

  test("is asked as it comes while few are under way; then only the last one is", () => {
    type("1111", "2222", "3333", "4444", "5555");
    expect(typed()).toEqual(["1111", "2222", "3333"]);
    hear(1, null);
    expect(typed()).toEqual(["1111", "2222", "3333", "5555"]);
    hear(2, null);
    expect(typed()).toHaveLength(4);
  });

  test("is asked although earlier questions were lost with the connection", () => {
    type("1111", "2222", "3333");
    vi.advanceTimersByTime(3_001);
    type("4444");
    expect(typed()).toEqual(["1111", "2222", "3333", "4444"]);
  });
});

describe("an answer", () => {
  test("is there from then on, without another question", () => {
    type("777 666");
    hear(1, "+420 777 666");
    expect(ahead.look("777 666")).toMatchObject({ given: true, number: "+420 777 666" });
    expect(ahead.look("777 666")).toMatchObject({ given: true, number: "+420 777 666" });
    expect(asked).toHaveLength(1);
  });

  test("that is null is one", () => {
    type("777 666");
    hear(1, null);
    expect(ahead.look("777 666")).toMatchObject({ given: true, number: null });
    expect(asked).toHaveLength(1);
  });

  test("that is not there yet is asked for real, and there the next time", () => {
    expect(ahead.look("777 666")).toBeNull();
    expect(asked).toEqual([["777 666", true]]);
    hear(1, "+420 777 666");
    expect(ahead.look("777 666")).toMatchObject({ number: "+420 777 666" });
  });

  test("that the function did not have is asked for real, so that its failure is told", () => {
    type("777 666");
    hear(1, null, { given: false });
    expect(ahead.look("777 666")).toMatchObject({ given: false });
    expect(asked).toEqual([
      ["777 666", false],
      ["777 666", true],
    ]);
    hear(2, "+420 777 666");
    expect(ahead.look("777 666")).toMatchObject({ given: true });
  });

  test("of another function is not heeded", () => {
    type("777 666");
    hear(1, "+420 777 666", { version: 2 });
    expect(ahead.look("777 666")).toBeNull();
  });

  test("to no question of this function's is not heeded", () => {
    hear(1, "+420 777 666");
    type("777 666");
    hear(7, "+420 777 666");
    expect(ahead.look("777 666")).toBeNull();
  });

  const typeMany = (many: number) => {
    for (let i = 0; i < many; i++) {
      type(`${1000 + i}`);
      hear(asked.length, null);
    }
  };

  test("is forgotten once two hundred newer ones are there", () => {
    typeMany(201);
    expect(ahead.look("1001")).not.toBeNull();
    expect(ahead.look("1000")).toBeNull();
  });

  test.each(["typed", "not"])("to a number that was entered outlives half ones (%s)", (how) => {
    if (how === "typed") type("777 666");
    else ahead.look("777 666");
    hear(1, "+420 777 666");
    expect(ahead.look("777 666")).not.toBeNull();
    typeMany(201);
    expect(ahead.look("777 666")).toMatchObject({ number: "+420 777 666" });
  });
});
