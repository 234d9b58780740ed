import { describe, expect, test } from "vitest";
import { button, h, sign } from "../../src/dom";
import { STATE, STATUS } from "../../src/texts/widget";

const MARKUP = '<img src=x onerror="alert(1)">';

describe("elements", () => {
  test("text is text, never markup", () => {
    const element = h("p", {}, MARKUP, h("b", {}, MARKUP));
    expect(element.querySelector("img")).toBeNull();
    expect(element.textContent).toBe(MARKUP + MARKUP);
    expect(button(MARKUP, () => {}).querySelector("img")).toBeNull();
  });

  test("a sign is a word and a shape, and only the word is read out", () => {
    const { children, textContent } = sign({ shape: "M4 8h8", word: "idle" });
    expect(textContent).toBe("idle");
    expect((children[0] as HTMLElement).ariaHidden).toBe("true");
    expect(children[0]?.querySelector("path")?.getAttribute("d")).toBe("M4 8h8");
  });

  test.each(Object.entries({ STATE, STATUS }))("each of %s has its own word", (name, signs) => {
    const words = Object.values(signs).map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((word) => word.length > 2)).toBe(true);
    if (name === "STATUS") {
      expect(new Set(Object.values(signs).map(({ shape }) => shape)).size).toBe(4);
    }
  });

  test("a state never looks like the status beside it", () => {
    const shapes = Object.values(STATUS).map(({ shape }) => shape);
    expect(Object.values(STATE).filter(({ shape }) => shapes.includes(shape))).toEqual([]);
  });
});
