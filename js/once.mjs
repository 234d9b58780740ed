import { createHash } from "node:crypto";

const EXPORT = /export\s*\{\s*([\w$]+) as default,?\s*\};?/;

/**
 * Has a page run a module's code once, however often it evaluates the module: each model brings a
 * copy of its own, and to compile them took a page longer than to show them. What is of another
 * text is other code: two kernels may be of different builds, and `make dev` replaces one.
 *
 * @param code - of a bundled module that exports one thing, its default.
 */
export function oncePerPage(code) {
  const found = EXPORT.exec(code);
  if (!found) throw new Error("the module has to have a default export, and no other");
  const body = code.slice(0, found.index);
  const rest = code.slice(found.index + found[0].length);
  const id = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const made = `globalThis["owidget.${id}"]`;
  return `function o(){${body}return ${found[1]}}export default ${made}??=o();${rest}`;
}
