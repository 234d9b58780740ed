import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lineUp } from "../../src/hosting/lock";
import { LocksDouble } from "./locks";

let locks: LocksDouble;

beforeEach(() => {
  vi.useFakeTimers();
  locks = new LocksDouble();
  vi.spyOn(navigator, "locks", "get").mockImplementation(() => locks as unknown as LockManager);
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

/** One tab that stands in line: whether it has the lock, and what became of it. */
function inLine(key = "key") {
  const controller = new AbortController();
  const taken = vi.fn();
  const outcome = { has: false, refused: null as unknown };
  const hold = lineUp(key, controller.signal, taken);
  const want = () =>
    void hold().then(
      () => {
        outcome.has = true;
      },
      (reason) => {
        outcome.refused = reason;
      },
    );
  return { outcome, taken, want, letGo: (why?: Error) => controller.abort(why) };
}
/** One tab that was told that the stage is its own. */
function tab(key = "key") {
  const one = inLine(key);
  one.want();
  return one;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const count = (key = "key") => locks.count(`owidget_jupyter.${key}`);

test("a lock that nobody has is had at once, and held until its stage ends", async () => {
  const one = tab();
  await pass(0);
  expect(one.outcome.has).toBe(true);
  await pass(600_000);
  expect(count()).toEqual({ holding: 1, waiting: 0 });
  one.letGo();
  await pass(0);
  expect(count()).toEqual({ holding: 0, waiting: 0 });
  expect(one.taken).not.toHaveBeenCalled();
});

test("of two tabs one has it, and the other waits until that one lets go", async () => {
  const [one, other] = [tab(), tab()];
  await pass(1_900);
  expect([one.outcome.has, other.outcome.has]).toEqual([true, false]);
  one.letGo();
  await pass(0);
  expect(other.outcome.has).toBe(true);
  await pass(10_000);
  expect(one.taken).not.toHaveBeenCalled();
  expect(other.taken).not.toHaveBeenCalled();
  expect(count()).toEqual({ holding: 1, waiting: 0 });
});

test("of two models each has its own", async () => {
  const [one, other] = [tab("one"), tab("other")];
  await pass(0);
  expect([one.outcome.has, other.outcome.has]).toEqual([true, true]);
});

test("a tab that does not let go within 2 s has it taken, and is told", async () => {
  const [one, other] = [tab(), tab()];
  await pass(1_999);
  expect(other.outcome.has).toBe(false);
  expect(one.taken).not.toHaveBeenCalled();
  await pass(1);
  expect(other.outcome.has).toBe(true);
  expect(one.taken).toHaveBeenCalledOnce();
  one.letGo();
  await pass(10_000);
  expect(count(), "it is the other's").toEqual({ holding: 1, waiting: 0 });
  expect(other.taken).not.toHaveBeenCalled();
  other.letGo();
  await pass(0);
  expect(count()).toEqual({ holding: 0, waiting: 0 });
});

test("a tab that was not told yet waits for as long as it takes, and takes it from nobody", async () => {
  const [one, other] = [tab(), inLine()];
  await pass(600_000);
  expect(one.taken).not.toHaveBeenCalled();
  other.want();
  await pass(1_999);
  expect(one.taken).not.toHaveBeenCalled();
  await pass(1);
  expect(one.taken).toHaveBeenCalledOnce();
  expect(other.outcome.has).toBe(true);
});

test("a tab that is told no never had it, or lets it go", async () => {
  const [one, other] = [inLine(), inLine()];
  await pass(0);
  expect(count()).toEqual({ holding: 1, waiting: 1 });
  other.letGo();
  one.letGo();
  await pass(0);
  expect(count()).toEqual({ holding: 0, waiting: 0 });
});

test("a stage that ends while it waits gets it no more, and takes it from nobody", async () => {
  const [one, other] = [tab(), tab()];
  await pass(1_000);
  other.letGo(new Error("the stage was closed"));
  await pass(0);
  expect(other.outcome).toEqual({ has: false, refused: new Error("the stage was closed") });
  await pass(10_000);
  expect(one.taken).not.toHaveBeenCalled();
  expect(count()).toEqual({ holding: 1, waiting: 0 });
});

test("a stage that ended just before it was its turn lets go at once", async () => {
  const one = tab();
  one.letGo();
  await pass(0);
  expect(count()).toEqual({ holding: 0, waiting: 0 });
  expect(one.taken).not.toHaveBeenCalled();
});

describe("a page that may have no locks, as one without an origin,", () => {
  const refusal = new DOMException("no locks here", "SecurityError");
  let warned: ReturnType<typeof vi.spyOn>;

  beforeEach(() => {
    const request = vi.fn().mockRejectedValue(refusal);
    vi.spyOn(navigator, "locks", "get").mockReturnValue({ request } as unknown as LockManager);
    warned = vi.spyOn(console, "warn").mockReturnValue();
  });

  test("is one without locks, and this is said", async () => {
    const one = tab();
    await pass(0);
    expect(one.outcome).toEqual({ has: true, refused: null });
    expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("no locks here"));
    await pass(10_000);
    expect(one.taken).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("has nothing to say once its stage has ended", async () => {
    const one = tab();
    one.letGo(new Error("the stage was closed"));
    await pass(0);
    expect(one.outcome).toEqual({ has: false, refused: new Error("the stage was closed") });
    expect(warned).not.toHaveBeenCalled();
  });
});

test("where the browser has no locks, the kernel's lease has to do", async () => {
  vi.spyOn(navigator, "locks", "get").mockReturnValue(undefined as unknown as LockManager);
  const [one, other] = [tab(), tab()];
  await pass(0);
  expect([one.outcome.has, other.outcome.has]).toEqual([true, true]);
});
