import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Keep } from "../../src/keep";
import { browser } from "../hosting/frames";
import { LocksDouble } from "../hosting/locks";
import { aParcel, events, storageThatFills } from "../parcels";
import { click, evaluated, ModelOnPage, notice, openPage } from "./front-ends";
import type { ModelDouble } from "./scene";

vi.mock("../../src/hosting/frame", () => import("../hosting/frames"));

let page: ModelOnPage;
let kernel: ModelDouble;

beforeEach(() => {
  openPage();
  browser.frames = [];
  use({});
});
afterEach(() => {
  page.close();
  vi.clearAllTimers();
  vi.useRealTimers();
});

const use = (traits: ConstructorParameters<typeof ModelOnPage>[0]) => {
  page = new ModelOnPage(traits);
  kernel = page.kernel;
  kernel.assets.stage = "<p>stage</p>";
};
const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);
/** A stage that runs in a frame of its own. */
const running = async () => {
  const view = await page.granted({ isolation: "opaque" });
  const [frame] = browser.frames;
  if (!frame) throw new Error("there is no frame");
  frame.events.reached();
  return { view, frame };
};
const slotHidden = ({ el }: { el: HTMLElement }) =>
  el.querySelector<HTMLElement>(".owidget-slot")?.hidden;
const seenNow = ({ el }: { el: HTMLElement }) => el.querySelector(".owidget-now")?.textContent;

describe("what it takes to host a stage", () => {
  test("is fetched once per page, however many models and views are on it", async () => {
    const other = new ModelOnPage({ _key: "other" });
    const views = [await page.granted(), await other.granted(), page.show()];
    expect([...page.asked(), ...other.asked()]).toEqual(["hosting", "card"]);
    for (const view of views.slice(0, 2)) {
      expect(notice(view)?.textContent).toContain("Open the chat of chat.example?");
    }
    other.close();
  });

  test.each<[traits: object, parts: string[]]>([
    [{ _simulated: true }, ["hosting", "stage", "simulator"]],
    [{ _simulated: true, isolation: "origin" }, ["hosting"]],
    [{ isolation: "none" }, ["hosting", "stage"]],
    [{ isolation: "auto" }, ["hosting"]],
  ])("is fetched together with what a stage of %o is going to need", async (traits, parts) => {
    use(traits);
    page.initialise();
    page.show();
    await pass();
    expect(page.asked()).toEqual(parts);
    expect(kernel.count("asset"), "in one message").toBe(1);
  });

  test("is not asked for where the kernel has brought it, before or while it is wanted", async () => {
    use({ _simulated: true, isolation: "opaque" });
    page.initialise();
    const texts = { hosting: "hosting", stage: "", simulator: "" };
    kernel.say({ kind: "asset", frontend: "", texts });
    page.show();
    await pass();
    expect(page.asked()).toEqual([]);
    expect(browser.frames).toHaveLength(1);
  });

  test("that is meant for another page is not taken", async () => {
    page.initialise();
    kernel.say({ kind: "asset", frontend: "other", texts: { hosting: "hosting" } });
    page.show();
    await pass();
    expect(page.asked()).toEqual(["hosting"]);
  });

  test("is fetched also where the chat is known to run elsewhere: it says so, and looks right", async () => {
    page.initialise();
    page.lease("another");
    const view = page.show();
    await pass();
    expect(page.asked()).toEqual(["hosting"]);
    expect(notice(view)?.textContent).toContain("in another browser tab");
    const worn = document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]);
    expect(worn.map(({ cssText }) => cssText).join()).toContain(".owidget-button");
    expect(kernel.count("want")).toBe(0);
    click(view, "Run it here");
    kernel.grant(2);
    await pass();
    expect(page.asked()).toEqual(["hosting", "card"]);
  });

  test("is waited for, and the lease that was granted meanwhile is taken up", async () => {
    delete kernel.assets.hosting;
    const view = await page.granted();
    expect(notice(view)?.textContent).toBe("");
    kernel.assets.hosting = "hosting";
    await pass(3_100);
    expect(notice(view)?.textContent).toContain("Open the chat of chat.example?");
  });

  test("and cannot be evaluated is said once, and tried again on the next occasion", async () => {
    evaluated.mockRejectedValue(new Error("blocked by a policy"));
    const view = await page.granted();
    const problems = view.el.querySelectorAll(".owidget-problems strong");
    expect([...problems].map((where) => where.parentElement?.textContent)).toEqual([
      "front end: Error: blocked by a policy",
    ]);
    evaluated.mockReset();
    kernel.grant(2);
    await pass(100);
    expect(notice(view)?.textContent).toContain("Open the chat of chat.example?");
  });
});

describe("a stage in this page", () => {
  test("is not asked for without a company, and the view says what to do", async () => {
    use({ company_id: null });
    page.initialise();
    const view = page.show();
    await pass();
    expect(notice(view)?.textContent).toContain("set company_id in Python");
  });

  test("has the view's slot, and says there what it sees before the kernel has heard of it", async () => {
    const { view, frame } = await running();
    expect(frame.slot).toBe(view.el.querySelector(".owidget-slot"));
    expect(slotHidden(view)).toBe(false);
    frame.say({
      ...aParcel("load", [{ n: 1, at: 1, kind: "state", state: "ready", failure: null }]),
      frontend: kernel.frontend,
    });
    expect(seenNow(view)).toContain("ready, not connected");
    expect(kernel.get("state")).toBe("idle");
  });

  test.each(["failed", "unsupported"] as const)("that is %s leaves no empty box", async (state) => {
    const { view, frame } = await running();
    expect(view.el.querySelector(".owidget-handle")).not.toBeNull();
    const { frontend } = kernel;
    const failure = { code: "script_silent", message: "Silent." } as const;
    const say = (n: number, seen: typeof state | "ready") =>
      frame.say({
        ...aParcel("load", [
          { n, at: n, kind: "state", state: seen, failure: seen === "failed" ? failure : null },
        ]),
        frontend,
      });
    say(1, state);
    expect(slotHidden(view)).toBe(true);
    expect(view.el.querySelector(".owidget-handle, .owidget-skip")).toBeNull();
    // A script that calls back late is there all the same.
    expect(frame.removed).toBe(false);
    say(2, "ready");
    expect(slotHidden(view)).toBe(false);
  });

  test("that failed is reported with its failure for as long as it stands", async () => {
    const { frame } = await running();
    const failure = { code: "script_silent", message: "Silent." } as const;
    const seen = { kind: "state", state: "failed", failure } as const;
    frame.say({ ...aParcel("load", [{ n: 1, at: 1, ...seen }]), frontend: kernel.frontend });
    await pass(5_000);
    const reports = kernel.sent.filter(({ kind }) => kind === "alive");
    expect(reports).toMatchObject([{ ...seen, kind: "alive", status: null }]);
  });

  test("is told of with the isolation that it has: in each batch and in each report", async () => {
    const { frame } = await running();
    frame.say({ ...aParcel("load", events(1, 1)), frontend: kernel.frontend });
    await pass(5_000);
    const told = kernel.sent.filter(({ kind }) => kind === "batch" || kind === "alive");
    const active = { isolation: "opaque", why: expect.any(String) };
    expect(told.map(({ kind }) => kind)).toEqual(["batch", "alive", "batch"]);
    expect(told).toMatchObject([{ active }, { active }, { active }]);
  });

  test("cannot claim another isolation: whatever it says, the page's word goes to the kernel", async () => {
    const { frame } = await running();
    const claimed = { active: { isolation: "origin", why: "forged" } };
    frame.say({ ...aParcel("load", events(1, 1)), frontend: kernel.frontend, ...claimed });
    const batches = kernel.sent.filter(({ kind }) => kind === "batch");
    expect(batches).toMatchObject([{ active: { isolation: "opaque" } }]);
    expect(JSON.stringify(batches)).not.toContain("forged");
  });

  test("hears what the kernel says under its lease, and nothing under another", async () => {
    const { frame } = await running();
    kernel.say({ kind: "call", lease: 2, id: 1, method: "openChat", args: [] });
    kernel.say({ kind: "connect", lease: 1 });
    kernel.say({ kind: "call", lease: 1, id: 2, method: "openChat", args: [true] });
    const orders = [{ kind: "connect" }, { kind: "call", id: 2, method: "openChat", args: [true] }];
    await vi.waitFor(() => expect(frame.sent.slice(1)).toEqual(orders));
  });

  test("asks the kernel about numbers under its lease, and hears the answers", async () => {
    const { frame } = await running();
    frame.events.heard({ kind: "ask", id: 5, number: "777", submitted: false });
    expect(kernel.sent.at(-1)).toEqual({
      kind: "ask",
      frontend: kernel.frontend,
      lease: 1,
      id: 5,
      number: "777",
      submitted: false,
    });
    const answer = { id: 5, version: 1, given: true, number: null };
    kernel.say({ kind: "answer", lease: 1, ...answer });
    await vi.waitFor(() => expect(frame.sent.at(-1)).toEqual({ kind: "answer", ...answer }));
  });

  test("learns that what it saw is kept in the page, until the kernel has it", async () => {
    const { frame } = await running();
    frame.say(aParcel("load", events(1, 3)));
    expect(sessionStorage, "it is sent first").toHaveLength(0);
    await pass();
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "load", upto: 3 });
    expect(new Keep("outbox", "key").leftovers()).toEqual([aParcel("load", events(1, 3))]);
    kernel.say({ kind: "accepted", load: "load", upto: 3, lines: [], total: 3 });
    expect(sessionStorage).toHaveLength(0);
  });

  test("leaves it to a page that is left in the same instant", async () => {
    const { frame } = await running();
    frame.say(aParcel("load", events(1, 3)));
    dispatchEvent(new Event("pagehide"));
    expect(new Keep("outbox", "key").leftovers()).toEqual([aParcel("load", events(1, 3))]);
  });

  test("keeps itself what found no room in the page, until the kernel has it", async () => {
    const storage = storageThatFills({ full: false });
    use({});
    const { frame } = await running();
    storage.full = true;
    frame.say(aParcel("load", events(1, 3)));
    storage.full = false;
    frame.say(aParcel("load", events(4, 5)));
    expect(frame.kinds()).not.toContain("kept");
    kernel.say({ kind: "accepted", load: "load", upto: 4, lines: [], total: 4 });
    expect(frame.sent.at(-1)).toEqual({ kind: "kept", load: "load", upto: 4 });
  });

  test("goes into the page's corner where it is to be, and goes from there with its model", async () => {
    use({ placement: "page" });
    const { view, frame } = await running();
    expect(frame.slot?.closest(".owidget-dock")?.parentElement).toBe(document.body);
    expect(frame.slot?.closest<HTMLElement>(".owidget-panel")?.hidden).toBe(false);
    expect(slotHidden(view)).toBe(true);
    page.close();
    expect(frame.removed).toBe(true);
    expect(document.querySelector(".owidget-dock")).toBeNull();
  });
});

describe("when another page got the lease", () => {
  /** Whether the frame was gone by the time of each release, and under which lease that was. */
  const watchReleases = () => {
    const releases: [boolean | undefined, number][] = [];
    kernel.onSend = (message) => {
      if (message.kind !== "release") return;
      releases.push([browser.frames.at(-1)?.removed, message.lease]);
    };
    return releases;
  };

  test("the frame goes first, and then the kernel hears so under the lease that it had", async () => {
    const { view } = await running();
    const releases = watchReleases();
    page.lease("another");
    expect(releases).toEqual([[true, 1]]);
    expect(notice(view)?.textContent).toContain("in another browser tab");
    expect(slotHidden(view)).toBe(true);
    await pass(60_000);
    expect(kernel.count("want")).toBe(1);
    expect(releases).toHaveLength(1);
  });

  test("a page that has none releases nothing", async () => {
    page.initialise();
    page.show();
    const releases = watchReleases();
    for (const holder of ["another", null, "a third"]) page.lease(holder);
    await pass();
    expect(releases).toEqual([]);
  });

  test("and took the browser's lock, the stage goes before the kernel has said a word", async () => {
    const locks = new LocksDouble();
    vi.spyOn(navigator, "locks", "get").mockReturnValue(locks as unknown as LockManager);
    const { view, frame } = await running();
    expect(locks.count("owidget_jupyter.key").holding).toBe(1);
    const releases = watchReleases();
    void locks.request("owidget_jupyter.key", { steal: true }, () => new Promise(() => {}));
    await pass();
    expect(frame.removed).toBe(true);
    expect(slotHidden(view)).toBe(true);
    expect(releases).toEqual([[true, 1]]);
    expect(notice(view)?.textContent).toContain("in another browser tab");
    await pass(60_000);
    expect(kernel.count("want"), "it does not take it back").toBe(1);
    const reports = kernel.sent.filter(({ kind }) => kind === "alive");
    expect(reports.every((report) => "lease" in report && report.lease === 0)).toBe(true);
  });

  test("the browser's lock is let go", async () => {
    const locks = new LocksDouble();
    vi.spyOn(navigator, "locks", "get").mockReturnValue(locks as unknown as LockManager);
    await running();
    page.lease("another");
    await pass();
    expect(locks.count("owidget_jupyter.key")).toEqual({ holding: 0, waiting: 0 });
  });
});

describe("when the model is gone", () => {
  test("its stage goes, and no view begins another", async () => {
    const { view, frame } = await running();
    kernel.die();
    expect(frame.removed).toBe(true);
    expect(slotHidden(view)).toBe(true);
    expect(notice(view)?.textContent).toContain("Run its cell again");
    page.show();
    page.lease(null);
    await pass(60_000);
    expect(browser.frames).toHaveLength(1);
    expect(document.body.textContent).not.toContain("Bring it here");
  });

  test.each([
    ["asked for nothing more, not even where it had not answered yet", () => {}],
    [
      "sent nothing more, not even what was not delivered",
      async () => {
        kernel.grant(1, { isolation: "opaque" });
        await pass();
        browser.frames[0]?.say(aParcel("load", events(1, 3)));
      },
    ],
  ])("it is %s", async (_, before) => {
    page.initialise();
    page.show();
    await before();
    kernel.die();
    const tried = vi.fn();
    kernel.onSend = tried;
    await pass(600_000);
    expect(tried).not.toHaveBeenCalled();
  });

  test("its panel goes from the page's corner", async () => {
    use({ placement: "page" });
    await running();
    kernel.die();
    expect(document.querySelector(".owidget-dock")).toBeNull();
  });

  test("what was not delivered can be had until its views go, and is then forgotten", async () => {
    const { view, frame } = await running();
    frame.say(aParcel("load", events(1, 3)));
    kernel.die();
    expect(notice(view)?.textContent).toContain("Copy undelivered events");
    await pass();
    expect(sessionStorage).toHaveLength(2); // it, and the mark of its load
    page.close();
    expect(sessionStorage).toHaveLength(0);
  });
});
