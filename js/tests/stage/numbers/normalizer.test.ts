import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as kernel from "../../../src/stage/numbers/kernel";
import { Normalizer } from "../../../src/stage/numbers/normalizer";
import { COMPILE } from "../../../src/stage/numbers/policy";
import type { NumbersOfStage, Question } from "../../../src/wire";
import { FUNCTION } from "../scene";

const NUMBER = "608 123 321";
const POLICY = { region: "CZ", regions: ["CZ"], types: null, code: "", metadata: "plans" };
const BOTH: NumbersOfStage = { ...FUNCTION, policy: POLICY };

let asked: Question[];
let problems: string[];
let compile: ReturnType<typeof vi.fn>;

beforeEach(() => {
  asked = [];
  problems = [];
  compile = vi.fn(() => (number: string) => (/^[67]/.test(number) ? `+420 ${number}` : null));
  Object.assign(window, { [COMPILE]: compile });
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
  delete (window as unknown as Record<symbol, unknown>)[COMPILE];
  expect(problems.join()).not.toContain("608");
});

function normalizer(rules: NumbersOfStage, url: string | null = null): Normalizer {
  // Those of earlier tests still listen to the document, which a stage's own would not outlive.
  const mine: Question[] = [];
  asked = mine;
  const made = new Normalizer({
    url,
    ask: (question) => void mine.push(question),
    problem: (message) => void problems.push(message),
  });
  made.set(rules);
  return made;
}

/** A field of the document, or of a shadow tree in it, with what a keystroke does. */
function typeInto(field: HTMLElement, text: string, root: Node = document.body): void {
  root.appendChild(field);
  Object.assign(field, { value: text });
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}
const input = (type: string) => Object.assign(document.createElement("input"), { type });

describe("a policy", () => {
  test("answers by itself, and is compiled once, by its own rules", () => {
    const made = normalizer({ version: 1, asks: false, policy: POLICY });
    expect(made.answer(NUMBER)).toBe(`+420 ${NUMBER}`);
    expect(made.answer("508")).toBeNull();
    const { code, metadata, ...rules } = POLICY;
    expect(compile).toHaveBeenCalledExactlyOnceWith(metadata, rules);
    expect([asked, problems]).toEqual([[], []]);
  });

  test("whose script does not run is refused with a reason", () => {
    delete (window as unknown as Record<symbol, unknown>)[COMPILE];
    expect(() => normalizer({ version: 1, asks: false, policy: POLICY })).toThrow("does not run");
  });

  test.each([
    [777, "777"],
    ["  777\u00a0", "  777\u00a0"],
    // Python's side does not take it for a space either.
    ["\u3000777", "\u3000777"],
    [null, ""],
    [undefined, ""],
  ])("is asked for the text of %j", (given, text) => {
    const policy = vi.fn();
    compile.mockReturnValue(policy);
    normalizer({ version: 1, asks: false, policy: POLICY }).answer(given);
    expect(policy).toHaveBeenCalledExactlyOnceWith(text);
  });

  test("that throws, as of what has no text, gives null and a problem", () => {
    const made = normalizer({ version: 1, asks: false, policy: POLICY });
    expect(made.answer(Object.create(null))).toBeNull();
    expect(problems).toEqual([expect.stringContaining("null was given")]);
  });
});

describe("a function that can be asked synchronously", () => {
  const ask = () => vi.spyOn(kernel, "askKernel");

  test("answers, and the policy is not heard", () => {
    ask().mockReturnValue({ given: true, number: null });
    expect(normalizer(BOTH, "url").answer(NUMBER)).toBeNull();
    expect(problems).toEqual([]);
  });

  test("is asked for what was typed, without the spaces around it", () => {
    const asking = ask().mockReturnValue({ given: true, number: null });
    normalizer(FUNCTION, "url").answer(` ${NUMBER} `);
    expect(asking).toHaveBeenCalledExactlyOnceWith("url", NUMBER);
  });

  test.each([
    [BOTH, `+420 ${NUMBER}`],
    [FUNCTION, null],
  ])("and has no answer: policy or null; the kernel has said why", (rules, expected) => {
    ask().mockReturnValue({ given: false, number: null });
    expect(normalizer(rules, "url").answer(NUMBER)).toBe(expected);
    expect(problems).toEqual([]);
  });

  test.each([
    [BOTH, `+420 ${NUMBER}`, "so the policy answered"],
    [FUNCTION, null, "so null was given"],
  ])("and whose kernel is gone: policy or null, and a problem", (rules, expected, so) => {
    ask().mockImplementation(() => {
      throw new Error("the kernel cannot be reached");
    });
    expect(normalizer(rules, "url").answer(NUMBER)).toBe(expected);
    expect(problems).toEqual([`the kernel cannot be reached, ${so}`]);
  });

  test("is not asked ahead", () => {
    normalizer(FUNCTION, "url");
    typeInto(input("tel"), NUMBER);
    expect(asked).toEqual([]);
  });
});

describe("a function that has to be asked ahead", () => {
  test.each(["tel", "text", "number"])("is asked while a %s field is typed into", (type) => {
    normalizer(FUNCTION);
    typeInto(input(type), "608123321");
    expect(asked).toEqual([{ id: 1, number: "608123321", submitted: false }]);
  });

  test("is asked while a field in a shadow tree is typed into", () => {
    normalizer(FUNCTION);
    const host = document.createElement("div");
    document.body.append(host);
    typeInto(input("tel"), NUMBER, host.attachShadow({ mode: "open" }));
    expect(asked).toHaveLength(1);
  });

  test.each(["password", "email", "search", "hidden"])("not while a %s field is", (type) => {
    normalizer(FUNCTION);
    typeInto(input(type), "608123321");
    expect(asked).toEqual([]);
  });

  test("not while a message is", () => {
    normalizer(FUNCTION);
    typeInto(document.createElement("textarea"), NUMBER);
    expect(asked).toEqual([]);
  });

  test("answers once its answer is there", () => {
    const made = normalizer(BOTH);
    typeInto(input("tel"), ` ${NUMBER} `);
    made.heard({ id: 1, version: 1, given: true, number: "+420 111 111 111" });
    expect(made.answer(NUMBER)).toBe("+420 111 111 111");
    expect(problems).toEqual([]);
  });

  test.each([
    [BOTH, `+420 ${NUMBER}`, "so the policy answered"],
    [FUNCTION, null, "so null was given"],
  ])("and is late: policy or null, and a problem", (rules, expected, so) => {
    const made = normalizer(rules);
    expect(made.answer(NUMBER)).toBe(expected);
    expect(problems).toEqual([`the function's answer is not there yet, ${so}`]);
  });

  test("and failed: policy or null, and a problem", () => {
    const made = normalizer(FUNCTION);
    typeInto(input("tel"), NUMBER);
    made.heard({ id: 1, version: 1, given: false, number: null });
    expect(made.answer(NUMBER)).toBeNull();
    expect(problems).toEqual(["the function has no answer, so null was given"]);
  });

  test("is asked anew once another one was set, by one question a keystroke", () => {
    const made = normalizer(FUNCTION);
    typeInto(input("tel"), NUMBER);
    made.heard({ id: 1, version: 1, given: true, number: "+420 111 111 111" });
    made.set({ ...FUNCTION, version: 2 });
    typeInto(input("tel"), NUMBER);
    expect(asked.map(({ id }) => id)).toEqual([1, 2]);
    made.heard({ id: 2, version: 2, given: true, number: "+420 222 222 222" });
    expect(made.answer(NUMBER)).toBe("+420 222 222 222");
  });

  test("is asked no more once a policy took its place", () => {
    const made = normalizer(FUNCTION);
    made.set({ version: 2, asks: false, policy: POLICY });
    typeInto(input("tel"), NUMBER);
    expect(asked).toEqual([]);
    expect(made.answer(NUMBER)).toBe(`+420 ${NUMBER}`);
  });
});
