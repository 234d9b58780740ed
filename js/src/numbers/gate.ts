/**
 * What may be read as a phone number at all: the same rule here and in
 * `owidget_jupyter/numbers/gate.py`, where the reasons stand. A test compares the constants.
 */

export const SPACES = " \t\u00a0\u2007\u2009\u202f";
/** Most characters, counted in code points, without the spaces around them. */
export const LIMIT = 64;
export const SHAPE = String.raw`\+?[0-9 \t\u00a0\u2007\u2009\u202f().\-/]*`;

const WHOLE = new RegExp(`^${SHAPE}$`);

/** The digits of a text, behind its "+" if there is one; null for what is no number. */
export function bare(text: string): string | null {
  const trimmed = trim(text);
  if (trimmed.length > LIMIT || !WHOLE.test(trimmed)) return null;
  const digits = trimmed.replace(/[^0-9]+/g, "");
  return trimmed.startsWith("+") ? `+${digits}` : digits;
}

/** A formatted number as E.123 writes it: groups, and a space between them. */
export function grouped(formatted: string): string {
  return `+${formatted.replace(/[^0-9]+/g, " ").trim()}`;
}

/** What has the shape has no surrogates: its length counts code points. */
function trim(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && SPACES.includes(text.charAt(start))) start += 1;
  while (end > start && SPACES.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
