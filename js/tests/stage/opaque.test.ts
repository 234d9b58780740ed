/** The stage's document where it has no origin: its storage is emulated, and kept by the page. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type FromStage, HANDOVER, type StageOrders, type Tagged } from "../../src/wire";
import { startOrders } from "./scene";

vi.mock("../../src/stage/vendor", async (importOriginal) => ({
  ...(await importOriginal<object>()),
  insertScript: () => {},
}));

/** What the document has before, to be put back. */
const own = ["localStorage", "sessionStorage", "Storage"].map(
  (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
);
const tab = sessionStorage;

beforeEach(async () => {
  tab.clear();
  vi.stubGlobal("origin", "null");
  const refused = {
    configurable: true,
    get: () => {
      throw new DOMException("The document is sandboxed.", "SecurityError");
    },
  };
  Object.defineProperties(globalThis, { localStorage: refused, sessionStorage: refused });
  vi.resetModules();
  await import("../../src/stage/index");
});
afterEach(() => {
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
  Reflect.deleteProperty(document, "cookie");
});

/** A stage under way, and what it posts. */
function start(orders: Partial<StageOrders>) {
  const posted: Tagged<FromStage>[] = [];
  const given = {
    onmessage: null as ((event: { data: object }) => void) | null,
    postMessage: (message: Tagged<FromStage>) => void posted.push(structuredClone(message)),
  };
  const message = { source: parent, data: HANDOVER, ports: [given] };
  dispatchEvent(Object.assign(new Event("message"), message));
  given.onmessage?.({ data: startOrders(orders) });
  return { posted, stored: () => posted.filter(({ kind }) => kind === "stored") };
}

test("it is there before the stage has a port, and filled with its orders", () => {
  expect(localStorage.getItem("a")).toBeNull();
  start({ stored: { local: [["a", "1"]], session: [["b", "2"]], cookie: [["c", "c=3"]] } });
  expect([localStorage.getItem("a"), sessionStorage.getItem("b")]).toEqual(["1", "2"]);
  expect(document.cookie).toBe("c=3");
});

test("what changes goes to the page, at the latest when the document goes", async () => {
  const stage = start({ stored: { local: [], session: [], cookie: [] } });
  localStorage.setItem("a", "1");
  await Promise.resolve();
  sessionStorage.setItem("b", "2");
  dispatchEvent(new Event("pagehide"));
  expect(stage.stored()).toEqual([
    { kind: "stored", changes: [["local", "a", "1"]] },
    { kind: "stored", changes: [["session", "b", "2"]] },
  ]);
});

test("the stage keeps nothing of its own there: the page has what was seen", async () => {
  const stage = start({ stored: { local: [], session: [], cookie: [] } });
  await Promise.resolve();
  expect(stage.posted.map(({ kind }) => kind)).toEqual(["booted", "entries"]);
  expect([sessionStorage.length, tab.length]).toEqual([0, 0]);
});
