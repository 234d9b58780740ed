import { expect, it, vi } from "vitest";
import { resolveLanguage } from "../../src/simulator/language.js";
import { isGoodbye, LANGUAGES } from "../../src/simulator/texts/index.js";
import { connected, freshPage, GUID, newDocument } from "./harness.js";

freshPage();

it.each([
  ["cs", "de", "sk", "cs", "cs"],
  [null, "de", "sk", "de", "de"],
  ["", "de-AT", "sk", "de-AT", "de"],
  [null, "", "sk-SK", "sk-SK", "sk"],
  [null, " ", "en_GB", "en_GB", "en"],
  [null, "", "", "", "en"],
])("argument %j, page %j, browser %j: %j, shown in %s", (argument, ofPage, browser, tag, shown) => {
  const language = resolveLanguage(argument, ofPage, browser);
  expect(language).toMatchObject({ tag, shown, fallback: false });
});

it.each([
  ["en", "SIMULATOR", "Start chat"],
  ["cs", "SIMULÁTOR", "Zahájit chat"],
  ["sk", "SIMULÁTOR", "Začať chat"],
  ["de-AT", "SIMULATOR", "Chat starten"],
])("speaks %s", async (tag, word, start) => {
  const { part } = await connected(GUID, null, tag);
  part("button").click();
  expect(part("tag").textContent).toBe(word);
  expect(part("start").textContent).toBe(start);
});

it("takes the page's language, then the browser's", async () => {
  document.documentElement.lang = "sk";
  const first = await connected(GUID);
  first.part("button").click();
  expect(first.part("start").textContent).toBe("Začať chat");

  newDocument();
  document.documentElement.lang = "";
  vi.spyOn(navigator, "language", "get").mockReturnValue("de-CH");
  const second = await connected(GUID, null, "");
  second.part("button").click();
  expect(second.part("start").textContent).toBe("Chat starten");
});

it("says that it has no texts for a language", async () => {
  const { part } = await connected(GUID, null, "xx");
  part("button").click();
  expect(part("fallback").textContent).toBe("xx: no texts, English shown");
  expect(part("start").textContent).toBe("Start chat");
  newDocument();
  const known = await connected(GUID, null, "cs");
  known.part("button").click();
  expect(known.maybe("fallback")).toBeNull();
});

it("has every text in every language", () => {
  for (const texts of LANGUAGES.values()) {
    for (const text of Object.values(texts)) expect(text.length).toBeGreaterThan(0);
  }
});

it.each(["Bye", "ok, bye!", "Na shledanou.", "nashledanou", "Dovidenia", "Tschüss", "TSCHÜSS!"])(
  "hears a goodbye in %j",
  (message) => expect(isGoodbye(message)).toBe(true),
);

it.each(["Hello", "goodbyes are hard to spell, bytes too", "Ahoj", "byebye2"])(
  "hears none in %j",
  (message) => expect(isGoodbye(message)).toBe(false),
);
