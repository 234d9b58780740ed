import { describe, expect, it, vi } from "vitest";
import { connected, freshPage, GUID, type Inserted, newDocument, pass } from "./harness.js";
import { PACE } from "./play.js";

freshPage();

const HOUR = 60 * 60 * 1000;
const KEY = `owidget_jupyter.simulator:${JSON.stringify([GUID, null, "demo"])}`;

async function talking(...args: unknown[]): Promise<Inserted> {
  const widget = await connected(...args);
  await widget.act("visitor", "join");
  await widget.act("operator", "accept");
  await widget.act("visitor", "type", "my words");
  return widget;
}

describe("a conversation", () => {
  it("is there again after a reload, window and all, and is not news", async () => {
    const before = await talking(GUID, null, null, "demo");
    newDocument();
    const after = await connected(GUID, null, null, "demo");
    expect(after.types()).toEqual(["chatWindowOpen"]);
    expect(after.statuses).toEqual([1]);
    expect(after.part("log").textContent).toContain("my words");
    after.part("end").click();
    expect(after.types()).toEqual(["chatWindowOpen", "chatSessionEnded"]);
    expect(after.events[1]?.sessionId).toBe(before.events[1]?.sessionId);
  });

  it("stays minimised if it was", async () => {
    const before = await talking(GUID, null, null, "demo");
    await before.act("visitor", "minimise");
    newDocument();
    const after = await connected(GUID, null, null, "demo");
    expect(after.types()).toEqual([]);
    after.part("button").click();
    expect(after.part("log").textContent).toContain("my words");
  });

  it("waits on in the queue", async () => {
    const before = await connected(GUID);
    await before.act("operator", "status", 1);
    await before.act("visitor", "join");
    newDocument();
    const after = await connected(GUID);
    await pass(60_000);
    expect(after.types()).toEqual(["chatWindowOpen"]);
    await after.act("operator", "accept");
    expect(after.types()).toEqual(["chatWindowOpen", "chatSessionStarted"]);
  });

  it.each([
    ["another scope", [GUID, null, null, "other"]],
    ["no scope", [GUID]],
    ["another tenant", [[GUID, "1"], null, null, "demo"]],
    ["another company", [GUID.replace("2", "3"), null, null, "demo"]],
  ])("is not restored under %s, and not lost by it", async (_, args) => {
    await talking(GUID, null, null, "demo");
    newDocument();
    const other = await connected(...args);
    expect(other.types()).toEqual([]);
    other.part("button").click();
    expect(other.part("name")).toBeTruthy();
    newDocument();
    const same = await connected(GUID.replaceAll("-", ""), "sales", "cs", "demo");
    expect(same.types()).toEqual(["chatWindowOpen"]);
  });

  it.each(["operator", "visitor"])("that the %s ended is over", async (side) => {
    const before = await talking(GUID, null, null, "demo");
    await before.act(side, side === "operator" ? "end" : "leave");
    expect(localStorage.length).toBe(0);
    newDocument();
    expect((await connected(GUID, null, null, "demo")).types()).toEqual([]);
  });

  it("that nobody touched for an hour is over too", async () => {
    await talking(GUID, null, null, "demo");
    newDocument();
    await pass(HOUR + 1);
    expect((await connected(GUID, null, null, "demo")).types()).toEqual([]);
    expect(localStorage.length).toBe(0);
  });
});

describe("the operator after a reload", () => {
  it("goes on by script where the script was at work", async () => {
    const before = await connected();
    await before.act("visitor", "join");
    newDocument();
    const after = await connected();
    await pass(PACE.accept);
    expect(after.types()).toEqual(["chatWindowOpen", "chatSessionStarted"]);
    newDocument();
    const again = await connected();
    await pass(PACE.greet);
    expect(again.part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(1);
    await again.act("visitor", "type", "a question");
    newDocument();
    const last = await connected();
    await pass(PACE.answer);
    expect(last.part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(2);
  });

  it("is still whoever drove the conversation before", async () => {
    await talking(GUID);
    newDocument();
    const after = await connected(GUID);
    await pass(60_000);
    expect(after.part("details").dataset.operator).toBe("manual");
    expect(after.part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(0);
  });
});

describe("storage", () => {
  const denied = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  /** A storage of which one method can be made to fail. */
  const storage = (parts: Partial<Storage> = {}): Storage => {
    const items = new Map<string, string>();
    return {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
      ...parts,
    } as Storage;
  };

  it.each<[string, () => Storage]>([
    ["refuses itself", denied],
    ["refuses to read", () => storage({ getItem: denied })],
    ["refuses to write", () => storage({ setItem: denied })],
  ])("that %s is done without", async (_, find) => {
    vi.spyOn(window, "localStorage", "get").mockImplementation(find);
    const error = vi.spyOn(console, "error");
    const { types, part } = await talking(GUID, null, null, "demo");
    expect(types()).toHaveLength(3);
    expect(part("details").textContent).toContain("no storage: conversation is not restored");
    expect(console.warn).not.toHaveBeenCalled();
    expect(error).not.toHaveBeenCalled();
  });

  it("that gives out on the way is done without from then on", async () => {
    const store = storage();
    vi.spyOn(window, "localStorage", "get").mockReturnValue(store);
    const { act, part } = await talking(GUID, null, null, "demo");
    expect(part("details").textContent).not.toContain("no storage");
    store.setItem = denied;
    await act("visitor", "type", "one more");
    expect(part("log").textContent).toContain("one more");
    expect(part("details").textContent).toContain("no storage");
  });

  // Of almost the right shape: with the engine's tests.
  it.each(["not json", "null", "7", "{}"])(
    "with something strange in it counts as empty: %s",
    async (text) => {
      localStorage.setItem(KEY, text);
      const { types, part } = await connected(GUID, null, null, "demo");
      expect(types()).toEqual([]);
      expect(part("button")).toBeTruthy();
    },
  );
});
