import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Reporter } from "../../src/reporter";
import { Conductor } from "../../src/stage/conductor";
import type { Vendor } from "../../src/stage/vendor";
import * as vendorModule from "../../src/stage/vendor";
import {
  entriesOf,
  FUNCTION,
  failure,
  type Seen,
  startOrders,
  states,
  theCode,
  VendorDouble,
} from "./scene";

let seen: Seen;
let conductor: Conductor;
let reporter: Reporter;
let script: vendorModule.ScriptOutcome & { url: string };
let vendor: VendorDouble;

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  vendor = new VendorDouble();
  reporter = new Reporter((entries) => void seen.push(...entries));
  conductor = new Conductor(reporter, () => {});
  vi.spyOn(vendorModule, "insertScript").mockImplementation((url, outcome) => {
    script = { url, ...outcome };
  });
});
afterEach(() => void vi.useRealTimers());

/** What was reported so far. */
const reported = () => {
  reporter.flush();
  return seen;
};
const start = (orders = {}) => conductor.obey(startOrders(orders));
const arrive = (owidget: unknown = vendor) => script.arrived(owidget as Vendor);
const run = (orders = {}) => {
  start(orders);
  arrive();
  script.loaded();
};

describe("from the script to the first status", () => {
  test("the script is loaded from its address, and nothing is called before it arrives", () => {
    start();
    expect(script.url).toBe("https://chat.example/widget/OOWidget.js");
    expect(states(reported())).toEqual(["loading"]);
  });

  test("and not before the stage's own document has loaded", () => {
    const state = vi.spyOn(document, "readyState", "get").mockReturnValue("interactive");
    start();
    expect(vendorModule.insertScript).not.toHaveBeenCalled();
    state.mockReturnValue("complete");
    dispatchEvent(new Event("load"));
    dispatchEvent(new Event("load"));
    expect(vendorModule.insertScript).toHaveBeenCalledOnce();
  });

  test("the setters come before init, and init before connectToServer", () => {
    run({ preset: "P", scope: "s" });
    expect(vendor.names).toEqual([
      "setStatusUpdateCallback",
      "setAppEventCallback",
      "init",
      "connectToServer",
    ]);
    expect(vendor.argsOf("init")).toEqual(["company", "P", null, "s"]);
    expect(vendor.argsOf("connectToServer")).toEqual([]);
    expect(states(reported())).toEqual(["loading", "ready", "connecting"]);
  });

  test.each([false, undefined, 0, ""])("isSupported %j: no method is called", (isSupported) => {
    vendor.isSupported = isSupported;
    run();
    conductor.obey({ kind: "connect" });
    conductor.obey({ kind: "numbers", rules: FUNCTION });
    expect(vendor.names).toEqual([]);
    expect(states(reported())).toEqual(["loading", "unsupported"]);
  });

  test("a call of an unsupported widget is refused and calls nothing", async () => {
    vendor.isSupported = false;
    run();
    conductor.obey({ kind: "call", id: 1, method: "openChat", args: [] });
    await vi.advanceTimersByTimeAsync(20);
    expect(vendor.names).toEqual([]);
    expect(entriesOf(seen, "result")).toMatchObject([{ id: 1, error: expect.any(String) }]);
  });

  test("without autoconnect it is ready and waits for the word", () => {
    run({ connect: false });
    expect(states(reported())).toEqual(["loading", "ready"]);
    conductor.obey({ kind: "connect" });
    conductor.obey({ kind: "connect" });
    expect(states(reported())).toEqual(["loading", "ready", "connecting"]);
    expect(vendor.names.filter((name) => name === "connectToServer")).toHaveLength(1);
  });

  test("a word to connect that comes before the script is carried out when it arrives", () => {
    start({ connect: false });
    conductor.obey({ kind: "connect" });
    arrive();
    expect(vendor.names).toContain("connectToServer");
  });

  test("custom data is told between init and connectToServer", () => {
    run({
      customData: [
        ["name", "Eva"],
        ["vip", true],
      ],
    });
    expect(vendor.calls.slice(2, -1).map(({ name, args }) => [name, ...args])).toEqual([
      ["init", "company"],
      ["addCustomData", "name", "Eva"],
      ["addCustomData", "vip", true],
    ]);
  });

  test("custom data that is refused is a problem and stops nothing", () => {
    Object.assign(vendor, { addCustomData: undefined });
    run({ customData: [["name", "Eva"]] });
    expect(states(reported())).toEqual(["loading", "ready", "connecting"]);
    expect(entriesOf(seen, "problem")).toMatchObject([{ where: "addCustomData" }]);
    expect(JSON.stringify(entriesOf(seen, "problem"))).not.toContain("Eva");
  });

  test("the page's language is set, and reported with the rule that decided", () => {
    run({ htmlLang: "cs" });
    expect(document.documentElement.lang).toBe("cs");
    expect(entriesOf(reported(), "language")).toMatchObject([{ tag: "cs", rule: "page" }]);
  });

  test("no page language leaves the attribute out", () => {
    document.documentElement.lang = "en";
    run({ htmlLang: "" });
    expect(document.documentElement.hasAttribute("lang")).toBe(false);
    expect(entriesOf(reported(), "language")).toMatchObject([
      { tag: navigator.language, rule: "browser" },
    ]);
  });
});

describe("failures are told apart", () => {
  test("a script that cannot be had", () => {
    start();
    script.unreachable(null);
    expect(failure(reported())).toMatchObject({ code: "script_unreachable" });
    expect(failure(seen)?.message).toContain("retry");
  });

  test("a script that a content security policy forbids", () => {
    start();
    script.unreachable("script-src-elem");
    expect(failure(reported())?.code).toBe("script_blocked");
  });

  test("a script that was loaded and does not call back within 5 s", () => {
    start();
    script.loaded();
    vi.advanceTimersByTime(4_999);
    expect(failure(seen)).toBeNull();
    vi.advanceTimersByTime(1);
    reporter.flush();
    expect(failure(seen)).toMatchObject({ code: "script_silent" });
  });

  test("a script that calls back in time is not silent", () => {
    run();
    vi.advanceTimersByTime(60_000);
    expect(failure(seen)).toBeNull();
  });

  test("a script that calls back late recovers", () => {
    start();
    script.loaded();
    vi.advanceTimersByTime(10_000);
    arrive();
    expect(states(reported())).toEqual(["loading", "failed", "ready", "connecting"]);
  });

  test.each(["init", "setStatusUpdateCallback", "setAppEventCallback", "connectToServer"] as const)(
    "%s throws",
    (name) => {
      vendor.throwIn = name;
      run();
      expect(states(reported()).at(-1)).toBe("failed");
      expect(failure(seen)).toMatchObject({ code: "vendor_threw" });
      // What it said may quote what it was given: it goes where Python alone can see it.
      expect(failure(seen)?.message).not.toContain("vendor's own");
      expect(entriesOf(seen, "problem")).toMatchObject([{ message: "Error: vendor's own" }]);
    },
  );

  test("after init threw, nothing more is called", () => {
    vendor.throwIn = "init";
    run();
    conductor.obey({ kind: "connect" });
    expect(vendor.names).not.toContain("connectToServer");
    expect(states(reported()).at(-1)).toBe("failed");
  });

  test("a getter of isSupported that throws", () => {
    Object.defineProperty(vendor, "isSupported", {
      get() {
        throw new Error("vendor's own");
      },
    });
    run();
    expect(failure(reported())).toMatchObject({ code: "vendor_threw" });
    expect(vendor.names).toEqual([]);
  });
});

describe("callbacks", () => {
  test("those called inside connectToServer are reported before it returned", () => {
    vendor.during.connectToServer = () => {
      vendor.status("1");
      vendor.event({ type: "chatWindowOpen" });
    };
    run();
    expect(reported().map(({ kind }) => kind)).toEqual([
      "language",
      "state",
      "state",
      "status",
      "event",
      "state",
    ]);
  });

  test("every status is reported, repeats included, as an integer", () => {
    run();
    for (const code of [1, "1", 1, 0, "2"]) vendor.status(code);
    expect(theCode(reported())).toEqual([1, 1, 1, 0, 2]);
  });

  test.each([3, "online", null, undefined, {}])("the status %j is a problem", (code) => {
    run();
    vendor.status(code);
    expect(theCode(reported())).toEqual([]);
    expect(entriesOf(seen, "problem")).toMatchObject([{ where: "status" }]);
  });

  test("an event is reported by its type and its other members", () => {
    run();
    vendor.event({ type: "chatSessionStarted", id: 1n, hide() {}, type2: "x" });
    expect(entriesOf(reported(), "event")).toMatchObject([
      { type: "chatSessionStarted", detail: { id: "1", type2: "x" } },
    ]);
  });

  test.each([
    ["text", "chatWindowOpen", "chatWindowOpen"],
    ["nothing", undefined, "[no structure]"],
    ["what somebody may have typed", "my number is 777", "[no structure]"],
    ["an object without a type", {}, "undefined"],
    ["a number for a type", { type: 7 }, "7"],
    ["a type without a text", { type: Object.create(null) }, "something that has no text"],
    ["a frozen event", Object.freeze({ type: "x" }), "x"],
  ])("%s is an event too", (_, event, type) => {
    run();
    vendor.event(event);
    expect(entriesOf(reported(), "event")).toMatchObject([{ type }]);
  });

  test("no event makes the callback throw into the vendor's code", () => {
    run();
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const thrower = Object.defineProperty({}, "type", {
      get() {
        throw new Error("no");
      },
    });
    expect(() => [proxy, thrower].forEach((event) => void vendor.event(event))).not.toThrow();
    expect(entriesOf(reported(), "event")).toHaveLength(2);
  });

  test("two hundred events of one tick are all reported in order", () => {
    run();
    for (let i = 0; i < 200; i++) vendor.event({ type: `type ${i}` });
    expect(entriesOf(reported(), "event").map(({ type }) => type)).toEqual(
      Array.from({ length: 200 }, (_, i) => `type ${i}`),
    );
  });
});

describe("a script of our own, loaded ahead of the orders", () => {
  const load = () => conductor.loadAhead("our own");

  test("is loaded once, and nothing is called or said before there are orders", () => {
    load();
    arrive();
    script.loaded();
    expect(vendor.calls).toEqual([]);
    expect(reported()).toEqual([]);
    start({ script: null });
    expect(vendorModule.insertScript).toHaveBeenCalledOnce();
    expect(vendor.names).toContain("connectToServer");
    expect(states(reported())).toEqual(["loading", "ready", "connecting"]);
  });

  test("that could not be loaded has failed once there are orders", () => {
    load();
    script.unreachable(null);
    expect(reported()).toEqual([]);
    start({ script: null });
    expect(failure(reported())?.code).toBe("script_unreachable");
  });

  test("that is late is waited for, as any other is", () => {
    load();
    start({ script: null });
    script.loaded();
    vi.advanceTimersByTime(4_900);
    arrive();
    vi.advanceTimersByTime(60_000);
    expect(states(reported())).toEqual(["loading", "ready", "connecting"]);
  });
});
