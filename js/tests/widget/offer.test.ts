import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "../hosting/frames";
import { ModelOnPage, notice, openPage } from "./front-ends";
import type { ModelDouble } from "./scene";

vi.mock("../../src/hosting/frame", () => import("../hosting/frames"));

const CONNECTION = "0b7e3a52-connection";
const TEXTS = { hosting: "hosting", stage: "<p>stage</p>" };

let page: ModelOnPage;
let kernel: ModelDouble;

beforeEach(() => {
  openPage();
  browser.frames = [];
  browser.moves = true;
  page = new ModelOnPage({ isolation: "opaque" });
  kernel = page.kernel;
  kernel.widget_manager = { kernel: { clientId: CONNECTION } };
  page.initialise();
});
afterEach(() => {
  page.close();
  vi.clearAllTimers();
  vi.useRealTimers();
});

const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);
const offer = (lease = 1) => kernel.offer(CONNECTION, lease, { isolation: "opaque" }, TEXTS);
const orders = () => browser.frames.at(-1)?.sent.filter(({ kind }) => kind === "start");
const reached = async () => {
  await pass();
  browser.frames.at(-1)?.events.reached();
  await pass();
};

describe("a lease that the kernel offers the page that is about to show the widget", () => {
  test("starts a stage, and nothing is asked", async () => {
    offer();
    page.show();
    await reached();
    expect(orders()).toMatchObject([{ lease: 1 }]);
    expect(kernel.sent).toEqual([]);
  });

  test("names no script to anybody before a view is on the page", async () => {
    offer();
    const view = page.show({ connected: false });
    await pass(60_000);
    await reached();
    expect(orders()).toEqual([]);
    expect(kernel.sent).toEqual([]);
    document.body.append(view.el);
    await pass();
    expect(orders()).toMatchObject([{ lease: 1 }]);
  });

  test("has its frame begun out of sight, which is brought into the view", async () => {
    offer();
    await reached();
    const nest = browser.frames[0]?.slot;
    expect(nest?.parentElement).toBe(document.body);
    const view = page.show();
    await pass();
    expect(nest?.isConnected).toBe(false);
    expect(browser.frames).toHaveLength(1);
    expect(orders()).toMatchObject([{ lease: 1 }]);
    expect(view.el.querySelector<HTMLElement>(".owidget-slot")?.hidden).toBe(false);
  });

  test("has its frame begun in the view where the browser can move none alive", async () => {
    browser.moves = false;
    offer();
    await pass();
    expect(browser.frames).toEqual([]);
    const view = page.show();
    await reached();
    expect(browser.frames).toMatchObject([{ slot: view.el.querySelector(".owidget-slot") }]);
    expect(orders()).toMatchObject([{ lease: 1 }]);
  });

  test.each([
    ["another page has it", () => page.lease("another")],
    ["the kernel takes it back", () => page.lease(null)],
    ["the model is gone", () => kernel.die()],
    ["the page is left", () => window.dispatchEvent(new Event("pagehide"))],
    ["its widget goes", () => page.close()],
  ])("leaves nothing on the page once %s", async (_, happens) => {
    offer();
    await reached();
    page.show({ connected: false });
    happens();
    await pass();
    expect(browser.frames).toMatchObject([{ removed: true }]);
    expect(browser.frames[0]?.slot?.isConnected).toBe(false);
  });

  test("is taken in a name that the kernel can tell from the connection's own", async () => {
    offer();
    page.show();
    await reached();
    await pass(5_000);
    const [alive] = kernel.sent;
    expect(alive).toMatchObject({ kind: "alive", lease: 1 });
    expect(alive?.frontend).toMatch(new RegExp(`^${CONNECTION}/.+`));
  });

  test("gives way to a later one, taken or not", async () => {
    offer(1);
    offer(2);
    page.show();
    await reached();
    expect(orders()).toMatchObject([{ lease: 2 }]);
    offer(3);
    await reached();
    expect(orders()).toMatchObject([{ lease: 3 }]);
  });

  test("is gone once another page has the lease", async () => {
    offer();
    page.lease("another");
    const view = page.show();
    await pass();
    expect(browser.frames).toEqual([]);
    expect(notice(view)?.textContent).toContain("in another browser tab");
  });

  test("is gone once the kernel takes it back: then the page asks", async () => {
    offer();
    page.lease(null);
    page.show();
    await pass();
    expect(kernel.kinds()).toEqual(["want"]);
  });

  test("stays while the kernel tells others that this page has it", async () => {
    offer();
    page.lease(CONNECTION);
    page.show();
    await reached();
    expect(orders()).toMatchObject([{ lease: 1 }]);
  });

  test("is none for the page of another connection", async () => {
    kernel.offer("another", 1, { isolation: "opaque" }, TEXTS);
    page.show();
    await pass();
    expect(kernel.kinds()).toEqual(["want"]);
  });

  test("is nothing that a page takes up again when it comes back", async () => {
    offer();
    window.dispatchEvent(new Event("pagehide"));
    page.show();
    await reached();
    window.dispatchEvent(new Event("pagehide"));
    window.dispatchEvent(new Event("pageshow"));
    await pass();
    expect(kernel.kinds()).toEqual(["release", "want"]);
  });

  test("is given back like any other", async () => {
    offer();
    const view = page.show();
    await reached();
    view.el.remove();
    view.close();
    expect(kernel.sent).toMatchObject([{ kind: "release", lease: 1 }]);
  });
});

test("a host that tells no connection has pages that ask", async () => {
  const other = new ModelOnPage({ _key: "other", isolation: "opaque" });
  other.kernel.widget_manager = { kernel: null };
  other.initialise();
  other.kernel.offer(CONNECTION, 1, { isolation: "opaque" }, TEXTS);
  other.show();
  expect(other.kernel.kinds()).toEqual(["want"]);
  other.close();
});
