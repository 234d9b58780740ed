// @vitest-environment node
import { expect, test } from "vitest";
import { randomId } from "../src/wire";

test("an id is 24 hexadecimal digits and not the same twice", () => {
  const ids = Array.from({ length: 500 }, randomId);
  expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(500);
});
