import { beforeEach, expect, test, vi } from "vitest";
import { HANDOVER, type Tagged, type ToStage } from "../../src/wire";

beforeEach(async () => {
  vi.resetModules();
  await import("../../src/stage/index");
});

/** A port that notes what the stage posts. */
function port() {
  const posted: unknown[] = [];
  return {
    posted,
    onmessage: null as ((event: { data: Tagged<ToStage> }) => void) | null,
    postMessage: (message: unknown) => void posted.push(message),
  };
}

function handOver(given: object, message: object = {}): void {
  const event = new Event("message");
  dispatchEvent(
    Object.assign(event, { source: parent, data: HANDOVER, ports: [given], ...message }),
  );
}

test("it says nothing before it was handed a port, and its load's id then", () => {
  const given = port();
  handOver(given);
  expect(given.posted).toEqual([{ kind: "booted", load: expect.stringMatching(/^[0-9a-f]{24}$/) }]);
  expect(given.onmessage).toBeTypeOf("function");
});

test("it takes one port only", () => {
  const [first, second] = [port(), port()];
  handOver(first);
  handOver(second);
  expect(second.posted).toEqual([]);
});

test.each([
  ["another window", { source: {} }],
  ["no window", { source: null }],
  ["another message", { data: "hello" }],
  ["no port", { ports: [] }],
])("it takes no port from %s", (_, message) => {
  const given = port();
  handOver(given, message);
  expect(given.posted).toEqual([]);
  handOver(given);
  expect(given.posted).toHaveLength(1);
});
