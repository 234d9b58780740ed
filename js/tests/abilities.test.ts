import { beforeEach, describe, expect, test, vi } from "vitest";
import { cookieAbility, MEDIA, mediaFindings, storageAbility } from "../src/abilities";
import { noStorage, storageThatFills } from "./parcels";

beforeEach(() => sessionStorage.clear());

const opaque = () => vi.stubGlobal("origin", "null");

describe("storage", () => {
  test("that works is left as it was", () => {
    sessionStorage.setItem("mine", "1");
    expect(storageAbility(() => sessionStorage)).toBe("works");
    expect(Object.keys(sessionStorage)).toEqual(["mine"]);
  });

  test("of a document without an origin is an emulation, if there is one", () => {
    opaque();
    expect(storageAbility(() => sessionStorage)).toBe("emulated");
    noStorage();
    expect(storageAbility(() => sessionStorage)).toBe("refused");
  });

  test("that takes nothing counts as refused", () => {
    storageThatFills({ full: true });
    expect(storageAbility(() => sessionStorage)).toBe("refused");
  });
});

describe("cookies", () => {
  test("that work leave none behind", () => {
    expect(cookieAbility()).toBe("works");
    expect(document.cookie).not.toContain("owidget_jupyter");
  });

  test("that are dropped, or throw, are refused", () => {
    const cookie = vi.spyOn(document, "cookie", "get").mockReturnValue("");
    expect(cookieAbility()).toBe("refused");
    cookie.mockImplementation(() => {
      throw new DOMException("The document is sandboxed.", "SecurityError");
    });
    expect(cookieAbility()).toBe("refused");
  });
});

describe("media", () => {
  test("are told as policy and permissions tell of them", async () => {
    const query = vi.fn(async ({ name }: { name: string }) => {
      if (name === "display-capture") throw new TypeError("no such permission");
      return { state: name === "camera" ? "denied" : "prompt" };
    });
    vi.stubGlobal("navigator", Object.create(navigator, { permissions: { value: { query } } }));
    const allowsFeature = (feature: string) => feature !== "microphone";
    Object.assign(document, { featurePolicy: { allowsFeature } });
    const found = await mediaFindings();
    Object.assign(document, { featurePolicy: undefined });
    expect(found.map(({ feature }) => feature)).toEqual([...MEDIA]);
    expect(found.slice(0, 3)).toEqual([
      { feature: "camera", allowed: true, permission: "denied" },
      { feature: "microphone", allowed: false, permission: "prompt" },
      { feature: "display-capture", allowed: true, permission: null },
    ]);
  });

  test("of a browser that tells nothing are not known", async () => {
    vi.stubGlobal("navigator", Object.create(navigator, { permissions: { value: undefined } }));
    expect((await mediaFindings())[0]).toEqual({
      feature: "camera",
      allowed: null,
      permission: null,
    });
  });
});
