import { beforeEach, describe, expect, test, vi } from "vitest";
import { Area, Room } from "../../../src/stage/storage/area";
import { EmulatedStorage, webStorage } from "../../../src/stage/storage/web-storage";

type Loose = EmulatedStorage & Record<string | symbol, unknown>;

const changed = vi.fn<(key: string, value: string | null) => void>();
let storage: Loose;
const make = (room = 1_000) => webStorage(new Area(new Room(room), changed)) as Loose;

beforeEach(() => {
  vi.resetAllMocks();
  storage = make();
});

describe("methods", () => {
  test("store, return and remove", () => {
    storage.setItem("a", "1");
    expect([storage.getItem("a"), storage.length]).toEqual(["1", 1]);
    storage.setItem("a", "2");
    expect([storage.getItem("a"), storage.length]).toEqual(["2", 1]);
    storage.removeItem("a");
    storage.removeItem("never there");
    expect([storage.getItem("a"), storage.length]).toEqual([null, 0]);
    expect(changed.mock.calls).toEqual([
      ["a", "1"],
      ["a", "2"],
      ["a", null],
    ]);
  });

  test("return null for what is not there, and an empty text for one", () => {
    storage.setItem("empty", "");
    expect([storage.getItem("empty"), storage.getItem("not there")]).toEqual(["", null]);
  });

  test.each([
    [1, "1"],
    [null, "null"],
    [undefined, "undefined"],
    [true, "true"],
    [{}, "[object Object]"],
    [["a", "b"], "a,b"],
    ["\ud800", "\ud800"],
  ])("take %o for a text", (value, text) => {
    storage.setItem("value", value);
    storage.setItem(value, "key");
    expect([storage.getItem("value"), storage.getItem(text)]).toEqual([text, "key"]);
    expect(storage.getItem(value)).toBe("key");
  });

  test("refuse a symbol, and too few arguments", () => {
    expect(() => storage.setItem("a", Symbol("b"))).toThrow(TypeError);
    expect(() => storage.getItem()).toThrow(TypeError);
    expect(() => storage.removeItem()).toThrow(TypeError);
    expect(() => storage.key()).toThrow(TypeError);
    expect(() => storage.setItem("a")).toThrow("2 argument(s) required, but only 1 present");
    expect(storage.length).toBe(0);
  });

  test("name keys by their place, and null beyond them", () => {
    for (const key of ["b", "a", "3"]) storage.setItem(key, key);
    expect([0, 1, 2, 3].map((index) => storage.key(index))).toEqual(["b", "a", "3", null]);
    expect([0.9, "1", NaN, undefined, -1, 2 ** 32].map((index) => storage.key(index))).toEqual(
      ["b", "a", "b", "b", null, "b"], // as unsigned integers of 32 bits
    );
  });

  test("clear everything, and say what went", () => {
    storage.setItem("a", "1");
    storage.setItem("b", "2");
    vi.clearAllMocks();
    storage.clear();
    expect(storage.length).toBe(0);
    expect(changed.mock.calls).toEqual([
      ["a", null],
      ["b", null],
    ]);
  });

  test("say nothing where nothing changed", () => {
    storage.setItem("a", "1");
    vi.clearAllMocks();
    storage.setItem("a", "1");
    storage.removeItem("b");
    expect(changed).not.toHaveBeenCalled();
  });

  test("work for their own storage only", () => {
    const { getItem } = EmulatedStorage.prototype;
    storage.setItem("a", "1");
    expect(getItem.call(storage, "a")).toBe("1");
    expect(() => getItem.call({} as EmulatedStorage, "a")).toThrow("Illegal invocation");
    expect(() => new EmulatedStorage()).toThrow("Illegal constructor");
  });
});

describe("items are properties", () => {
  test("to be set, read, looked for and deleted", () => {
    storage.a = 1;
    expect([storage.a, storage.getItem("a"), "a" in storage]).toEqual(["1", "1", true]);
    expect(Object.hasOwn(storage, "a")).toBe(true);
    expect(delete storage.a).toBe(true);
    expect([storage.a, "a" in storage, Object.hasOwn(storage, "a")]).toEqual([
      undefined,
      false,
      false,
    ]);
    expect(delete storage.a).toBe(true);
  });

  test("that are listed, and no others", () => {
    storage.b = "1";
    storage[3] = "2";
    expect(Object.keys(storage)).toEqual(["b", "3"]);
    expect(Object.entries(storage)).toEqual([
      ["b", "1"],
      ["3", "2"],
    ]);
    expect({ ...storage }).toEqual({ b: "1", 3: "2" });
    expect(JSON.stringify(storage)).toBe('{"b":"1","3":"2"}');
    const listed: string[] = [];
    for (const key in storage) listed.push(key);
    expect(listed.sort()).toEqual(
      ["3", "b", "clear", "getItem", "key", "length", "removeItem", "setItem"].sort(),
    );
  });

  test("described as plain data", () => {
    storage.a = "1";
    expect(Object.getOwnPropertyDescriptor(storage, "a")).toEqual({
      value: "1",
      writable: true,
      enumerable: true,
      configurable: true,
    });
    Object.defineProperty(storage, "b", { value: 2 });
    expect(storage.getItem("b")).toBe("2");
    expect(() => Object.defineProperty(storage, "c", { get: () => 1 })).toThrow(TypeError);
    expect(storage.getItem("c")).toBeNull();
  });

  test("behind the names that the interface has itself", () => {
    for (const name of ["getItem", "length", "constructor", "toString"]) {
      const before = storage[name];
      storage[name] = "mine";
      expect(storage.getItem(name)).toBe("mine");
      expect(storage[name]).toBe(name === "length" ? storage.length : before);
      expect(delete storage[name]).toBe(true);
      expect(storage.getItem(name)).toBe("mine");
    }
    expect(Object.keys(storage)).toEqual([]);
  });

  test("but symbols are no items", () => {
    const symbol = Symbol("mine");
    storage[symbol] = 1;
    expect([storage[symbol], storage.length, symbol in storage]).toEqual([1, 0, true]);
    expect(delete storage[symbol]).toBe(true);
    expect(storage[symbol]).toBeUndefined();
  });

  test("and not those of an object that inherits from the storage", () => {
    const heir = Object.create(storage) as Record<string, unknown>;
    heir.a = 1;
    expect([heir.a, storage.getItem("a")]).toEqual([1, null]);
  });
});

test("a storage is what a browser's is called, and stays extensible", () => {
  expect(String(storage)).toBe("[object Storage]");
  expect(storage).toBeInstanceOf(EmulatedStorage);
  expect(EmulatedStorage.name).toBe("Storage");
  expect(() => Object.preventExtensions(storage)).toThrow(TypeError);
});

describe("room", () => {
  const quota = expect.objectContaining({ name: "QuotaExceededError" });

  test("is refused beyond the bound, and the old value stays", () => {
    storage = make(10);
    storage.setItem("abc", "value"); // 8
    expect(() => storage.setItem("abc", "value and more")).toThrow(quota);
    expect(() => {
      storage.xyz = "";
    }).toThrow(quota);
    expect(Object.entries(storage)).toEqual([["abc", "value"]]);
    storage.setItem("ab", "");
    expect(() => storage.setItem("a", "")).toThrow(quota);
  });

  test("comes back with what is removed or becomes shorter", () => {
    storage = make(10);
    storage.setItem("a", "123456789");
    storage.setItem("a", "1");
    storage.setItem("b", "1234567");
    storage.clear();
    storage.setItem("a", "123456789");
    expect(storage.length).toBe(1);
  });

  test("is shared by areas that are told to", () => {
    const room = new Room(10);
    const [one, other] = [new Area(room, changed), new Area(room, changed)];
    expect(one.set("a", "12345")).toBe(true);
    expect(other.set("a", "12345")).toBe(false);
    one.delete("a");
    expect(other.set("a", "12345")).toBe(true);
  });
});

describe("what was kept from before", () => {
  test("is put in without being told, in its order", () => {
    const area = new Area(new Room(100), changed);
    area.fill([
      ["b", "1"],
      ["a", "2"],
    ]);
    expect(area.keys()).toEqual(["b", "a"]);
    expect(changed).not.toHaveBeenCalled();
  });

  test("does not take the place of what is newer, nor more room than there is", () => {
    const area = new Area(new Room(10), changed);
    area.set("a", "new");
    area.fill([
      ["a", "old"],
      ["b", "too long for it"],
      ["c", "fits"],
    ]);
    expect(area.keys().map((key) => area.get(key))).toEqual(["new", "fits"]);
  });
});
