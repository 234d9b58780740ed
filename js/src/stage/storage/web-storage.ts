import type { Area } from "./area";

const areas = new WeakMap<object, Area>();

function areaOf(storage: object): Area {
  const area = areas.get(storage);
  if (!area) throw new TypeError("Illegal invocation");
  return area;
}

function checkCount(args: unknown[], wanted: number): void {
  if (args.length >= wanted) return;
  throw new TypeError(`${wanted} argument(s) required, but only ${args.length} present.`);
}

/** Arguments as texts, as a browser takes them: null is "null", and a symbol is refused. */
function texts(args: unknown[], wanted: number): string[] {
  checkCount(args, wanted);
  return args.map((arg) => `${arg}`);
}

function put(area: Area, key: string, value: string): void {
  if (area.set(key, value)) return;
  throw new DOMException(`Setting the value of '${key}' exceeded the quota.`, "QuotaExceededError");
}

/** Takes the place of the interface `Storage`, whose methods refuse any object but their own. */
export class EmulatedStorage {
  static {
    const { prototype } = EmulatedStorage;
    Object.defineProperty(EmulatedStorage, "name", { value: "Storage" });
    for (const name of ["length", "key", "getItem", "setItem", "removeItem", "clear"]) {
      const member = Object.getOwnPropertyDescriptor(prototype, name);
      Object.defineProperty(prototype, name, { ...member, enumerable: true });
    }
  }

  constructor() {
    throw new TypeError("Illegal constructor");
  }

  get [Symbol.toStringTag](): string {
    return "Storage";
  }

  get length(): number {
    return areaOf(this).size;
  }

  key(...args: unknown[]): string | null {
    checkCount(args, 1);
    return areaOf(this).keys()[Number(args[0]) >>> 0] ?? null;
  }

  getItem(...args: unknown[]): string | null {
    const [key = ""] = texts(args, 1);
    return areaOf(this).get(key);
  }

  setItem(...args: unknown[]): void {
    const [key = "", value = ""] = texts(args, 2);
    put(areaOf(this), key, value);
  }

  removeItem(...args: unknown[]): void {
    const [key = ""] = texts(args, 1);
    areaOf(this).delete(key);
  }

  clear(): void {
    const area = areaOf(this);
    for (const key of area.keys()) area.delete(key);
  }
}

/** An area as scripts know `localStorage`: by its methods, and its items as properties. */
export function webStorage(area: Area): EmulatedStorage {
  const target: object = Object.create(EmulatedStorage.prototype);
  // The interface's own names come first: an item "length" is there for `getItem` alone.
  const named = (key: string | symbol): key is string =>
    typeof key === "string" && !(key in target) && area.get(key) !== null;

  const storage = new Proxy(target, {
    get: (_, key, receiver) => (named(key) ? area.get(key) : Reflect.get(target, key, receiver)),
    has: (_, key) => named(key) || key in target,
    set(_, key, value, receiver) {
      // Of an object that merely inherits from a storage, properties are its own.
      if (typeof key === "symbol" || receiver !== storage) {
        return Reflect.set(target, key, value, receiver);
      }
      put(area, key, `${value}`);
      return true;
    },
    deleteProperty(_, key) {
      if (!named(key)) return Reflect.deleteProperty(target, key);
      area.delete(key);
      return true;
    },
    defineProperty(_, key, descriptor) {
      if (typeof key === "symbol") return Reflect.defineProperty(target, key, descriptor);
      if (!("value" in descriptor) && !("writable" in descriptor)) return false;
      put(area, key, `${descriptor.value}`);
      return true;
    },
    getOwnPropertyDescriptor(_, key) {
      if (!named(key)) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value: area.get(key), writable: true, enumerable: true, configurable: true };
    },
    ownKeys: () => [...area.keys().filter(named), ...Reflect.ownKeys(target)],
    preventExtensions: () => false,
  }) as EmulatedStorage;
  areas.set(storage, area);
  return storage;
}
