// @vitest-environment node
import { beforeEach, expect, test, vi } from "vitest";
import { tellStandstills } from "../../src/stage/standstill";

let observed: unknown;
let told: string[];
let see: (...entries: { name: string; duration: number }[]) => void;

beforeEach(() => {
  told = [];
  vi.stubGlobal(
    "PerformanceObserver",
    class {
      constructor(callback: (seen: { getEntries(): unknown[] }) => void) {
        see = (...entries) => callback({ getEntries: () => entries });
      }
      observe(options: unknown) {
        observed = options;
      }
    },
  );
  tellStandstills((message) => void told.push(message));
});

test("a long task of this document is told, in seconds", () => {
  see({ name: "self", duration: 5_049 });
  expect(told).toEqual(["a script held up the chat's document for 5.0 s"]);
  expect(observed).toEqual({ type: "longtask" });
});

test.each([
  ["a short one", { name: "self", duration: 2_999 }],
  ["another document's", { name: "same-origin-ancestor", duration: 9_000 }],
])("%s is not", (_, entry) => {
  see(entry);
  expect(told).toEqual([]);
});
