export interface ResolvedLanguage {
  tag: string;
  rule: "argument" | "page" | "browser";
}

/**
 * The language that the widget will speak. The vendor's page ranks three sources: what `init`
 * was given, then the `lang` of the document, then what the browser prefers.
 */
export function resolveLanguage(
  argument: string | null,
  page: string,
  browser: string,
): ResolvedLanguage {
  if (argument) return { tag: argument, rule: "argument" };
  if (page) return { tag: page, rule: "page" };
  return { tag: browser, rule: "browser" };
}
