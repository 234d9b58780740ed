import { afterEach, expect, test } from "vitest";
import { serverPath } from "../src/server";
import { onServer } from "./jupyter";

afterEach(() => document.getElementById("jupyter-config-data")?.remove());

test("a page of Jupyter's says which server it is of", () => {
  onServer("/hub/user/alice/");
  expect(serverPath()).toBe("/hub/user/alice/");
});

test("any other page is of none", () => {
  expect(serverPath()).toBe("");
});

test.each(["", "{", "null", "[]", '{"baseUrl": 1}'])("what says %j says nothing", (text) => {
  onServer("/");
  const element = document.getElementById("jupyter-config-data");
  if (element) element.textContent = text;
  expect(serverPath()).toBe("");
});
