import { beforeEach, describe, expect, test, vi } from "vitest";
import { emulateStorage, STORAGE_ROOM } from "../../../src/stage/storage";
import type { StoreChange, Stored } from "../../../src/wire";
import { opaquePage } from "./page";

const post = vi.fn<(changes: StoreChange[]) => void>();
const stored = (kept: Partial<Stored> = {}): Stored => ({
  local: [],
  session: [],
  cookie: [],
  ...kept,
});
/** A document that begins with what was kept. */
function page(kept: Partial<Stored> = {}) {
  const opaque = opaquePage();
  const emulation = emulateStorage(opaque);
  emulation?.begin(stored(kept), post);
  return { page: opaque, emulation };
}

beforeEach(() => {
  vi.resetAllMocks();
});

describe("is put in place", () => {
  test("of all that a document without an origin is refused", () => {
    const { page: opaque } = page();
    opaque.localStorage.setItem("a", "1");
    opaque.sessionStorage.setItem("a", "2");
    opaque.document.cookie = "a=3";
    expect(opaque.localStorage.getItem("a")).toBe("1");
    expect(opaque.sessionStorage.getItem("a")).toBe("2");
    expect(opaque.document.cookie).toBe("a=3");
    expect(opaque.localStorage).toBe(opaque.localStorage);
    const { Storage } = opaque as unknown as { Storage: new () => object };
    expect(opaque.localStorage).toBeInstanceOf(Storage);
  });

  test("and not where the browser gives it, or refuses it to a document with an origin", () => {
    const own = { origin: "null", localStorage: {}, document: {} } as unknown as Window;
    expect(emulateStorage(own)).toBeNull();
    const refused = opaquePage("http://localhost:8888");
    expect(emulateStorage(refused)).toBeNull();
    expect(() => refused.localStorage).toThrow("sandboxed");
    expect(() => refused.document.cookie).toThrow("sandboxed");
  });
});

describe("what was kept", () => {
  test("is there, and is not told again", async () => {
    const { page: opaque } = page({
      local: [["a", "1"]],
      session: [["b", "2"]],
      cookie: [["c", "c=3"]],
    });
    expect(opaque.localStorage.getItem("a")).toBe("1");
    expect(opaque.sessionStorage.getItem("b")).toBe("2");
    expect(opaque.document.cookie).toBe("c=3");
    await Promise.resolve();
    expect(post).not.toHaveBeenCalled();
  });

  test("comes into what a script has looked up before it came", async () => {
    const opaque = opaquePage();
    const emulation = emulateStorage(opaque);
    const { localStorage } = opaque;
    localStorage.setItem("early", "new");
    await Promise.resolve();
    emulation?.begin(
      stored({
        local: [
          ["a", "1"],
          ["early", "old"],
        ],
      }),
      post,
    );
    expect([localStorage.getItem("a"), localStorage.getItem("early")]).toEqual(["1", "new"]);
    expect(post).toHaveBeenCalledExactlyOnceWith([["local", "early", "new"]]);
  });
});

describe("changes", () => {
  test("made in one go are told together at the end of it, each item once", async () => {
    const { page: opaque } = page({ local: [["gone", "1"]] });
    opaque.localStorage.setItem("a", "1");
    opaque.localStorage.setItem("a", "2");
    opaque.localStorage.removeItem("gone");
    opaque.sessionStorage.setItem("a", "3");
    opaque.document.cookie = "a=4; path=/";
    opaque.localStorage.setItem("short", "1");
    opaque.localStorage.removeItem("short");
    expect(post).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(post).toHaveBeenCalledExactlyOnceWith([
      ["local", "a", "2"],
      ["local", "gone", null],
      ["session", "a", "3"],
      ["cookie", "a", "a=4"],
      ["local", "short", null],
    ]);
    opaque.localStorage.setItem("a", "5");
    await Promise.resolve();
    expect(post).toHaveBeenLastCalledWith([["local", "a", "5"]]);
  });

  test("are told at once where the document is about to go", async () => {
    const { page: opaque, emulation } = page();
    opaque.localStorage.setItem("a", "1");
    emulation?.flush();
    expect(post).toHaveBeenCalledExactlyOnceWith([["local", "a", "1"]]);
    await Promise.resolve();
    expect(post).toHaveBeenCalledOnce();
  });
});

test("both storages share the room, and cookies have their own", () => {
  const { page: opaque } = page();
  opaque.localStorage.setItem("a", "x".repeat(STORAGE_ROOM - 1));
  expect(() => opaque.sessionStorage.setItem("a", "")).toThrow("exceeded the quota");
  opaque.document.cookie = "a=1";
  expect(opaque.document.cookie).toBe("a=1");
});
