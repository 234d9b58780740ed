import type { Words } from "../simulation.js";
import type { Language } from "./language.js";

/** A scenario's text in the visitor's language, in English, or in whatever there is. */
export function wordsIn(language: Language, words: Words): string {
  if (typeof words === "string") return words;
  for (const tag of [language.primary, language.shown, "en"]) {
    if (Object.hasOwn(words, tag)) return words[tag] as string;
  }
  return Object.values(words)[0] ?? "";
}

/** Without case and accents, in which people are careless, and with single blanks between words. */
export function plain(text: string): string {
  const bare = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
  return bare.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Whether any of the words, or runs of words, is in the message. */
export function mentions(message: string, words: readonly string[]): boolean {
  const said = ` ${plain(message)} `;
  return words.some((word) => said.includes(` ${plain(word)} `));
}
