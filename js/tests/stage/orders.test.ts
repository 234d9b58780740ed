import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Reporter } from "../../src/reporter";
import { Conductor } from "../../src/stage/conductor";
import * as kernel from "../../src/stage/numbers/kernel";
import { COMPILE } from "../../src/stage/numbers/policy";
import type { Vendor } from "../../src/stage/vendor";
import * as vendorModule from "../../src/stage/vendor";
import type { Json, NumbersOfStage, Question } from "../../src/wire";
import { entriesOf, FUNCTION, type Seen, startOrders, VendorDouble } from "./scene";

const NUMBER_URL = "http://localhost:1/token/number";

let seen: Seen;
let conductor: Conductor;
let reporter: Reporter;
let arrived: (owidget: Vendor) => void;
let asked: Question[];
let vendor: VendorDouble & { [name: string]: unknown };

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  asked = [];
  vendor = new VendorDouble() as typeof vendor;
  reporter = new Reporter((entries) => void seen.push(...entries));
  conductor = new Conductor(reporter, (question) => void asked.push(question));
  vi.spyOn(vendorModule, "insertScript").mockImplementation((_, outcome) => {
    arrived = outcome.arrived;
  });
});
afterEach(() => {
  vi.useRealTimers();
  delete (window as unknown as Record<symbol, unknown>)[COMPILE];
});

const withPolicy = (metadata: string): NumbersOfStage => ({
  version: 1,
  asks: false,
  policy: { region: "CZ", regions: null, types: null, code: "", metadata },
});
const start = (orders = {}) => conductor.obey(startOrders(orders));
const run = (orders = {}) => {
  start(orders);
  arrived(vendor as unknown as Vendor);
};
const call = (method: string, ...args: Json[]) =>
  conductor.obey({ kind: "call", id: 7, method, args });
const outcome = async (ms = 20) => {
  await vi.advanceTimersByTimeAsync(ms);
  return entriesOf(seen, "result").map(({ id, value, error }) => ({ id, value, error }));
};

describe("a call by name", () => {
  test("is a method call with its arguments, and its result is JSON", async () => {
    vendor.openChat = vi.fn(function (this: unknown, ...args: unknown[]) {
      return { self: this === vendor, args, f() {} };
    });
    run();
    call("openChat", true, { a: [1] });
    expect(await outcome()).toEqual([
      { id: 7, value: { self: true, args: [true, { a: [1] }] }, error: null },
    ]);
  });

  test("of a method of the object's class works too", async () => {
    class Api extends VendorDouble {
      openChat() {
        return "opened";
      }
    }
    vendor = new Api() as unknown as typeof vendor;
    run();
    call("openChat");
    expect(await outcome()).toMatchObject([{ value: "opened", error: null }]);
  });

  test("awaits a promise", async () => {
    vendor.slow = () => new Promise((resolve) => setTimeout(() => resolve(5), 1_000));
    run();
    call("slow");
    expect(await outcome(500)).toEqual([]);
    expect(await outcome(1_000)).toEqual([{ id: 7, value: 5, error: null }]);
  });

  test.each([
    [
      "throws",
      () => {
        throw new RangeError("no");
      },
      "RangeError: no",
    ],
    ["rejects", () => Promise.reject(new RangeError("no")), "RangeError: no"],
    [
      "throws no error",
      () => {
        throw "text";
      },
      "text",
    ],
  ])("of a method that %s is refused with the reason", async (_, method, error) => {
    vendor.bad = method;
    run();
    call("bad");
    expect(await outcome()).toEqual([{ id: 7, value: null, error }]);
  });

  test("of a promise that never settles is refused after 30 s", async () => {
    vendor.never = () => new Promise(() => {});
    run();
    call("never");
    expect(await outcome(29_000)).toEqual([]);
    expect(await outcome(2_000)).toMatchObject([{ error: "Error: never did not settle in 30 s" }]);
  });

  test.each([
    "toString",
    "constructor",
    "hasOwnProperty",
    "__proto__",
    "__defineGetter__",
    "valueOf",
    "noSuchMethod",
    "isSupported",
  ])("of %s is refused", async (name) => {
    run();
    call(name);
    expect(await outcome()).toEqual([
      { id: 7, value: null, error: `TypeError: the widget has no method ${name}` },
    ]);
  });

  test("before the object has arrived is refused, not lost", async () => {
    start();
    call("openChat");
    expect(await outcome()).toMatchObject([{ id: 7, error: expect.any(String) }]);
  });
});

describe("numbers", () => {
  const sets = () => vendor.names.filter((name) => name === "setCustomNumberNormalization");
  const order = () => conductor.obey({ kind: "numbers", rules: FUNCTION });

  test("without rules from Python the vendor's own normalisation is left alone", () => {
    run({ numberUrl: NUMBER_URL });
    expect(sets()).toEqual([]);
  });

  test("with some the callback is set once, before init", () => {
    run({ numbers: FUNCTION });
    order();
    expect(sets()).toHaveLength(1);
    expect(vendor.names.indexOf("setCustomNumberNormalization")).toBeLessThan(
      vendor.names.indexOf("init"),
    );
  });

  test("rules that come later are set then", () => {
    run();
    order();
    expect(sets()).toHaveLength(1);
  });

  test("rules that come before the script are set when it arrives", () => {
    start();
    order();
    arrived(vendor as unknown as Vendor);
    expect(sets()).toHaveLength(1);
  });

  test("rules that come later answer through the callback that was set", () => {
    const compile = vi.fn((metadata: string) => () => `+420 ${metadata}`);
    Object.assign(window, { [COMPILE]: compile });
    run({ numbers: withPolicy("111") });
    expect(vendor.number("777 666 555")).toBe("+420 111");
    conductor.obey({ kind: "numbers", rules: withPolicy("222") });
    expect(vendor.number("777 666 555")).toBe("+420 222");
  });

  test("rules that cannot be set are a problem, and those before stand", () => {
    Object.assign(window, { [COMPILE]: () => () => "+420 111" });
    run({ numbers: withPolicy("111") });
    Object.assign(window, { [COMPILE]: JSON.parse });
    conductor.obey({ kind: "numbers", rules: withPolicy("no JSON") });
    expect(vendor.number("777 666 555")).toBe("+420 111");
    reporter.flush();
    expect(entriesOf(seen, "problem")).toMatchObject([
      { where: "number normalisation", message: expect.stringContaining("could not be set") },
    ]);
  });

  test("the kernel is asked at its address, and its answer is the answer", () => {
    const ask = vi.spyOn(kernel, "askKernel");
    ask.mockReturnValue({ given: true, number: "+420 777 666 555" });
    run({ numbers: FUNCTION, numberUrl: NUMBER_URL });
    expect(vendor.number("777 666 555")).toBe("+420 777 666 555");
    expect(ask).toHaveBeenCalledExactlyOnceWith(NUMBER_URL, "777 666 555");
    expect(asked).toEqual([]);
  });

  test("without an address a question is asked, and its answer heard", () => {
    run({ numbers: FUNCTION });
    expect(vendor.number("777 666 555")).toBeNull();
    expect(asked).toEqual([{ id: 1, number: "777 666 555", submitted: true }]);
    const number = "+420 777 666 555";
    conductor.obey({ kind: "answer", id: 1, version: 1, given: true, number });
    expect(vendor.number("777 666 555")).toBe(number);
  });
});
