/** A document without an origin, with a window around it: its storage throws, as a browser's. */
export function opaquePage(origin = "null"): Window {
  const refuse = () => {
    throw new DOMException("The document is sandboxed.", "SecurityError");
  };
  const refused = { configurable: true, enumerable: true, get: refuse };
  const document = Object.defineProperty({}, "cookie", { ...refused, set: refuse });
  const page = { origin, document };
  return Object.defineProperties(page, {
    localStorage: refused,
    sessionStorage: refused,
  }) as unknown as Window;
}
