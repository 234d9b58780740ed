import { describe } from "./json";

/** Most that are told of one document: a timer could throw for ever. */
const MOST = 20;

/**
 * Tells of errors that nobody caught in this document, where they would end in a console that
 * nobody looks into. Of a script of another origin the browser says no more than that there was one.
 *
 * @param tell - called with a sentence for each of the first 20.
 */
export function tellUncaught(tell: (message: string) => void): void {
  let told = 0;
  const found = (what: string, thrown: string) => {
    told += 1;
    if (told > MOST) return;
    tell(`${what}: ${thrown}${told === MOST ? "; further ones are not told" : ""}`);
  };
  addEventListener("error", ({ error, message }) => {
    found("an uncaught error", error == null ? describe(message) : describe(error));
  });
  addEventListener("unhandledrejection", ({ reason }) => {
    found("a rejection that nobody handled", describe(reason));
  });
}
