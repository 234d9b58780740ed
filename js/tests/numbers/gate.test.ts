import { describe, expect, it } from "vitest";
import { bare, grouped, LIMIT, SPACES } from "../../src/numbers/gate";

describe("bare", () => {
  it.each([
    ["777 666 555", "777666555"],
    ["+ (42) 0", "+420"],
    ["777/666.555-", "777666555"],
    [`${SPACES}+420${SPACES}777${SPACES}`, "+420777"],
    ["", ""],
    [" \t", ""],
    ["()", ""],
  ])("keeps the digits of %j", (text, digits) => {
    expect(bare(text)).toBe(digits);
  });

  it.each([
    "777 666 555 mobil",
    "++420",
    "4+20",
    "(+420)",
    "420\n",
    "4\u200b2",
    "4\u20102",
    "٧٧٧",
    "７７７",
    "4\ud8002",
    "📞",
  ])("refuses %j", (text) => {
    expect(bare(text)).toBeNull();
  });

  it("counts characters without the spaces around them", () => {
    const most = `4${"-".repeat(LIMIT - 1)}`;
    expect(bare(`  ${most}  `)).toBe("4");
    expect(bare(`${most}-`)).toBeNull();
  });

  it("takes no longer for a long text than it has characters", () => {
    expect(bare(`4${" ".repeat(200_000)}x`)).toBeNull();
  });
});

it("writes groups with single spaces", () => {
  expect(grouped("+1 (650) 253-0000")).toBe("+1 650 253 0000");
});
