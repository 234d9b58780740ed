// @vitest-environment node
import { describe, expect, test } from "vitest";
import * as texts from "../../src/texts/index";

declare global {
  interface ImportMeta {
    /** Vite's: the files of a pattern, as their texts. */
    glob(pattern: string, how: object): Record<string, string>;
  }
}

const SOURCES = import.meta.glob("../../src/{widget,hosting,card}/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});
/** A literal in quotes of any kind; of one with parts to be filled in, what is between them. */
const LITERALS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
/** Two words or more with a blank between them, or one that begins as a sentence or a label does. */
const ENGLISH = /[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]{2,}/;
/** What is no English: rules of styles, and what browsers and pages are told in their own terms. */
const OTHER = [
  /^@|^[\w-]+: [^.]*;|;\s*[\w-]+:/, // styles
  /^allow-scripts allow-forms/, // a sandbox
  /^(Arrow|Page)(Up|Down)$|^Home$|^End$/, // keys
  /^owidget_jupyter: no lock/, // the console's
  /^(front end|event log)$/, // where a problem is: names that stay as they are
  /^the stage was closed$|^another frame is wanted/, // reasons that only programs see
  /^(…)?\\n(return|export default) part/, // code
  /^card /, // tells one question from another
  /^option /, // two names of style sheets
];

/** Texts of a source in its literals, comments aside. */
function english(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  const said = [...code.matchAll(LITERALS)].map(([text]) => text.slice(1, -1));
  return said
    .map((text) => text.replace(/\$\{[^}]*\}/g, "…"))
    .filter((text) => ENGLISH.test(text) && !OTHER.some((other) => other.test(text)));
}

test("all sources are looked at", () => {
  expect(Object.keys(SOURCES).length).toBeGreaterThan(25);
});

test.each(Object.entries(SOURCES))("%s says nothing but what is in texts/", (_, source) => {
  expect(english(source)).toEqual([]);
});

test("strays would be found", () => {
  const stray = `f("Unfold"); // a comment\ng(\`lost \${n} of them\`, "a-name", 'no room');`;
  expect(english(stray)).toEqual(["Unfold", "lost … of them", "no room"]);
});

describe("each bundle's texts", () => {
  /** All texts below a value, with what functions make of a mark. */
  function all(value: unknown): string[] {
    if (typeof value === "string") return [value];
    if (typeof value === "function") return all(value("⟨value⟩", "⟨other⟩"));
    return Object.values(value ?? {}).flatMap(all);
  }

  test.each(Object.entries(texts))("of %s are there, and whole", (_, bundle) => {
    const said = all(bundle);
    expect(said.length).toBeGreaterThan(5);
    for (const text of said) expect(text).toMatch(/^ ?\S(?:.*\S)? ?$/);
    expect(said.filter((text) => /undefined|\[object/.test(text))).toEqual([]);
  });

  test("no two bundles carry the same sentence", () => {
    const sentences = Object.values(texts).flatMap((bundle) =>
      [...new Set(all(bundle))].filter((text) => text.includes(" ") && /[a-z]{3}/.test(text)),
    );
    expect(sentences.filter((text, place) => sentences.indexOf(text) !== place)).toEqual([]);
  });
});
