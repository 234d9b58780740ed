import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Reporter } from "../../src/reporter";
import { Conductor } from "../../src/stage/conductor";
import * as numbers from "../../src/stage/numbers";
import type { Vendor } from "../../src/stage/vendor";
import * as vendorModule from "../../src/stage/vendor";
import type { Json } from "../../src/wire";
import { entriesOf, type Seen, startOrders, VendorDouble } from "./scene";

const NUMBER_URL = "http://localhost:1/token/number";
const CONTROL = Symbol.for("owidget_jupyter.simulator");

let seen: Seen;
let conductor: Conductor;
let reporter: Reporter;
let arrived: (owidget: Vendor) => void;
let vendor: VendorDouble & { [name: string]: unknown };

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  vendor = new VendorDouble() as typeof vendor;
  reporter = new Reporter((entries) => void seen.push(...entries));
  conductor = new Conductor(reporter);
  vi.spyOn(vendorModule, "insertScript").mockImplementation((_, outcome) => {
    arrived = outcome.arrived;
  });
});
afterEach(() => {
  vi.useRealTimers();
  delete (window as unknown as Record<symbol, unknown>)[CONTROL];
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

describe("what operator and visitor do", () => {
  const act = (id: number, action: string) =>
    conductor.obey({ kind: "act", id, side: "visitor", action, args: ["x"] });

  test("is refused where there is no simulator", async () => {
    run();
    vendor.status(1);
    act(1, "open");
    expect(await outcome()).toEqual([
      { id: 1, value: null, error: "only the simulator has an operator and a visitor" },
    ]);
  });

  test("goes to the simulator, one after the other, also after one that failed", async () => {
    const order: string[] = [];
    const control = {
      act: async (side: string, action: string, args: unknown[]) => {
        order.push(`${side} ${action} ${args} begins`);
        await new Promise((resolve) => setTimeout(resolve, 100));
        order.push(`${action} ends`);
        if (action === "join") throw new Error("nobody");
        return action;
      },
    };
    Object.assign(window, { [CONTROL]: control });
    run({ simulated: true });
    act(1, "open");
    act(2, "join");
    expect(await outcome(500)).toEqual([]);
    expect(order, "nobody can act before there is a button").toEqual([]);
    vendor.status(1);
    act(3, "type");
    expect(await outcome(500)).toEqual([
      { id: 1, value: "open", error: null },
      { id: 2, value: null, error: "Error: nobody" },
      { id: 3, value: "type", error: null },
    ]);
    expect(order).toEqual([
      "visitor open x begins",
      "open ends",
      "visitor join x begins",
      "join ends",
      "visitor type x begins",
      "type ends",
    ]);
  });
});

describe("numbers", () => {
  const sets = () => vendor.names.filter((name) => name === "setCustomNumberNormalization");

  test("without a function in Python the vendor's own normalisation is left alone", () => {
    run({ numberUrl: NUMBER_URL });
    expect(sets()).toEqual([]);
  });

  test("with one the callback is set once, before init", () => {
    run({ numbers: true, numberUrl: NUMBER_URL });
    conductor.obey({ kind: "numbers" });
    expect(sets()).toHaveLength(1);
    expect(vendor.names.indexOf("setCustomNumberNormalization")).toBeLessThan(
      vendor.names.indexOf("init"),
    );
  });

  test("a function that comes later is set then", () => {
    run({ numberUrl: NUMBER_URL });
    conductor.obey({ kind: "numbers" });
    expect(sets()).toHaveLength(1);
  });

  test("a function that comes before the script is set when it arrives", () => {
    start({ numberUrl: NUMBER_URL });
    conductor.obey({ kind: "numbers" });
    arrived(vendor as unknown as Vendor);
    expect(sets()).toHaveLength(1);
  });

  test("without an address to ask it is a problem, and the vendor's own applies", () => {
    run({ numbers: true });
    reporter.flush();
    expect(sets()).toEqual([]);
    expect(entriesOf(seen, "problem")).toMatchObject([{ where: "number normalisation" }]);
  });

  test("the callback answers synchronously what the kernel answers", () => {
    const ask = vi.spyOn(numbers, "askKernel").mockReturnValue("+420 777 666 555");
    run({ numbers: true, numberUrl: NUMBER_URL });
    expect(vendor.number("777 666 555")).toBe("+420 777 666 555");
    expect(ask).toHaveBeenCalledExactlyOnceWith(NUMBER_URL, "777 666 555");
  });

  test("where no answer can be had it is null and a problem without the number", () => {
    vi.spyOn(numbers, "askKernel").mockImplementation(() => {
      throw new Error("the kernel answered 500");
    });
    run({ numbers: true, numberUrl: NUMBER_URL });
    expect(vendor.number("608 123 321")).toBeNull();
    reporter.flush();
    expect(entriesOf(seen, "problem")).toMatchObject([
      { message: expect.stringContaining("the kernel answered 500") },
    ]);
    expect(JSON.stringify(seen)).not.toContain("608");
  });
});
