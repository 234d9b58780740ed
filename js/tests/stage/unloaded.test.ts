import { describe, expect, test, vi } from "vitest";
import { unloaded } from "../../src/stage/unloaded";

const URL = "https://chat.example:8443/widget/OOWidget.js";

describe("why a script is not there", () => {
  test.each([
    [URL, "from https://chat.example:8443."],
    ["data:text/javascript,1", "from data:."],
  ])("is a policy where one forbids %s", (url, named) => {
    const { code, message } = unloaded(url, "script-src-elem");
    expect(code).toBe("script_blocked");
    expect(message).toContain("content security policy (script-src-elem)");
    expect(message).toContain(named);
    expect(message).not.toContain("OOWidget.js");
  });

  test("is the network where the browser says that it has none", () => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    expect(unloaded(URL, null).code).toBe("no_network");
    expect(unloaded(URL, "script-src").code, "a policy is known for certain").toBe(
      "script_blocked",
    );
  });

  test.each([
    "http://localhost:8123/widget/OOWidget.js",
    "http://127.0.0.1:8123/widget/OOWidget.js",
    "http://[::1]:8123/widget/OOWidget.js",
  ])("is no network's matter for %s, which needs none", (url) => {
    vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    expect(unloaded(url, null).code).toBe("script_unreachable");
  });

  test("is else not known, and the sentence claims no more", () => {
    const { code, message } = unloaded(URL, null);
    expect(code).toBe("script_unreachable");
    expect(message).toContain("does not say why");
  });
});
