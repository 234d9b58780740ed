// @vitest-environment node
import { beforeEach, expect, test } from "vitest";
import { oncePerPage } from "../once.mjs";

const runs: string[] = [];
let copies = 0;

beforeEach(() => {
  runs.length = 0;
  const page = globalThis as unknown as Record<PropertyKey, unknown>;
  page.ran = (name: string) => runs.push(name);
});

const bundled = (name: string, exported = "export{made as default};\n") =>
  `globalThis.ran("${name}");var made={};${exported}`;

/** As a page does: every model's text is a module of its own. */
async function evaluate(code: string): Promise<object> {
  copies += 1;
  const url = `data:text/javascript,${encodeURIComponent(`/*${copies}*/${code}`)}`;
  return (await import(/* @vite-ignore */ url)).default;
}

test("code that models bring runs once per page, and all of them have what it made", async () => {
  const code = oncePerPage(bundled("core"));
  const first = await evaluate(code);
  expect(await evaluate(code)).toBe(first);
  expect(runs).toEqual(["core"]);
});

test("code of another build is other code", async () => {
  const first = await evaluate(oncePerPage(bundled("one")));
  expect(await evaluate(oncePerPage(bundled("other")))).not.toBe(first);
  expect(runs).toEqual(["one", "other"]);
});

test("a minifier may name what is exported by any name that JavaScript has", async () => {
  expect(await evaluate(oncePerPage("var $e={made:1};export{$e as default};"))).toEqual({
    made: 1,
  });
});

test("a bundle for development keeps what is behind its code", async () => {
  const map = "//# sourceMappingURL=data:,";
  const code = oncePerPage(bundled("mapped", `export {\n  made as default\n};\n${map}`));
  await evaluate(code);
  expect(code).toMatch(/\n\/\/# sourceMappingURL=data:,$/);
});

test("a module with more to export is refused", () => {
  expect(() => oncePerPage("export{one as default,two};")).toThrow("no other");
});
