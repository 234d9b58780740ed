import metadata from "libphonenumber-js/max/metadata";
import { afterEach, describe, expect, it } from "vitest";
import { compile } from "../../src/numbers";
import { COMPILE } from "../../src/stage/numbers/policy";
import type { NumberRules } from "../../src/wire";

const ALL = JSON.stringify(metadata);

function policy(region: string | null, rules: Partial<NumberRules> = {}) {
  return compile(ALL, { region, regions: null, types: null, ...rules });
}

describe("a number", () => {
  it.each([
    ["CZ", "777 666 555", "+420 777 666 555"],
    ["CZ", "420777666555", "+420 777 666 555"],
    ["CZ", "+420 (0) 777 666 555", null],
    ["AR", "0 11 15-2345-6789", "+54 9 11 2345 6789"],
    ["BR", "0 15 11 96123-4567", "+55 11 96123 4567"],
    ["BS", "365 1234", "+1 242 365 1234"],
    ["CZ", "+1 (650) 253-0000", "+1 650 253 0000"],
    ["JP", "12514667105461519", null],
    ["US", "011 420 777 666 555", "+420 777 666 555"],
    [null, "+39 06 698 12345", "+39 06 6981 2345"],
    [null, "+800 1234 5678", "+800 1234 5678"],
    [null, "777 666 555", null],
    [null, "+999 777 666 555", null],
    ["CZ", "+0420777666555", null],
    ["CZ", "tel:+420777666555", null],
    ["CZ", "", null],
    ["CZ", "+", null],
    ["CZ", "7", null],
  ])("written in %s as %j becomes %j", (region, written, expected) => {
    expect(policy(region)(written)).toBe(expected);
  });

  it("is read by the plan of the region where it is dialled", () => {
    // Nine digits are enough in Britain, but not on Jersey.
    expect(policy("GB")("0800 735 456")).toBe("+44 800 735456");
    expect(policy("JE")("0800 735 456")).toBeNull();
    // Seven digits are enough in Canada, but behind a prefix nobody dials so.
    expect(policy("CA")("310 1234")).toBe("+1 310 1234");
    expect(policy("CA")("+1 (1) 310 1234")).toBeNull();
  });

  it("is the same with the plus of its calling code and without", () => {
    expect(policy("BS")("1 365 1234")).toBeNull();
    expect(policy("GG")("44 1481 256789")).toBe("+44 1481 256789");
  });
});

describe("rules", () => {
  it("tell regions apart that share a calling code", () => {
    const canada = policy("US", { regions: ["CA"] });
    expect(canada("506 234 5678")).toBe("+1 506 234 5678");
    expect(canada("650 253 0000")).toBeNull();
  });

  it("know numbers of no region", () => {
    expect(policy(null, { regions: ["001"] })("+800 1234 5678")).toBe("+800 1234 5678");
    expect(policy(null, { regions: ["CZ"] })("+800 1234 5678")).toBeNull();
  });

  it("know types", () => {
    const mobile = policy("CZ", { types: ["mobile"] });
    expect(mobile("777 666 555")).toBe("+420 777 666 555");
    expect(mobile("212 345 678")).toBeNull();
    expect(policy("CZ", { types: ["toll_free", "voip"] })("800 123 456")).not.toBeNull();
  });

  it.each(["mobile", "fixed_line"])("count what may be either as %s", (type) => {
    expect(policy("US", { types: [type] })("650 253 0000")).toBe("+1 650 253 0000");
  });
});

it("needs no more metadata than the rules are about", () => {
  const { version, countries } = metadata;
  const country_calling_codes = { 420: ["CZ"] };
  const part = {
    version,
    country_calling_codes,
    countries: { CZ: countries.CZ },
    nonGeographic: {},
  };
  const czech = compile(JSON.stringify(part), { region: "CZ", regions: ["CZ"], types: null });
  expect(czech("777 666 555")).toBe("+420 777 666 555");
  expect(czech("+421 912 123 456")).toBeNull();
  expect(czech("00421 912 123 456")).toBeNull();
  expect(() =>
    compile(JSON.stringify(part), { region: "SK", regions: ["SK"], types: null }),
  ).toThrow("the metadata lacks SK");
});

describe("the script", () => {
  const owner = globalThis as unknown as Record<symbol, unknown>;
  afterEach(() => {
    delete owner[COMPILE];
  });

  it("leaves its function where stages look for it", async () => {
    await import("../../src/numbers/script");
    expect(owner[COMPILE]).toBe(compile);
  });
});
