import { mentions } from "../words.js";
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

/** A text with its one gap filled in. */
export function fill(text: string, value: string): string {
  return text.replace("{}", () => value);
}

const GOODBYES = [
  "bye",
  "goodbye",
  "na shledanou",
  "nashledanou",
  "na skledanou",
  "naskledanou",
  "do videnia",
  "dovidenia",
  "tschüss",
  "tschuess",
  "auf wiedersehen",
];

/** Whether a visitor takes leave, in any of the languages: people mix them. */
export function isGoodbye(message: string): boolean {
  return mentions(message, GOODBYES);
}
