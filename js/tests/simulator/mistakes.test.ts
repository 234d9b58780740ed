import { expect, it } from "vitest";
import type { OWidgetApi } from "../../src/simulator/api.js";
import { companyOf, show } from "../../src/simulator/checks.js";
import { connected, freshPage, GUID, insert, pass } from "./harness.js";

const { warnings } = freshPage();

const cyclic: unknown[] = [];
cyclic.push(cyclic);
/** Not to be put into words: it has no text, and a cycle in it. */
const unspeakable = Object.assign(Object.create(null), { cyclic });

it.each<[string, (owidget: OWidgetApi) => void, RegExp]>([
  ["no company", (o) => o.init(), /GUID.*undefined/],
  ["a bad company", (o) => o.init("mluvii"), /GUID.*"mluvii"/],
  ["a tenant without an id", (o) => o.init([GUID]), /tenant id/],
  ["three in the array", (o) => o.init([GUID, 1, 2]), /tenant id/],
  ["a cycle", (o) => o.init(cyclic), /GUID/],
  ["a preset that is none", (o) => o.init(GUID, 7), /widgetPreset, not 7/],
  ["a language that is none", (o) => o.init(GUID, null, {}), /language, not \{\}/],
  ["a scope that is none", (o) => o.init(GUID, null, "cs", true), /scope, not true/],
  ["five arguments", (o) => o.init(GUID, "a", "cs", "s", 1), /at most four/],
  ["connecting before init", (o) => o.connectToServer(), /before init/],
  ["a callback that is none", (o) => o.setAppEventCallback("f"), /setAppEventCallback.*"f"/],
  ["another", (o) => o.setStatusUpdateCallback(1), /setStatusUpdateCallback.*1/],
  ["a third", (o) => o.setConnectionUpdateCallback({}), /setConnectionUpdateCallback/],
  ["a fourth", (o) => o.setCustomNumberNormalization(true), /setCustomNumberNormalization/],
  ["custom data without a name", (o) => o.addCustomData("", "x"), /addCustomData.*name/],
  ["custom data of a strange type", (o) => o.addCustomData("a", {}), /boolean, not object/],
  ["custom data that is no number", (o) => o.addCustomData("a", Number.NaN), /not NaN/],
  ["a value that nothing can be said of", (o) => o.openChat(unspeakable), /boolean, not object/],
  ["removing nothing", (o) => o.removeCustomData(undefined), /removeCustomData.*name/],
  ["opening too early", (o) => o.openChat(), /openChat.*before connectToServer/],
  ["opening with a word", (o) => o.openChat("now"), /nothing or a boolean, not "now"/],
  ["an unknown app", (o) => o.openAppOnCurrentPage("fax"), /"chat" or "av", not "fax"/],
  ["hiding too early", (o) => o.hideWidget(), /hideWidget.*before connectToServer/],
])("warns of %s and goes on", async (_, mistake, named) => {
  await insert(mistake);
  expect(warnings()[0]).toMatch(/^OOWidget simulator: /);
  expect(warnings()[0]).toMatch(named);
});

it("ignores a company that is none, so that connecting is a mistake too", async () => {
  const { statuses } = await insert((owidget) => {
    owidget.init("nonsense");
    owidget.connectToServer();
  });
  await pass(10_000);
  expect(statuses).toEqual([]);
  expect(warnings()).toHaveLength(2);
});

it("warns of a second connectToServer and does nothing else", async () => {
  const { owidget, statuses } = await connected();
  owidget.connectToServer();
  await pass(10_000);
  expect(statuses).toEqual([1]);
  expect(warnings()).toHaveLength(1);
});

it("lets a second init count before connecting, and not after", async () => {
  const { owidget, text } = await insert((o) => {
    o.init(GUID, "sales");
    o.init(GUID, "support");
    o.connectToServer();
  });
  await pass(1000);
  owidget.init(GUID, "sales");
  expect(text()).toContain("Get support");
  expect(text()).not.toContain("Talk to sales");
  expect(warnings()).toHaveLength(2);
});

it("does not repeat a custom value in a warning", async () => {
  const { owidget } = await connected();
  owidget.addCustomData("email", ["jana@example.com"]);
  expect(warnings()).toHaveLength(1);
  expect(warnings()[0]).not.toContain("jana");
});

it("keeps a GUID in one form", () => {
  const canonical = { company: GUID, tenant: null };
  expect(companyOf(GUID.replaceAll("-", "").toUpperCase())).toEqual(canonical);
  expect(companyOf(`{${GUID}}`)).toBeNull();
  expect(show("x".repeat(100))).toHaveLength(58);
});
