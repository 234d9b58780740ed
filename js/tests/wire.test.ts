// @vitest-environment node
import { expect, test } from "vitest";
import { randomId } from "../src/wire";

test("an id is a row of digits, long enough to be nobody else's", () => {
  const ids = Array.from({ length: 500 }, randomId);
  expect(ids.every((id) => /^\d{20,30}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(500);
});
