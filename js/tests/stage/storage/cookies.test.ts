import { beforeEach, describe, expect, test, vi } from "vitest";
import { Area, Room } from "../../../src/stage/storage/area";
import { COOKIE_ROOM, CookieJar } from "../../../src/stage/storage/cookies";

const DAY = 24 * 3_600_000;
let now = 0;
let area: Area;
let jar: CookieJar;
const changed = vi.fn<(key: string, value: string | null) => void>();

beforeEach(() => {
  vi.resetAllMocks();
  now = Date.UTC(2030, 0, 1);
  area = new Area(new Room(COOKIE_ROOM), changed);
  jar = new CookieJar(area, () => now);
});

const having = (text: string): string => {
  jar.set(text);
  return jar.text;
};
const later = (text: string, ms: number): string => {
  jar.set(text);
  now += ms;
  return jar.text;
};

describe("a cookie", () => {
  test.each([
    ["a=1", "a=1"],
    ["  a  =  1 2 ", "a=1 2"],
    ['a="b=c, d"', 'a="b=c, d"'],
    ["a=", "a="],
    ["alone", "alone"],
    ["=alone", "alone"],
    ["a=1; Path=/elsewhere; Domain=.chat.example; Secure; SameSite=None; Priority=High", "a=1"],
    ["ü=ž", "ü=ž"],
    ["a=1; b=2", "a=1"],
    ["a=1\t2;\tpath=/", "a=1\t2"],
  ])("%j shows as %j", (text, shown) => {
    expect(having(text)).toBe(shown);
  });

  test.each(["", "=", " ; a=1", "a=1; HttpOnly", "a=1\n", "a=\u0000", "a=\u007f"])(
    "%j is none",
    (text) => {
      expect(having(text)).toBe("");
      expect(changed).not.toHaveBeenCalled();
    },
  );

  test("stands where it was first set, whatever becomes of its value", () => {
    for (const text of ["a=1", "b=1", "a=2"]) jar.set(text);
    expect(jar.text).toBe("a=2; b=1");
  });

  test.each([
    ["a=; expires=Thu, 01 Jan 1970 00:00:00 GMT"],
    ["a=1; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/"],
    ["a=1; max-age=0"],
    ["a=1; MAX-AGE=-5"],
    ["a=1; expires=Wed, 21 Oct 2037 07:28:00 GMT; max-age=0"],
  ])("is removed by %j", (text) => {
    jar.set("a=1");
    expect(having(text)).toBe("");
    expect(changed).toHaveBeenLastCalledWith("a", null);
  });

  test.each([
    ["a=1", 400 * DAY],
    ["a=1; max-age=60", 60_000 - 1],
    ["a=1; max-age=60; expires=Thu, 01 Jan 1970 00:00:00 GMT", 60_000 - 1],
    ["a=1; expires=Wed, 02 Jan 2030 00:00:00 GMT", DAY - 1],
    ["a=1; expires=nonsense", 400 * DAY],
    ["a=1; max-age=nonsense", 400 * DAY],
    [`a=1; max-age=${"0".repeat(1_025)}`, 400 * DAY],
    ["a=1; max-age=99999999999999999999999", 400 * DAY - 1],
    ["a=1; expires=Fri, 31 Dec 9999 23:59:59 GMT", 400 * DAY - 1],
  ])("%j is there after %i ms", (text, ms) => {
    expect(later(text, ms)).toBe("a=1");
  });

  test.each([
    ["a=1; max-age=60", 60_000],
    ["a=1; expires=Wed, 02 Jan 2030 00:00:00 GMT", DAY],
    ["a=1; max-age=99999999999999999999999", 400 * DAY],
  ])("%j is over after %i ms, and forgotten", (text, ms) => {
    expect(later(text, ms)).toBe("");
    expect(changed).toHaveBeenLastCalledWith("a", null);
  });

  test("of a fraction of a second is not over too soon", () => {
    now += 1;
    expect(later("a=1; max-age=1", 999)).toBe("a=1");
  });
});

describe("bounds", () => {
  test("a longer one is ignored", () => {
    expect(having(`a=${"x".repeat(4_095)}`)).toHaveLength(4_097);
    expect(having(`b=${"x".repeat(4_096)}`)).toHaveLength(4_097);
  });

  test("of more than fifty the oldest goes, but what is over before it", () => {
    for (let i = 0; i < 49; i += 1) jar.set(`c${i}=${"x".repeat(4_000)}`);
    jar.set("short=1; max-age=1");
    now += 1_000;
    jar.set("new=1");
    expect(jar.text.split("; ").map((pair) => pair.split("=")[0])).toEqual([
      ...Array.from({ length: 49 }, (_, i) => `c${i}`),
      "new",
    ]);
    jar.set("newer=1");
    expect(jar.text).toContain("c1=");
    expect(jar.text).not.toContain("c0=");
    jar.set("c1=2");
    expect(jar.text.split("; ")).toHaveLength(50);
    expect(jar.text).toContain("c1=2");
  });
});

describe("what is kept", () => {
  test.each(["a=1", "=alone", "=a=b", "a==b", "a=1; max-age=60"])(
    "of %j makes the same cookie again",
    (text) => {
      jar.set(text);
      const kept = new Area(new Room(COOKIE_ROOM), changed);
      kept.fill(area.keys().map((key) => [key, area.get(key) ?? ""]));
      const again = new CookieJar(kept, () => now);
      expect(again.text).toBe(jar.text);
      now += 59_999;
      expect(again.text).toBe(jar.text);
      now += 1;
      expect(again.text).toBe(jar.text);
    },
  );

  test("and is none any more goes", () => {
    area.fill([["a", "b\n"]]);
    expect(jar.text).toBe("");
    expect(area.size).toBe(0);
  });
});
