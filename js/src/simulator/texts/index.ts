import { cs } from "./cs.js";
import { de } from "./de.js";
import { en } from "./en.js";
import { sk } from "./sk.js";
import type { Texts } from "./types.js";

export type { Texts } from "./types.js";

/** By primary language subtag. */
export const LANGUAGES: ReadonlyMap<string, Texts> = new Map([
  ["en", en],
  ["cs", cs],
  ["sk", sk],
  ["de", de],
]);

const GOODBYES =
  /\b(bye|goodbye|na ?shledanou|na ?skledanou|do ?videnia|tschuss|tschuess|auf wiedersehen)\b/;

/** Whether a visitor takes leave, in any of the languages: people mix them. */
export function isGoodbye(message: string): boolean {
  // Accents are dropped, so that a hurried "tschuss" is understood too.
  const plain = message
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
  return GOODBYES.test(plain);
}
