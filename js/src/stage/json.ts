import type { Json } from "../wire";

/** As it was before the vendor's script ran here, which may put something else in its place. */
const { stringify } = JSON;

/** Most bytes of JSON that one event's members may take on their way to Python. */
export const DETAIL_BYTES = 64_000;
/** Most values visited in one structure: a bound on time, where DETAIL_BYTES is one on size. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 40;
const TRUNCATED_CHARACTERS = 16_000;
/** Most characters of what `describe` says: it ends up in the log's types and in messages. */
const DESCRIBED_CHARACTERS = 200;

/**
 * A vendor's structure as JSON; never throws. Functions, symbols and undefined members are
 * dropped; BigInt becomes a string, Date ISO 8601, a non-finite number its name; cycles, DOM
 * nodes, binary data, and whatever throws when it is looked at are marked; half a surrogate pair
 * becomes U+FFFD. Above `DETAIL_BYTES` the result is `{truncated: true, bytes, text}` with the
 * beginning of its JSON text.
 *
 * @param without - a member of the outermost object that is left out.
 */
export function toJson(value: unknown, without?: string): Json {
  const copy = new Copier(without).whole(value);
  const text = stringify(copy);
  // A character takes three bytes at most: what is short need not be counted.
  if (3 * text.length <= DETAIL_BYTES) return copy;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= DETAIL_BYTES) return copy;
  return { truncated: true, bytes, text: wellFormed(text.slice(0, TRUNCATED_CHARACTERS)) };
}

class Copier {
  #left = MAX_VALUES;
  readonly #path = new Set<object>();

  constructor(private readonly without: string | undefined) {}

  /** The JSON of the outermost value. */
  whole(value: unknown): Json {
    try {
      return this.#copy(value, 0) ?? null;
    } catch (thrown) {
      return `[threw ${describe(thrown)}]`;
    }
  }

  /** The JSON of a value, or undefined for what JSON has no place for. */
  #copy(value: unknown, depth: number): Json | undefined {
    switch (typeof value) {
      case "string":
        return wellFormed(value);
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) ? value : String(value);
      case "bigint":
        return String(value);
      case "object":
        return value === null ? null : this.#object(value, depth);
      default:
        return undefined;
    }
  }

  #object(value: object, depth: number): Json {
    if (this.#path.has(value)) return "[cycle]";
    if (depth >= MAX_DEPTH) return "[too deep]";
    if (value instanceof Date) {
      return Number.isNaN(value.getTime()) ? "[invalid date]" : value.toISOString();
    }
    if (value instanceof Error) {
      return { name: wellFormed(String(value.name)), message: wellFormed(String(value.message)) };
    }
    if (isNode(value)) return `[node ${value.nodeName}]`;
    // Its keys alone would be as many texts as it has numbers.
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      return `[binary ${value.byteLength} bytes]`;
    }
    this.#path.add(value);
    try {
      if (Array.isArray(value)) return this.#array(value, depth);
      return this.#members(value, depth);
    } finally {
      this.#path.delete(value);
    }
  }

  #array(value: unknown[], depth: number): Json[] {
    const out: Json[] = [];
    for (let index = 0; index < value.length && this.#left-- > 0; index++) {
      out.push(this.#member(value, index, depth) ?? null);
    }
    if (out.length < value.length) out.push("[more]");
    return out;
  }

  #members(value: object, depth: number): Json {
    const out: { [key: string]: Json } = {};
    for (const key of Object.keys(value)) {
      if (depth === 0 && key === this.without) continue;
      if (this.#left-- <= 0) {
        out["[more]"] = true;
        break;
      }
      const member = this.#member(value, key, depth);
      // Assignment to "__proto__" would set a prototype instead of a member.
      if (member !== undefined) {
        const name = wellFormed(key);
        Object.defineProperty(out, name, { value: member, enumerable: true, configurable: true });
      }
    }
    return out;
  }

  #member(owner: object, key: string | number, depth: number): Json | undefined {
    try {
      return this.#copy((owner as Record<string | number, unknown>)[key], depth + 1);
    } catch (thrown) {
      return `[threw ${describe(thrown)}]`;
    }
  }
}

function isNode(value: object): value is Node {
  return typeof Node !== "undefined" && value instanceof Node;
}

/** What was thrown, or any other value, as a short text; never throws itself. */
export function describe(thrown: unknown): string {
  try {
    return clip(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown));
  } catch {
    return "something that has no text";
  }
}

/** A text as it would be written in a script. */
export const quoted = (text: string): string => stringify(text);

/** A text of at most so many characters. */
export function clip(text: string, most = DESCRIBED_CHARACTERS): string {
  return wellFormed(text.length > most ? `${text.slice(0, most - 1)}…` : text);
}

/** A text that has a UTF-8: half a surrogate pair would break the kernel's messages. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
