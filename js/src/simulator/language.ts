import { LANGUAGES, type Texts } from "./texts/index.js";

export interface Language {
  /** The tag that was asked for, or "" when nobody asked for any. */
  readonly tag: string;
  /** Its primary subtag. */
  readonly primary: string;
  /** The tag of the texts that are shown. */
  readonly shown: string;
  readonly texts: Texts;
  /** True when there are no texts for `tag`, which the window then says. */
  readonly fallback: boolean;
}

/** The documented order: the argument of `init`, the page's `<html lang>`, the browser's language. */
export function resolveLanguage(
  argument: string | null,
  page: string | null,
  browser: string | null,
): Language {
  const tag = argument?.trim() || page?.trim() || browser?.trim() || "";
  const primary = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const texts = LANGUAGES.get(primary);
  if (texts) return { tag, primary, shown: primary, texts, fallback: false };
  const english = LANGUAGES.get("en") as Texts;
  return { tag, primary, shown: "en", texts: english, fallback: tag !== "" };
}
