import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { frontEndOf } from "../../src/widget/page";
import { click, ModelOnPage, notice, openPage } from "./front-ends";
import type { ModelDouble } from "./scene";

// Runs have no stage server here, so that a stage under "auto" shows its card: granted, but with
// nothing contacted and no frame.

let page: ModelOnPage;
let kernel: ModelDouble;
let fetched: ReturnType<typeof vi.fn>;

beforeEach(() => {
  openPage();
  fetched = vi.fn();
  vi.stubGlobal("fetch", fetched);
  page = new ModelOnPage();
  kernel = page.kernel;
});
afterEach(() => {
  page.close();
  vi.clearAllTimers();
  vi.useRealTimers();
});

describe("a model that is merely there", () => {
  test("says nothing, fetches nothing, and touches neither page nor timers", () => {
    const before = document.documentElement.outerHTML;
    const listening = [
      vi.spyOn(window, "addEventListener"),
      vi.spyOn(document, "addEventListener"),
    ];
    page.initialise();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(600_000);
    expect(document.documentElement.outerHTML).toBe(before);
    for (const spy of listening) expect(spy).not.toHaveBeenCalled();
    expect(kernel.sent).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  test("is forgotten by the page when it goes", () => {
    page.initialise();
    expect(frontEndOf(kernel.model)).toBeDefined();
    page.close();
    expect(frontEndOf(kernel.model)).toBeUndefined();
  });

  test("cannot be shown once it is gone", () => {
    page.initialise();
    page.close();
    expect(() => page.show()).toThrow("run its cell again");
  });
});

describe("asking for the stage", () => {
  test("begins once a view is on the page, not before", async () => {
    page.initialise();
    const view = page.show({ connected: false });
    vi.advanceTimersByTime(60_000);
    expect(kernel.sent).toEqual([]);
    document.body.append(view.el);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(kernel.kinds().slice(0, 2)).toEqual(["want", "asset"]);
    expect(kernel.sent[0]).toMatchObject({ origin: location.origin, take: false });
  });

  test("is done once for two views", () => {
    page.initialise();
    page.show();
    page.show();
    expect(kernel.count("want")).toBe(1);
  });

  test("goes on ever more seldom until the kernel answers, and says that it does not", () => {
    page.initialise();
    const view = page.show();
    vi.advanceTimersByTime(60_000);
    const asked = kernel.count("want");
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(8);
    expect(notice(view)?.textContent).toContain("The kernel does not answer");
    page.lease("another");
    expect(notice(view)?.textContent).not.toContain("The kernel does not answer");
    vi.advanceTimersByTime(600_000);
    expect(kernel.count("want")).toBe(asked);
  });

  test("waits where there is no company yet, until there is one", () => {
    page.initialise();
    page.show();
    page.lease(null, false, false);
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    page.lease(null);
    expect(kernel.count("want")).toBe(2);
  });

  test("nothing is asked or said after the model went", () => {
    page.initialise();
    page.show();
    page.close();
    const before = kernel.sent.length;
    vi.advanceTimersByTime(600_000);
    expect(kernel.sent).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a stage", () => {
  test("shows the card where no origin can be had, and contacts nothing before the click", async () => {
    const view = await page.granted();
    expect(notice(view)?.textContent).toContain("Open the chat of chat.example?");
    expect(fetched).not.toHaveBeenCalled();
    expect(document.querySelector("iframe")).toBeNull();
    expect(page.asked()).toEqual(["hosting", "card"]);
    click(view, "Open isolated");
    await vi.advanceTimersByTimeAsync(20);
    expect(page.asked()).toEqual(["hosting", "card", "stage"]);
  });

  test("is hosted by the first view, and others offer to bring it over", async () => {
    const first = await page.granted({ isolation: "opaque" });
    const second = page.show();
    // Without a frame, a slot would be an empty box.
    const hidden = [first, second].map(
      (view) => view.el.querySelector<HTMLElement>(".owidget-slot")?.hidden,
    );
    expect(hidden).toEqual([true, true]);
    expect(notice(first)?.textContent).toBe("");
    expect(notice(second)?.textContent).toContain("Bring it here");
    click(second, "Bring it here");
    expect(kernel.kinds().slice(-2)).toEqual(["release", "want"]);
  });

  test("is given up when its view goes, and asked for anew by the next", async () => {
    const first = await page.granted();
    page.show();
    first.el.remove();
    first.close();
    expect(kernel.kinds().slice(-2)).toEqual(["release", "want"]);
  });

  test("is given up when the last view goes", async () => {
    const view = await page.granted();
    view.el.remove();
    view.close();
    expect(kernel.count("release")).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    expect(kernel.count("alive")).toBe(0);
    expect(document.body.children).toHaveLength(0);
  });

  test("is given up at once when a host ends its view before it takes it off the page", async () => {
    const first = await page.granted();
    page.show();
    first.close();
    expect(kernel.kinds().slice(-2)).toEqual(["release", "want"]);
  });

  test("is given up when the page goes", async () => {
    await page.granted();
    dispatchEvent(new Event("pagehide"));
    expect(kernel.kinds().at(-1)).toBe("release");
  });

  test("reports every 5 s that it is alive, however often views came and went", async () => {
    const first = await page.granted();
    first.el.remove();
    first.close();
    page.show();
    page.lease(null);
    kernel.grant(2);
    await vi.advanceTimersByTimeAsync(100);
    const before = kernel.count("alive");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(kernel.count("alive") - before).toBe(4);
  });

  test("a grant to another page is none for this one", async () => {
    page.initialise();
    const view = page.show();
    kernel.say({ kind: "grant", frontend: "another", lease: 1, run: {} as never, texts: {} });
    await vi.advanceTimersByTimeAsync(50);
    expect(notice(view)?.textContent).not.toContain("Open the chat");
  });

  test("a grant under an older lease changes nothing", async () => {
    await page.granted();
    kernel.grant(3, { script: "https://new.example/widget/OOWidget.js" });
    await vi.advanceTimersByTimeAsync(100);
    kernel.grant(2, { script: "https://old.example/widget/OOWidget.js" });
    await vi.advanceTimersByTimeAsync(100);
    expect(document.body.textContent).toContain("new.example");
  });

  test("several grants at once make one stage, of the last", async () => {
    const view = await page.granted();
    const before = kernel.sent.length;
    for (const number of [2, 3, 4]) {
      kernel.grant(number, { script: `https://h${number}.example/widget/OOWidget.js` });
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(notice(view)?.textContent).toContain("Open the chat of h4.example?");
    const batches = kernel.sent.slice(before).filter(({ kind }) => kind === "batch");
    expect(batches).toMatchObject([{ lease: 4 }]);
  });
});

describe("another page", () => {
  test("that has the stage is said to, with a button that takes it over", async () => {
    page.initialise();
    const view = page.show();
    page.lease("another");
    await vi.advanceTimersByTimeAsync(0);
    expect(notice(view)?.textContent).toContain("in another browser tab");
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    click(view, "Run it here");
    expect(kernel.sent.at(-1)).toMatchObject({ kind: "want", take: true });
  });

  test("whose page went silent is taken over only by a click", async () => {
    page.initialise();
    const view = page.show();
    page.lease("another", true);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(notice(view)?.textContent).toContain("no longer answers");
    expect(kernel.count("want")).toBe(1);
  });

  test("that went leaves the chat where it is until someone wants it here", async () => {
    page.initialise();
    const view = page.show();
    page.lease("another");
    page.lease(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(notice(view)?.textContent).toContain("was closed");
    expect(kernel.count("want")).toBe(1);
    click(view, "Run it here");
    expect(kernel.count("want")).toBe(2);
  });

  test("that takes over ends the stage here at once", async () => {
    const view = await page.granted();
    page.lease("another");
    expect(notice(view)?.textContent).toContain("in another browser tab");
    expect(kernel.sent.at(-1)).toMatchObject({ kind: "release", lease: 1 });
    await vi.advanceTimersByTimeAsync(20_000);
    // It looks on, and wants to know whether the kernel is there, but claims no lease.
    const reports = kernel.sent.filter(({ kind }) => kind === "alive");
    expect(reports.map((report) => "lease" in report && report.lease)).toEqual([0, 0, 0, 0]);
  });
});

describe("a kernel that hangs", () => {
  const words = (view: { el: HTMLElement }) => view.el.querySelector(".owidget-now")?.textContent;

  test("is seen to, though nothing is to be delivered", async () => {
    const view = await page.granted();
    kernel.say({ kind: "accepted", load: batchesOf(kernel), upto: 99, lines: [], total: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(words(view)).not.toContain("not answering");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(words(view)).toContain("not answering");
    kernel.say({ kind: "accepted", load: "", upto: 0, lines: [], total: 0 });
    expect(words(view)).not.toContain("not answering");
  });
});

function batchesOf({ sent }: typeof kernel): string {
  const batch = sent.find((message) => message.kind === "batch");
  return batch?.kind === "batch" ? batch.load : "";
}

test("what the stage saw is sent under its load's id and lease, and again until acknowledged", async () => {
  await page.granted();
  const batches = () => kernel.sent.filter((message) => message.kind === "batch");
  const [batch] = batches();
  expect(batch).toMatchObject({ lease: 1, entries: [{ n: 1, kind: "state", state: "asking" }] });
  expect(batch?.sent).toBe(Date.now() - 50);
  await vi.advanceTimersByTimeAsync(5_050);
  // All the same but the page's clock, which the kernel compares with its own.
  expect(batches()).toEqual([batch, { ...batch, sent: Date.now() - 100 }]);
  kernel.say({ kind: "accepted", load: batch?.load ?? "", upto: 1, lines: [], total: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(batches()).toHaveLength(2);
});
