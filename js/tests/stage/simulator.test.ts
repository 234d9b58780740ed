import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Reporter } from "../../src/reporter";
import {
  CONTROL,
  type Control,
  type News,
  SIMULATION,
  type Simulation,
} from "../../src/simulation";
import { Conductor } from "../../src/stage/conductor";
import type { ScriptOutcome, Vendor } from "../../src/stage/vendor";
import * as vendorModule from "../../src/stage/vendor";
import { simulation } from "../simulation";
import { entriesOf, type Seen, startOrders, states, VendorDouble } from "./scene";

const page = window as unknown as { [SIMULATION]?: Promise<Simulation>; [CONTROL]?: Control };

let seen: Seen;
let conductor: Conductor;
let script: ScriptOutcome;
let vendor: VendorDouble;
let done: string[];
let tell: (news: News) => void;

beforeEach(() => {
  vi.useFakeTimers();
  seen = [];
  done = [];
  tell = () => {
    throw new Error("nobody listens");
  };
  vendor = new VendorDouble();
  conductor = new Conductor(new Reporter((entries) => void seen.push(...entries)), () => {});
  vi.spyOn(vendorModule, "insertScript").mockImplementation((_, outcome) => {
    script = outcome;
  });
});
afterEach(() => {
  vi.useRealTimers();
  delete page[SIMULATION];
  delete page[CONTROL];
});

/** Takes 100 ms for each action, and fails in a `join`. */
const control: Control = {
  async act(side, action, args) {
    done.push(`${side} ${action} ${args} begins`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    done.push(`${action} ends`);
    if (action === "join") throw new Error("nobody");
    return action;
  },
  listen(listener) {
    tell = listener;
  },
};

const obey = (orders = {}) =>
  conductor.obey(startOrders({ script: null, simulation: simulation(), ...orders }));
const start = (orders = {}) => {
  conductor.loadAhead("the simulator");
  obey(orders);
};
const evaluated = () => {
  page[CONTROL] = control;
  script.loaded();
  script.arrived(vendor as unknown as Vendor);
};
const act = (id: number, side: string, action: string) =>
  conductor.obey({ kind: "act", id, side, action, args: ["x"] });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const results = () => entriesOf(seen, "result").map(({ id, value, error }) => [id, value, error]);

describe("what the simulator is to play", () => {
  test("comes with the orders, for which a script that was loaded ahead of them waits", async () => {
    conductor.loadAhead("the simulator");
    const told = vi.fn();
    void page[SIMULATION]?.then(told);
    await pass(100);
    expect(told).not.toHaveBeenCalled();
    obey();
    await pass(0);
    expect(told).toHaveBeenCalledExactlyOnceWith(simulation());
  });

  test("is there before the script where that has an address", async () => {
    obey({ script: "http://localhost:1/token/widget/OOWidget.js" });
    expect(await page[SIMULATION]).toEqual(simulation());
  });

  test("is nothing to the vendor's script", () => {
    obey({ script: "https://chat.example/widget/OOWidget.js", simulation: null });
    expect(SIMULATION in page).toBe(false);
  });
});

describe("a simulator that does not call back", () => {
  test.each([
    [1, ["loading", "failed"]],
    [0, ["loading"]],
  ])(
    "is, at a speed of %d, seen as %j: where time stands it cannot call back",
    async (speed, seenStates) => {
      start({ simulation: simulation({}, speed) });
      page[CONTROL] = control;
      script.loaded();
      await pass(6_000);
      expect(states(seen)).toEqual(seenStates);
    },
  );
});

describe("what operator and visitor do", () => {
  test("is refused where there is no simulator", async () => {
    obey({ script: "https://chat.example/widget/OOWidget.js", simulation: null });
    script.loaded();
    script.arrived(vendor as unknown as Vendor);
    vendor.status(1);
    act(1, "visitor", "open");
    await pass(0);
    const error = "Error: only the simulator has an operator and a visitor";
    expect(results()).toEqual([[1, null, error]]);
  });

  test("goes to the simulator, one after the other, also after one that failed", async () => {
    start();
    evaluated();
    act(1, "visitor", "open");
    act(2, "visitor", "join");
    await pass(500);
    expect(done, "nobody can act before there is a button").toEqual([]);
    vendor.status(1);
    act(3, "operator", "say");
    act(4, "clock", "step");
    await pass(500);
    expect(results()).toEqual([
      [1, "open", null],
      [2, null, "Error: nobody"],
      [3, "say", null],
      [4, "step", null],
    ]);
    expect(done).toEqual([
      "visitor open x begins",
      "open ends",
      "visitor join x begins",
      "join ends",
      "operator say x begins",
      "say ends",
      "clock step x begins",
      "step ends",
    ]);
  });

  test("is not waited for by the clock that brings the button", async () => {
    start();
    act(1, "visitor", "open");
    act(2, "clock", "step");
    await pass(500);
    expect(done, "nor can it be moved before there is one").toEqual([]);
    evaluated();
    await pass(500);
    expect(results()).toEqual([[2, "step", null]]);
  });
});

describe("what the operator's desk hears", () => {
  const news: News[] = [
    { kind: "queue", waiting: [] },
    { kind: "message", text: "good day" },
  ];

  test("is reported", async () => {
    start();
    evaluated();
    await pass(0);
    for (const one of news) tell(one);
    await pass(0);
    expect(entriesOf(seen, "message").map(({ text }) => text)).toEqual(["good day"]);
    expect(entriesOf(seen, "queue").map(({ waiting }) => waiting)).toEqual([[]]);
  });

  test("is not, of whatever else calls itself one", async () => {
    obey({ script: "https://chat.example/widget/OOWidget.js", simulation: null });
    evaluated();
    await pass(0);
    expect(() => tell(news[0] as News)).toThrow("nobody listens");
  });
});
