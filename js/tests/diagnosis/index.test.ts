import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Asked, examine } from "../../src/diagnosis/index";
import type { PageFindings } from "../../src/findings";
import type { Tagged, ToKernel } from "../../src/wire";
import { STAGE } from "./findings";

type Findings = Tagged<Pick<ToKernel, "findings">>;

let sent: Findings[];
const frame = document.createElement("iframe");
const stage = { frame, examine: vi.fn(async () => STAGE) };
const asked: Asked = { frontend: "page", lease: 3, views: 2, pending: 7, stage };
const ask = (message: { frontend?: string | null; ping?: number } = {}, changed = {}) =>
  examine(
    { frontend: null, id: 5, ping: 0, ...message },
    { ...asked, ...changed },
    (findings) => void sent.push(structuredClone(findings)),
  );

beforeEach(() => {
  sent = [];
  vi.stubGlobal("isSecureContext", true);
  stage.examine.mockClear();
  document.head.replaceChildren();
});
afterEach(() => vi.useRealTimers());

const page = (): PageFindings => {
  const found = sent[0]?.page;
  if (!found) throw new Error("the page's part is missing");
  return found;
};

test("all pages answer what is asked of all, and one what is asked of it alone", async () => {
  await ask();
  await ask({ frontend: "page" });
  await ask({ frontend: "another" });
  expect(sent).toMatchObject([
    { kind: "findings", frontend: "page", id: 5, ping: 0, stage: STAGE },
    { kind: "findings", frontend: "page", id: 5, ping: 0, stage: STAGE },
  ]);
  expect(page()).toMatchObject({ lease: 3, pending: 7, views: 2 });
});

test("a ping is answered with the page's clock, and examines nothing", async () => {
  vi.useFakeTimers({ now: 1234 });
  await ask({ ping: 2 });
  expect(sent).toEqual([
    { kind: "findings", frontend: "page", id: 5, ping: 2, at: 1234, page: null, stage: null },
  ]);
  expect(stage.examine).not.toHaveBeenCalled();
});

describe("the stage", () => {
  test.each([null, { ...stage, frame: null }])("that is not there is not asked", async (none) => {
    await ask({}, { stage: none });
    expect(sent[0]).toMatchObject({ stage: null, page: { framed: false } });
    expect(stage.examine).not.toHaveBeenCalled();
  });

  test("that is stuck costs no more than a while", async () => {
    vi.useFakeTimers();
    stage.examine.mockReturnValueOnce(new Promise<never>(() => {}));
    const answered = ask();
    await vi.advanceTimersByTimeAsync(1_500);
    await answered;
    expect(sent[0]?.stage).toBeNull();
    expect(page()).toMatchObject({ views: 2, framed: true });
  });
});

describe("the notebook", () => {
  const configure = (text: string) => {
    const script = Object.assign(document.createElement("script"), {
      id: "jupyter-config-data",
      type: "application/json",
      textContent: text,
    });
    document.head.append(script);
  };

  test("names itself in its configuration, of which nothing else is told", async () => {
    configure('{"appName": "JupyterLab", "appVersion": "4.6.6", "token": "secret"}');
    await ask();
    expect(page().host).toEqual({ name: "JupyterLab", version: "4.6.6" });
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  test.each(["{}", "no JSON"])("that says %s is some Jupyter", async (text) => {
    configure(text);
    await ask();
    expect(page().host).toEqual({ name: "Jupyter", version: "" });
  });

  test("that says nothing is none", async () => {
    await ask();
    expect(page().host).toBeNull();
  });
});

describe("the browser", () => {
  const agent = (properties: object) =>
    vi.stubGlobal(
      "navigator",
      Object.create(
        navigator,
        Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, { value }])),
      ),
    );

  test("is told by its brands, without the one that is made up", async () => {
    const brands = [
      { brand: "Not;A=Brand", version: "8" },
      { brand: "Chromium", version: "156" },
    ];
    agent({ userAgentData: { brands, platform: "Linux" } });
    await ask();
    expect(page().browser).toBe("Chromium 156 on Linux");
  });

  test.each([
    ["Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0", "Firefox 140"],
    ["Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1", "Edge 156"],
    ["Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36", "Chrome 156"],
    ["Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/18.2 Safari/605", "Safari 18.2"],
    ["something else of Jane's", "unknown"],
  ])("that has no brands is told by %s, and not more of it", async (userAgent, name) => {
    agent({ userAgentData: undefined, userAgent });
    await ask();
    expect(page().browser).toBe(name);
  });
});
