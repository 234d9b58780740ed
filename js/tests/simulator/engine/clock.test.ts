import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Clock } from "../../../src/simulator/clock.js";

let clock: Clock;
let done: string[];

beforeEach(() => {
  vi.useFakeTimers();
  clock = new Clock();
  done = [];
});
afterEach(() => {
  vi.useRealTimers();
});

/** Notes its name, and the time that it was for. */
const note = (name: string) => () => void done.push(`${name} ${clock.now()}`);
const plan = (name: string, ms: number) => clock.after(ms, note(name));
const pass = (ms: number) => vi.advanceTimersByTime(ms);

describe("a clock that stands", () => {
  it("stands from the beginning", () => {
    plan("later", 1);
    pass(60_000);
    expect(clock.now()).toBe(0);
    expect(done).toEqual([]);
  });

  it("runs what is due now, but not within the call", () => {
    plan("now", 0);
    expect(done).toEqual([]);
    pass(0);
    expect(done).toEqual(["now 0"]);
  });

  it("moves by steps, to the very millisecond", () => {
    plan("a", 100);
    clock.step(99);
    expect(done).toEqual([]);
    expect(clock.now()).toBe(99);
    clock.step(1);
    expect(done).toEqual(["a 100"]);
  });

  it("has what falls due on the way of a step run in order of time, then of registration", () => {
    plan("d", 30);
    plan("a", 10);
    plan("b", 20);
    plan("c", 20);
    clock.step(25);
    expect(done).toEqual(["a 10", "b 20", "c 20"]);
    expect(clock.now()).toBe(25);
  });

  it("runs what a task of the step asks for, if that falls into the step", () => {
    clock.after(10, () => {
      note("first")();
      plan("second", 5);
      plan("too late", 50);
    });
    plan("between", 12);
    clock.step(20);
    expect(done).toEqual(["first 10", "between 12", "second 15"]);
  });

  it("steps to the next time at which something is due, and does all of that", () => {
    plan("b", 500);
    clock.after(500, () => void plan("at once", 0));
    plan("c", 501);
    clock.step(null);
    expect(done).toEqual(["b 500", "at once 500"]);
    clock.step(null);
    expect(done.at(-1)).toBe("c 501");
  });

  it("does not count what is due anyway as a step", () => {
    plan("now", 0);
    plan("next", 7);
    clock.step(null);
    expect(done).toEqual(["now 0", "next 7"]);
  });

  it("has nothing to step to where nothing is due", () => {
    clock.step(5);
    clock.step(null);
    expect(clock.now()).toBe(5);
  });

  it("runs nothing that was called off, before or by a task of the same time", () => {
    const cancel = plan("before", 10);
    let other = (): void => {};
    clock.after(10, () => other());
    other = plan("by another", 10);
    cancel();
    cancel();
    clock.step(10);
    expect(done).toEqual([]);
  });
});

describe("a clock that runs", () => {
  it("keeps real time", () => {
    clock.speed = 1;
    plan("a", 1000);
    pass(999);
    expect(done).toEqual([]);
    pass(1);
    expect(done).toEqual(["a 1000"]);
    expect(clock.now()).toBe(1000);
  });

  it.each([
    [10, 100],
    [0.5, 2000],
    [3, 334],
  ])("takes, at %d times the speed, %d ms for a second", (speed, ms) => {
    clock.speed = speed;
    plan("a", 1000);
    pass(ms - 1);
    expect(done).toEqual([]);
    pass(1);
    expect(done).toEqual(["a 1000"]);
  });

  it("does not drift: a task's time is the one that it was for", () => {
    clock.speed = 7;
    const again = (left: number): void => {
      note("tick")();
      if (left > 0) clock.after(100, () => again(left - 1));
    };
    clock.after(100, () => again(3));
    pass(60);
    expect(done).toEqual(["tick 100", "tick 200", "tick 300", "tick 400"]);
  });

  it("catches up, in order, when the browser was late", () => {
    clock.speed = 1;
    plan("b", 20);
    clock.after(10, () => void plan("of a", 5));
    plan("c", 1000);
    const now = performance.now() + 500;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    pass(10);
    expect(done).toEqual(["of a 15", "b 20"]);
    expect(clock.now()).toBe(500);
  });

  it("waits for longer than a browser can", () => {
    const days = 30 * 24 * 60 * 60 * 1000;
    clock.speed = 1;
    plan("a", days);
    pass(days - 1);
    expect(done).toEqual([]);
    pass(1);
    expect(done).toEqual([`a ${days}`]);
  });

  it("goes on with the rest when a task throws", () => {
    clock.speed = 1;
    clock.after(10, () => {
      throw new Error("a task's own");
    });
    plan("other", 10);
    expect(() => pass(10)).toThrow("a task's own");
    pass(1);
    expect(done).toEqual(["other 10"]);
  });
});

describe("a change of pace", () => {
  it("holds for what waits, and loses no time", () => {
    clock.speed = 1;
    plan("a", 1000);
    pass(400);
    clock.speed = 10;
    expect(clock.now()).toBe(400);
    pass(59);
    expect(done).toEqual([]);
    pass(1);
    expect(done).toEqual(["a 1000"]);
  });

  it("can stop the time, and have it go on", () => {
    clock.speed = 2;
    plan("a", 1000);
    pass(100);
    clock.speed = 0;
    pass(60_000);
    expect(clock.now()).toBe(200);
    clock.step(300);
    clock.speed = 1;
    pass(499);
    expect(done).toEqual([]);
    pass(1);
    expect(done).toEqual(["a 1000"]);
  });
});
