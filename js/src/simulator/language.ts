import { LANGUAGES, type Texts } from "./texts/index.js";

export interface Language {
  /** The tag that was asked for, or "" when nobody asked for any. */
  readonly tag: string;
  readonly source: "argument" | "page" | "browser";
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
  const candidates = [
    ["argument", argument],
    ["page", page],
    ["browser", browser],
  ] as const;
  for (const [source, candidate] of candidates) {
    const tag = candidate?.trim();
    if (tag) return describe(tag, source);
  }
  return describe("", "browser");
}

function describe(tag: string, source: Language["source"]): Language {
  const primary = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const texts = LANGUAGES.get(primary);
  if (texts) return { tag, source, shown: primary, texts, fallback: false };
  return { tag, source, shown: "en", texts: LANGUAGES.get("en") as Texts, fallback: tag !== "" };
}
