import { expect, describe as group, test } from "vitest";
import { DETAIL_BYTES, describe, toJson } from "../../src/stage/json";

const throwing = (name: string) =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get() {
      throw new RangeError("no");
    },
  });

group("a vendor's structure as JSON", () => {
  test.each([
    ["text", "č", "č"],
    ["a number", 1.5, 1.5],
    ["a flag", false, false],
    ["null", null, null],
    ["undefined", undefined, null],
    ["a function", () => 1, null],
    ["a symbol", Symbol("s"), null],
    ["BigInt", 2n ** 70n, "1180591620717411303424"],
    ["NaN", Number.NaN, "NaN"],
    ["infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["a date", new Date(Date.UTC(2024, 1, 29)), "2024-02-29T00:00:00.000Z"],
    ["an invalid date", new Date(Number.NaN), "[invalid date]"],
    ["an error", new TypeError("no"), { name: "TypeError", message: "no" }],
    ["an empty list", [], []],
    ["an empty object", {}, {}],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ])("%s", (_, given, expected) => {
    expect(toJson(given)).toEqual(expected);
    expect(toJson({ member: given })).toEqual(
      ["undefined", "function", "symbol"].includes(typeof given) ? {} : { member: expected },
    );
  });

  test("functions, symbols and undefined members are dropped, in lists they are null", () => {
    expect(toJson({ a: () => 1, b: undefined, c: Symbol("s"), d: 1 })).toEqual({ d: 1 });
    expect(toJson([() => 1, undefined, 1])).toEqual([null, null, 1]);
  });

  test("the named member is left out of the outermost object only", () => {
    expect(toJson({ type: "x", a: { type: "y" } }, "type")).toEqual({ a: { type: "y" } });
  });

  test("a cycle is marked where it closes", () => {
    const owner: Record<string, unknown> = { a: 1 };
    owner.self = owner;
    owner.list = [owner];
    expect(toJson(owner)).toEqual({ a: 1, self: "[cycle]", list: ["[cycle]"] });
  });

  test("the same object in two places is no cycle", () => {
    const shared = { a: 1 };
    expect(toJson({ one: shared, two: [shared, shared] })).toEqual({
      one: { a: 1 },
      two: [{ a: 1 }, { a: 1 }],
    });
  });

  test("DOM nodes are marked", () => {
    expect(toJson({ target: document.createElement("b"), page: document })).toEqual({
      target: "[node B]",
      page: "[node #document]",
    });
  });

  test("a getter that throws is marked, and the others are kept", () => {
    expect(toJson(Object.assign(throwing("bad"), { good: 1 }))).toEqual({
      bad: "[threw RangeError: no]",
      good: 1,
    });
  });

  test.each([
    [
      "a revoked proxy",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
    [
      "a proxy that refuses its keys",
      () =>
        new Proxy(
          {},
          {
            ownKeys() {
              throw new Error("no");
            },
          },
        ),
    ],
    ["a date that is none", () => Object.create(Date.prototype)],
    ["a node that is none", () => Object.create(Node.prototype)],
  ])("%s is marked instead of throwing", (_, make) => {
    expect(typeof toJson(make())).toBe("string");
    expect(toJson({ bad: make(), good: 1 })).toMatchObject({ good: 1 });
  });

  test("members called __proto__ and constructor are members, and no prototype is touched", () => {
    const copy = toJson(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":1},"constructor":2}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("inherited members are no members", () => {
    expect(toJson(Object.create({ inherited: 1 }, {}))).toEqual({});
  });

  test("what is too deep is marked", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 10_000; i++) deep = { deep };
    expect(JSON.stringify(toJson(deep))).toContain("[too deep]");
  });

  test("a structure without an end takes a bounded time", () => {
    const endless = new Proxy([], { get: (_, key) => (key === "length" ? 2 ** 32 - 1 : [1]) });
    expect(toJson([Array(2 ** 32 - 1), endless])).toBeDefined();
    const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`k${i}`, 0]));
    expect(toJson(wide)).toMatchObject({ truncated: true });
  });

  test("up to the limit it is whole, above it its beginning and its size", () => {
    const fits = "x".repeat(DETAIL_BYTES - 2);
    expect(toJson(fits)).toBe(fits);
    const cut = toJson({ text: "x".repeat(DETAIL_BYTES) });
    expect(cut).toMatchObject({ truncated: true, bytes: DETAIL_BYTES + '{"text":""}'.length });
    expect((cut as { text: string }).text.startsWith('{"text":"xxx')).toBe(true);
    expect(JSON.stringify(cut).length).toBeLessThan(DETAIL_BYTES);
  });

  test("the limit counts bytes, not characters", () => {
    expect(toJson("č".repeat(DETAIL_BYTES / 2))).toMatchObject({ truncated: true });
  });

  test("all of it survives the way through a port and through JSON", () => {
    const given = { f() {}, big: 1n, date: new Date(0), list: [undefined], __proto__: null };
    const copy = toJson(given);
    expect(JSON.parse(JSON.stringify(structuredClone(copy)))).toEqual(copy);
  });
});

group("what was thrown, as a line", () => {
  test.each([
    [new TypeError("no"), "TypeError: no"],
    ["text", "text"],
    [undefined, "undefined"],
    [null, "null"],
    [7n, "7"],
    [Symbol("s"), "Symbol(s)"],
  ])("%s", (thrown, text) => {
    expect(describe(thrown)).toBe(text);
  });

  test("what has no text does not throw", () => {
    expect(describe(Object.create(null))).toBe("something that has no text");
    expect(
      describe({
        toString() {
          throw new Error();
        },
      }),
    ).toBe("something that has no text");
  });
});
