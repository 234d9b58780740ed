import type { Area } from "./area";

/** As browsers have them: characters of name and value, of an attribute's value, and a time; ms. */
const MOST_CHARACTERS = 4_096;
const MOST_OF_ATTRIBUTE = 1_024;
const LONGEST = 400 * 24 * 3_600_000;
/** What RFC 6265 asks for at least; the oldest go first. */
const MOST_COOKIES = 50;
/** Room that so many always find, with what is stored of them beside name and value. */
export const COOKIE_ROOM = MOST_COOKIES * (2 * MOST_CHARACTERS + 64);

interface Cookie {
  name: string;
  value: string;
  /** Null: until the tab is closed. */
  expires: number | null;
}

/**
 * What `document.cookie` is, for one document: nothing is sent to anybody. There is no host whose
 * domain or paths could be told apart, and no plain connection: those attributes change nothing.
 * An item is a cookie as a script would set it, with the time at which it expires.
 */
export class CookieJar {
  constructor(
    private readonly area: Area,
    private readonly now: () => number = Date.now,
  ) {}

  get text(): string {
    // One without a name is its value alone.
    const pairs = this.#live().map(({ name, value }) => (name ? `${name}=${value}` : value));
    return pairs.join("; ");
  }

  /** Takes what a script assigns; what is no cookie is ignored, as browsers do. */
  set(text: string): void {
    const cookie = parse(text, this.now());
    if (!cookie) return;
    const { name, value, expires } = cookie;
    if (this.#over(cookie)) return this.area.delete(name);
    const until = expires === null ? "" : `; expires=${new Date(expires).toUTCString()}`;
    if (this.area.get(name) === null) this.#makeRoom();
    this.area.set(name, `${name}=${value}${until}`);
  }

  #makeRoom(): void {
    const [oldest, ...others] = this.#live();
    if (oldest && others.length + 1 >= MOST_COOKIES) this.area.delete(oldest.name);
  }

  /** The cookies that there are, the oldest first; what is over is forgotten. */
  #live(): Cookie[] {
    return this.area.keys().flatMap((key) => {
      const cookie = parse(this.area.get(key) ?? "", this.now());
      if (cookie && !this.#over(cookie)) return [cookie];
      this.area.delete(key);
      return [];
    });
  }

  #over({ expires }: Cookie): boolean {
    return expires !== null && expires <= this.now();
  }
}

/** RFC 6265, 5.2, and what browsers have added: null for what is no cookie, or none for scripts. */
function parse(text: string, now: number): Cookie | null {
  if (hasControls(text)) return null;
  const [first = "", ...attributes] = text.split(";");
  const [name, value] = first.includes("=") ? split(first) : ["", first.trim()];
  if (name + value === "" || name.length + value.length > MOST_CHARACTERS) return null;
  let until: number | null = null;
  let age: number | null = null;
  for (const [attribute, given] of attributes.map(split)) {
    if (given.length > MOST_OF_ATTRIBUTE) continue;
    const word = attribute.toLowerCase();
    if (word === "httponly") return null;
    if (word === "expires" && !Number.isNaN(Date.parse(given))) until = Date.parse(given);
    if (word === "max-age" && /^-?\d+$/.test(given)) age = Number(given);
  }
  // In seconds; it counts, whatever else is said.
  if (age !== null) until = age > 0 ? now + age * 1000 : 0;
  // Whole seconds is what a date can say; less would be over too soon.
  const expires = until && Math.ceil(Math.min(until, now + LONGEST) / 1000) * 1000;
  return { name, value, expires };
}

function split(text: string): [name: string, value: string] {
  const [name = "", ...value] = text.split("=");
  return [name.trim(), value.join("=").trim()];
}

/** A tab is none here: it is taken as a space is. */
function hasControls(text: string): boolean {
  const isControl = (character: string) => character < " " || character === "\x7f";
  return [...text].some((character) => isControl(character) && character !== "\t");
}
