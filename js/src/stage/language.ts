export interface ResolvedLanguage {
  tag: string;
  rule: "argument" | "page" | "browser";
}

/**
 * The language that the widget will speak, by the order on the vendor's page: the argument of
 * `init`; if it is empty, the page's `<html lang>`; if that is not set, the browser's.
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
