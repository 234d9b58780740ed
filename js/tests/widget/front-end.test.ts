import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import widget from "../../src/widget/index";
import { frontEndOf } from "../../src/widget/page";
import { ModelDouble } from "./scene";

// Runs have no stage server here, so that a stage under "auto" shows its card: granted, but with
// nothing contacted and no frame.

type Definition = { initialize(props: unknown): void; render(props: unknown): void };
const { initialize, render } = widget as unknown as Definition;

let kernel: ModelDouble;
let model: AbortController;
let fetched: ReturnType<typeof vi.fn>;

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
  fetched = vi.fn();
  vi.stubGlobal("fetch", fetched);
  kernel = new ModelDouble();
  model = new AbortController();
});
afterEach(() => {
  model.abort();
  vi.clearAllTimers();
  vi.useRealTimers();
});

const initialise = () => initialize({ model: kernel.model, signal: model.signal });

function show({ connected = true } = {}) {
  const el = document.createElement("div");
  const view = new AbortController();
  if (connected) document.body.append(el);
  render({ model: kernel.model, el, signal: view.signal });
  vi.advanceTimersByTime(50);
  return { el, close: () => view.abort(), root: el.firstElementChild as HTMLElement };
}

const granted = async (run = {}) => {
  initialise();
  const view = show();
  kernel.grant(1, run);
  await vi.advanceTimersByTimeAsync(50);
  return view;
};
const notice = (view: { el: HTMLElement }) => view.el.querySelector<HTMLElement>(".owidget-notice");
const click = (view: { el: HTMLElement }, text: string) =>
  [...view.el.querySelectorAll("button")].find((it) => it.textContent === text)?.click();
const lease = (holder: string | null, silent = false, open = holder === null) =>
  kernel.say({ kind: "lease", holder, silent, open });

describe("a model that is merely there", () => {
  test("says nothing, fetches nothing, and touches neither page nor timers", () => {
    const before = document.documentElement.outerHTML;
    const listening = [
      vi.spyOn(window, "addEventListener"),
      vi.spyOn(document, "addEventListener"),
    ];
    initialise();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(600_000);
    expect(document.documentElement.outerHTML).toBe(before);
    for (const spy of listening) expect(spy).not.toHaveBeenCalled();
    expect(kernel.sent).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  test("is forgotten by the page when it goes", () => {
    initialise();
    expect(frontEndOf(kernel.model)).toBeDefined();
    model.abort();
    expect(frontEndOf(kernel.model)).toBeUndefined();
  });

  test("cannot be shown once it is gone", () => {
    initialise();
    model.abort();
    expect(() => show()).toThrow("run its cell again");
  });
});

describe("asking for the stage", () => {
  test("begins once a view is on the page, not before", () => {
    initialise();
    const view = show({ connected: false });
    vi.advanceTimersByTime(60_000);
    expect(kernel.sent).toEqual([]);
    document.body.append(view.el);
    vi.advanceTimersByTime(1_100);
    expect(kernel.kinds()).toEqual(["want"]);
    expect(kernel.sent[0]).toMatchObject({ origin: location.origin, take: false });
  });

  test("is done once for two views", () => {
    initialise();
    show();
    show();
    expect(kernel.kinds()).toEqual(["want"]);
  });

  test("goes on ever more seldom until the kernel answers, and says that it does not", () => {
    initialise();
    const view = show();
    vi.advanceTimersByTime(60_000);
    const asked = kernel.count("want");
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(8);
    expect(notice(view)?.textContent).toContain("The kernel does not answer");
    lease("another");
    vi.advanceTimersByTime(600_000);
    expect(kernel.count("want")).toBe(asked);
    expect(notice(view)?.textContent).not.toContain("The kernel does not answer");
  });

  test("waits where there is no company yet, until there is one", () => {
    initialise();
    show();
    lease(null, false, false);
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    lease(null);
    expect(kernel.count("want")).toBe(2);
  });

  test("nothing is asked or said after the model went", () => {
    initialise();
    show();
    model.abort();
    const before = kernel.sent.length;
    vi.advanceTimersByTime(600_000);
    expect(kernel.sent).toHaveLength(before);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a stage", () => {
  test("shows the card where no origin can be had, and contacts nothing before the click", async () => {
    const view = await granted();
    expect(notice(view)?.textContent).toContain("Open the chat of chat.example?");
    expect(fetched).not.toHaveBeenCalled();
    expect(document.querySelector("iframe")).toBeNull();
    expect(kernel.count("asset")).toBe(0);
    click(view, "Isolated, without storage");
    await vi.advanceTimersByTimeAsync(20);
    expect(kernel.count("asset")).toBe(1);
  });

  test("is hosted by the first view, and others offer to bring it over", async () => {
    const first = await granted({ isolation: "opaque" });
    const second = show();
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
    const first = await granted();
    show();
    first.el.remove();
    first.close();
    expect(kernel.kinds().slice(-2)).toEqual(["release", "want"]);
  });

  test("is given up when the last view goes", async () => {
    const view = await granted();
    view.el.remove();
    view.close();
    expect(kernel.count("release")).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    expect(kernel.count("alive")).toBe(0);
    expect(document.body.children).toHaveLength(0);
  });

  test("is given up when the page goes", async () => {
    await granted();
    dispatchEvent(new Event("pagehide"));
    expect(kernel.kinds().at(-1)).toBe("release");
  });

  test("reports every 5 s that it is alive, however often views came and went", async () => {
    const first = await granted();
    first.el.remove();
    first.close();
    show();
    lease(null);
    kernel.grant(2);
    await vi.advanceTimersByTimeAsync(100);
    const before = kernel.count("alive");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(kernel.count("alive") - before).toBe(4);
  });

  test("a grant to another page is none for this one", async () => {
    initialise();
    const view = show();
    kernel.say({ kind: "grant", frontend: "another", lease: 1, run: {} as never });
    await vi.advanceTimersByTimeAsync(50);
    expect(notice(view)?.textContent).not.toContain("Open the chat");
  });

  test("a grant under an older lease changes nothing", async () => {
    await granted();
    kernel.grant(3, { script: "https://new.example/widget/OOWidget.js" });
    await vi.advanceTimersByTimeAsync(100);
    kernel.grant(2, { script: "https://old.example/widget/OOWidget.js" });
    await vi.advanceTimersByTimeAsync(100);
    expect(document.body.textContent).toContain("new.example");
  });

  test("several grants at once make one stage, of the last", async () => {
    const view = await granted();
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
    initialise();
    const view = show();
    lease("another");
    expect(notice(view)?.textContent).toContain("in another browser tab");
    vi.advanceTimersByTime(60_000);
    expect(kernel.count("want")).toBe(1);
    click(view, "Run it here");
    expect(kernel.sent.at(-1)).toMatchObject({ kind: "want", take: true });
  });

  test("whose page went silent is taken over only by a click", () => {
    initialise();
    const view = show();
    lease("another", true);
    vi.advanceTimersByTime(600_000);
    expect(notice(view)?.textContent).toContain("no longer answers");
    expect(kernel.count("want")).toBe(1);
  });

  test("that went leaves the chat where it is until someone wants it here", () => {
    initialise();
    const view = show();
    lease("another");
    lease(null);
    expect(notice(view)?.textContent).toContain("was closed");
    expect(kernel.count("want")).toBe(1);
    click(view, "Run it here");
    expect(kernel.count("want")).toBe(2);
  });

  test("that takes over ends the stage here at once", async () => {
    const view = await granted();
    lease("another");
    expect(notice(view)?.textContent).toContain("in another browser tab");
    expect(kernel.count("release"), "its lease is gone already").toBe(0);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(kernel.count("alive")).toBe(0);
  });
});

test("what the stage saw is sent under its load's id and lease, and again until acknowledged", async () => {
  await granted();
  const batches = () => kernel.sent.filter((message) => message.kind === "batch");
  const [batch] = batches();
  expect(batch).toMatchObject({ lease: 1, entries: [{ n: 1, kind: "state", state: "asking" }] });
  await vi.advanceTimersByTimeAsync(5_100);
  expect(batches()).toEqual([batch, batch]);
  kernel.say({ kind: "accepted", load: batch?.load ?? "", upto: 1, lines: [], total: 0 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(batches()).toHaveLength(2);
});
