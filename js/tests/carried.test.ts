import { expect, test } from "vitest";
import { carrying, takeCarried } from "../src/carried";

const HTML = "<!doctype html><html><head><title>Chat</title></head><body></body></html>";
const parsed = (html: string) => new DOMParser().parseFromString(html, "text/html");

test.each([
  "let a = 1;",
  "if (1 < 2 && 3 > 2) '</script><script>alert(1)</script>'; // <!-- <script>",
  "$& $1 `ahoj ☃` \\u003c \u2028",
  " 100 %41 # a?b\t\r\n'\"` ",
])("a document has a script with it, and is as any other once that is taken: %j", (script) => {
  const document = parsed(carrying(HTML, script));
  const address = new URL(takeCarried(document) ?? "");
  const [, text = ""] = address.href.split(/,(.*)/s);
  expect(address.protocol).toBe("data:");
  expect(decodeURIComponent(text)).toBe(script);
  expect(document.documentElement.outerHTML).toBe(parsed(HTML).documentElement.outerHTML);
  expect(takeCarried(document)).toBeNull();
});

test("it is there before the first script of the document's own", () => {
  const html = HTML.replace("</head>", "<script>first()</script></head>");
  const [carried, own] = parsed(carrying(html, "x")).querySelectorAll("script");
  expect(own?.textContent).toBe("first()");
  expect(carried?.type).not.toMatch(/javascript|module|^$/);
});
