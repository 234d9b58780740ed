import { beforeEach, describe, expect, test, vi } from "vitest";
import { Examiner } from "../../src/stage/examine";
import type { StageOrders } from "../../src/wire";
import { startOrders } from "./scene";

const URL_ = "https://chat.example/widget/OOWidget.js";
const { kind: _, ...orders } = startOrders({ script: URL_ });
let examiner: Examiner;

beforeEach(() => {
  document.body.replaceChildren();
  examiner = new Examiner();
});

function violated(blockedURI: string, more: object = {}): void {
  const event = new Event("securitypolicyviolation", { bubbles: true });
  const of = { disposition: "report", effectiveDirective: "connect-src", blockedURI, ...more };
  document.dispatchEvent(Object.assign(event, of));
}
const violations = async () => (await examiner.examine(null)).violations;

describe("violations", () => {
  test.each([
    ["https://a.example/jane/roe?phone=777#x", "https://a.example"],
    ["wss://jane:roe@a.example:8443/socket", "wss://a.example:8443"],
    ["inline", "inline"],
    ["wasm-eval", "wasm-eval"],
    ["data", "data"],
    ["blob:https://a.example/1234", "blob:"],
    ["", "other"],
    ["Jane Roe", "other"],
  ])("of %s tell of no more than %s", async (blocked, source) => {
    violated(blocked);
    expect(await violations()).toEqual([
      { disposition: "report", directive: "connect-src", source },
    ]);
  });

  test("of one kind are told once, and others apart", async () => {
    violated("https://a.example/1");
    violated("https://a.example/2");
    violated("https://a.example/2", { disposition: "enforce" });
    violated("https://a.example/2", { effectiveDirective: "img-src" });
    expect(await violations()).toHaveLength(3);
  });

  test("are bounded", async () => {
    for (let n = 0; n < 100; n++) violated(`https://host-${n}.example/`);
    expect(await violations()).toHaveLength(40);
  });
});

describe("the script", () => {
  const script = async (of: StageOrders["script"] = URL_) =>
    (await examiner.examine({ ...orders, script: of })).script;
  function ended(src: string, type: "load" | "error"): void {
    const element = document.createElement("script");
    vi.spyOn(element, "src", "get").mockReturnValue(src);
    document.body.append(element);
    element.dispatchEvent(new Event(type));
  }

  test("is not told of before there are orders", async () => {
    expect((await examiner.examine(null)).script).toBeNull();
  });

  test("is pending until it was loaded, or was not", async () => {
    expect(await script()).toEqual({ outcome: "pending", status: 0, bytes: 0, ms: 0 });
    ended("https://elsewhere.example/other.js", "load");
    expect((await script())?.outcome).toBe("pending");
    ended(URL_, "error");
    expect((await script())?.outcome).toBe("error");
  });

  test("has the address that browsers make of what it was given", async () => {
    ended("https://chat.example/widget/OOWidget.js", "load");
    const outcome = (await script("https://CHAT.example:443/widget/OOWidget.js"))?.outcome;
    expect(outcome).toBe("loaded");
  });

  test("of the simulator has no address", async () => {
    expect((await script(null))?.outcome).toBe("pending");
    ended("data:text/javascript,1", "load");
    expect(await script(null)).toMatchObject({ outcome: "loaded", ms: 0 });
  });

  test("is told of as far as its timing tells", async () => {
    class Timing {
      responseStatus = 200;
      transferSize = 51_234;
      duration = 120.5;
    }
    vi.stubGlobal("PerformanceResourceTiming", Timing);
    const entries = (name: string) => (name === URL_ ? [new Timing()] : []);
    vi.spyOn(performance, "getEntriesByName").mockImplementation(entries as never);
    ended(URL_, "load");
    expect(await script()).toEqual({ outcome: "loaded", status: 200, bytes: 51_234, ms: 120.5 });
  });
});

test("frames that are nested in it are counted, and abilities told", async () => {
  document.body.append(document.createElement("frame"));
  const { frames, local, session, cookies, media } = await examiner.examine(null);
  expect(frames).toBe(1);
  expect([local, session, cookies]).toEqual(["works", "works", "works"]);
  expect(media).toHaveLength(5);
});
