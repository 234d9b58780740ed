import { warn } from "./warn.js";

/** What a page sets to judge numbers: international format, or null for an invalid one. */
export type NumberCallback = (phoneNumber: string) => string | null;

/** How much is taken for a number at most: none is as long, however it is written. */
export const MAX_LENGTH = 100;

const SETTER = "setCustomNumberNormalization";

/**
 * A number as it is submitted, or null for an invalid one. The page's callback alone decides, where
 * there is one; it is called synchronously, with exactly what was typed. An answer that it must not
 * give is a mistake to be told of, without the number, and counts as null.
 */
export function normalise(callback: NumberCallback | null, typed: string): string | null {
  if (!callback) return normaliseByDefault(typed);
  let answer: unknown;
  try {
    answer = callback(typed);
  } catch (error) {
    warn(`the callback of ${SETTER} threw; the number counts as invalid.`, error);
    return null;
  }
  if (answer === null) return null;
  if (typeof answer === "string" && answer.trim() !== "") return answer;
  warn(
    `the callback of ${SETTER} must return a string that is not empty, or null, at once, ` +
      `not ${kindOf(answer)}; the number counts as invalid.`,
  );
  return null;
}

/**
 * The simulator's own rule; what the vendor's default does is not known. It takes a number with its
 * calling code ("+" or "00", then 8 to 15 digits), drops spaces and `( ) . - /`, and submits
 * "+420777666555". A national number, which needs a country to be understood, is invalid.
 */
function normaliseByDefault(typed: string): string | null {
  const match = /^(?:\+|00)([1-9]\d{7,14})$/.exec(typed.replace(/[\s().\-/]/g, ""));
  return match ? `+${match[1]}` : null;
}

// Never the value: it may be the number.
function kindOf(answer: unknown): string {
  if (answer === "") return "an empty one";
  if (typeof answer === "string") return "blanks";
  if (typeof (answer as { then?: unknown } | undefined)?.then === "function") return "a promise";
  return answer === undefined ? "undefined" : `a value of type ${typeof answer}`;
}
