import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { tellUncaught } from "../../src/stage/uncaught";

const told = vi.fn<(message: string) => void>();
beforeAll(() => tellUncaught(told));
beforeEach(() => told.mockClear());

const uncaught = (init: ErrorEventInit) => dispatchEvent(new ErrorEvent("error", init));
const unhandled = (reason: unknown) =>
  dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));

test("an error is told by its own words, or by the browser's where it hides them", () => {
  uncaught({ error: new TypeError("later"), message: "Uncaught TypeError: later" });
  uncaught({ error: null, message: "Script error." });
  expect(told.mock.calls).toEqual([
    ["an uncaught error: TypeError: later"],
    ["an uncaught error: Script error."],
  ]);
});

test("so is a rejection, whatever was thrown", () => {
  unhandled(new Error("never mind"));
  unhandled(undefined);
  expect(told.mock.calls).toEqual([
    ["a rejection that nobody handled: Error: never mind"],
    ["a rejection that nobody handled: undefined"],
  ]);
});

test("a document that never stops is heard of twenty times in all", () => {
  for (let i = 0; i < 100; i++) unhandled(i);
  expect(told).toHaveBeenCalledTimes(16);
  expect(told.mock.lastCall?.[0]).toContain("further ones are not told");
});
