import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { resolveLanguage } from "../../src/stage/language";
import { initArguments, insertScript, statusCode, type Vendor } from "../../src/stage/vendor";

const COMPANY = "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e";
const NONE = { company: COMPANY, tenant: null, preset: null, language: null, scope: null };

describe("the arguments of init", () => {
  test.each([
    ["company only", {}, [COMPANY]],
    ["with preset", { preset: "P" }, [COMPANY, "P"]],
    ["language without preset", { language: "cs" }, [COMPANY, null, "cs"]],
    ["preset and language", { preset: "P", language: "cs" }, [COMPANY, "P", "cs"]],
    ["scope without language", { preset: "P", scope: "s" }, [COMPANY, "P", null, "s"]],
    ["scope alone", { scope: "s" }, [COMPANY, null, null, "s"]],
    ["language and scope", { language: "cs", scope: "s" }, [COMPANY, null, "cs", "s"]],
    ["all", { preset: "P", language: "cs", scope: "s" }, [COMPANY, "P", "cs", "s"]],
    ["a tenant", { tenant: "t" }, [[COMPANY, "t"]]],
    ["the tenant 0", { tenant: 0 }, [[COMPANY, 0]]],
    ["tenant and all", { tenant: 7, preset: "P", scope: "s" }, [[COMPANY, 7], "P", null, "s"]],
  ])("%s", (_, given, expected) => {
    expect(initArguments({ ...NONE, ...given })).toEqual(expected);
  });
});

describe("a status code", () => {
  test.each([0, 1, 2] as const)("%i is an integer, whether it came so or as text", (code) => {
    expect(statusCode(code)).toBe(code);
    expect(statusCode(String(code))).toBe(code);
  });

  test.each([3, -1, 1.5, "01", " 1", "", null, undefined, true, [1], { code: 1 }, Number.NaN])(
    "%j is none",
    (given) => {
      expect(statusCode(given)).toBeNull();
    },
  );
});

describe("the language", () => {
  test.each([
    ["cs", "sk", "en", "cs", "argument"],
    [null, "sk", "en", "sk", "page"],
    ["", "sk", "en", "sk", "page"],
    [null, "", "en-US", "en-US", "browser"],
  ])("argument %j, page %j, browser %j: %s by %s", (argument, page, browser, tag, rule) => {
    expect(resolveLanguage(argument, page, browser)).toEqual({ tag, rule });
  });
});

describe("the script's element", () => {
  const URL = "https://chat.example/widget/OOWidget.js";
  const outcome = { arrived: vi.fn(), loaded: vi.fn(), unreachable: vi.fn() };
  let inserted: (HTMLScriptElement & { $owidgetOnLoad?: (owidget: Vendor) => void })[] = [];
  let hadProperty: boolean[] = [];

  beforeEach(() => {
    vi.clearAllMocks();
    inserted = [];
    hadProperty = [];
    document.head.replaceChildren();
    document.body.replaceChildren();
    const note = (node: unknown) => {
      inserted.push(node as HTMLScriptElement);
      hadProperty.push("$owidgetOnLoad" in (node as object));
    };
    // Nothing is to be fetched: what would be inserted is noted instead.
    vi.spyOn(Node.prototype, "insertBefore").mockImplementation((node) => {
      note(node);
      return node;
    });
    vi.spyOn(document.head, "append").mockImplementation((node) => note(node));
  });
  afterEach(() => void vi.restoreAllMocks());

  const insert = () => {
    insertScript(URL, outcome);
    const script = inserted[0];
    if (!script) throw new Error("nothing was inserted");
    return script;
  };

  test("is what the vendor's page shows: type, async, UTF-8, address", () => {
    const script = insert();
    expect(script.tagName).toBe("SCRIPT");
    expect(script.getAttribute("type")).toBe("text/javascript");
    expect(script.async).toBe(true);
    expect(script.getAttribute("charset")).toBe("UTF-8");
    expect(script.getAttribute("src")).toBe(URL);
    expect(inserted).toHaveLength(1);
  });

  test("has $owidgetOnLoad before it is inserted", () => {
    insert();
    expect(hadProperty).toEqual([true]);
  });

  test("goes before the first script where there is one", () => {
    const first = document.createElement("script");
    vi.mocked(Node.prototype.insertBefore).mockRestore();
    document.head.appendChild(first);
    const before = vi.spyOn(document.head, "insertBefore").mockImplementation((node) => node);
    insertScript(URL, outcome);
    expect(before).toHaveBeenCalledExactlyOnceWith(expect.any(HTMLScriptElement), first);
    first.remove();
  });

  test("hands over the object once, however often the script calls", () => {
    const script = insert();
    const owidget = {} as Vendor;
    script.$owidgetOnLoad?.(owidget);
    script.$owidgetOnLoad?.({} as Vendor);
    expect(outcome.arrived).toHaveBeenCalledExactlyOnceWith(owidget);
  });

  test("tells a script that was evaluated from one that could not be had", () => {
    const script = insert();
    script.dispatchEvent(new Event("load"));
    expect(outcome.loaded).toHaveBeenCalledOnce();
    expect(outcome.unreachable).not.toHaveBeenCalled();
    script.dispatchEvent(new Event("error"));
    expect(outcome.unreachable).toHaveBeenCalledExactlyOnceWith(null);
  });

  /** A content security policy has stopped something, unless it only reports. */
  const violate = (blockedURI: string, more: object = {}) => {
    const said = { disposition: "enforce", effectiveDirective: "script-src-elem", ...more };
    document.dispatchEvent(
      Object.assign(new Event("securitypolicyviolation"), { blockedURI, ...said }),
    );
  };

  test.each([URL, "https://chat.example", "https://chat.example/"])(
    "that a policy forbids is told from others, with %s as its address",
    (blockedURI) => {
      const script = insert();
      violate(blockedURI);
      script.dispatchEvent(new Event("error"));
      expect(outcome.unreachable).toHaveBeenCalledExactlyOnceWith("script-src-elem");
    },
  );

  test("of our own that a policy forbids is told as well", () => {
    insertScript("data:text/javascript,1", outcome);
    violate("data");
    inserted[0]?.dispatchEvent(new Event("error"));
    expect(outcome.unreachable).toHaveBeenCalledExactlyOnceWith("script-src-elem");
  });

  test.each([
    ["another script", "https://other.example/a.js", {}],
    ["an inline one", "inline", {}],
    ["no address", "", {}],
    ["what is no script", URL, { effectiveDirective: "connect-src" }],
    ["a policy that only reports", URL, { disposition: "report" }],
  ])("is not taken for forbidden because of %s", (_, blockedURI, more) => {
    const script = insert();
    violate(blockedURI, more);
    script.dispatchEvent(new Event("error"));
    expect(outcome.unreachable).toHaveBeenCalledExactlyOnceWith(null);
  });
});
