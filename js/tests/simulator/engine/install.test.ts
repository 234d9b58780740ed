import { describe, expect, it, vi } from "vitest";
import { CONTROL, SIMULATION, type Simulation } from "../../../src/simulation.js";
import type { OWidgetScript } from "../../../src/simulator/install.js";
import { freshPage, GUID, page, pass } from "../page.js";
import { play } from "../play.js";
import { connected, evaluate, insert } from "./engine.js";

const { warnings } = freshPage();

function script(onLoad: unknown): OWidgetScript {
  const element = document.createElement("script") as OWidgetScript;
  element.$owidgetOnLoad = onLoad;
  return element;
}

/** Has the page find a promise, which the returned function keeps. */
function promised(): (simulation: Simulation) => void {
  let keep: (simulation: Simulation) => void = () => {};
  page[SIMULATION] = new Promise((resolve) => {
    keep = resolve;
  });
  return keep;
}

/** A page that has connected before the script knows what to play. */
function connecting() {
  const keep = promised();
  const owidget = evaluate(null);
  const status = vi.fn();
  owidget.setStatusUpdateCallback(status);
  owidget.init(GUID);
  owidget.connectToServer();
  return { keep, status };
}

describe("what to play", () => {
  it("may be promised: the script waits for it, and counts its loading from then on", async () => {
    const keep = promised();
    const onLoad = vi.fn();
    const owidget = evaluate(script(onLoad));
    expect(page.$owidget).toBe(owidget);
    expect(page[CONTROL]).toBeTruthy();
    await pass(60_000);
    expect(onLoad).not.toHaveBeenCalled();
    keep(play({ load: 2000 }));
    await pass(1999);
    expect(onLoad).not.toHaveBeenCalled();
    await pass(1);
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(owidget);
  });

  it("may come after the page has connected", async () => {
    const { keep, status } = connecting();
    await pass(60_000);
    keep(play({ connect: 10, timeline: [{ at: 0, status: 2 }] }));
    await pass(10);
    expect(status.mock.calls).toEqual([[2]]);
  });

  it("does not take the first status back from whoever drives the operator by then", async () => {
    const { keep, status } = connecting();
    await page[CONTROL]?.act("operator", "status", [0]);
    keep(play({ timeline: [{ at: 0, status: 2 }] }));
    await pass(60_000);
    expect(status.mock.calls).toEqual([[0]]);
  });

  it.each<[string, () => unknown]>([
    ["missing", () => undefined],
    ["no simulation", () => ({ speed: 1 })],
    ["a promise of nothing", () => Promise.resolve(undefined)],
    ["a promise that is broken", () => Promise.reject(new Error("no orders"))],
  ])("that is %s is said on the console, and nothing happens", async (_, given) => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    page[SIMULATION] = given() as Simulation;
    const onLoad = vi.fn();
    evaluate(script(onLoad));
    await pass(60_000);
    expect(error).toHaveBeenCalledOnce();
    expect(error.mock.calls[0]?.[0]).toMatch(/not told what to play/);
    expect(onLoad).not.toHaveBeenCalled();
  });
});

describe("a browser that is not supported", () => {
  it("is what isSupported says, and nothing can be called", async () => {
    const { owidget, heard } = insert({ supported: false });
    expect(owidget.isSupported).toBe(false);
    await pass(0);
    warnings().length = 0;
    owidget.init(GUID);
    owidget.connectToServer();
    await pass(60_000);
    expect(heard).toEqual([]);
    expect(warnings()).toEqual([
      expect.stringContaining("init was called although isSupported is false"),
      expect.stringContaining("connectToServer was called although isSupported is false"),
    ]);
  });

  it("has nothing connected that a page was too quick to ask for", async () => {
    const { keep, status } = connecting();
    keep(play({ supported: false }));
    await pass(60_000);
    expect(status).not.toHaveBeenCalled();
  });

  it("is no mistake of a page that stops there, as documented", async () => {
    page[SIMULATION] = play({ supported: false });
    const init = vi.fn();
    evaluate(script((owidget: { isSupported: boolean }) => owidget.isSupported && init()));
    await pass(60_000);
    expect(init).not.toHaveBeenCalled();
    expect(warnings()).toEqual([]);
  });
});

describe("the time of a page", () => {
  it("is one for all its widgets, and a later script does not set it back", async () => {
    const first = await connected();
    await first.act("clock", "speed", 10);
    const second = await connected();
    expect(second.widget.clock).toBe(first.widget.clock);
    expect(first.widget.clock.speed).toBe(10);
    second.join();
    await pass(120);
    expect(second.heard).toEqual(["chatSessionCreated", "chatSessionStarted"]);
  });

  it("passes so many times as fast where the simulation says so", async () => {
    const { heard, join } = await connected({ speed: 100 });
    join();
    await pass(12);
    expect(heard).toEqual(["chatSessionCreated", "chatSessionStarted"]);
  });

  it("stands at speed 0 but for steps, from loading to the last line", async () => {
    const said: string[] = [];
    const { act, heard, widget } = insert(
      { speed: 0, load: 500, connect: 500, operator: { accept: 1000, type: 700 } },
      (owidget) => {
        owidget.init(GUID);
        owidget.connectToServer();
        owidget.openChat(true);
      },
    );
    widget.conversation.steps.subscribe((step) => {
      if (step.kind === "said") said.push(`${step.by} ${widget.clock.now()}`);
    });
    await pass(3_600_000);
    expect(heard).toEqual([]);
    await act("clock", "step", 1000);
    expect(heard).toEqual(["connection true", "status 1", "chatWindowOpen", "chatSessionCreated"]);
    await pass(3_600_000);
    await act("clock", "step", null);
    expect(heard.at(-1)).toBe("chatSessionStarted");
    await act("clock", "step", 60_000);
    expect(said).toEqual(["operator 2700"]);
  });

  it.each([
    ["speed", [], "a finite number from 0 on"],
    ["speed", [-1], "a finite number from 0 on"],
    ["speed", [Number.POSITIVE_INFINITY], "a finite number from 0 on"],
    ["speed", ["2"], "a finite number from 0 on"],
    ["step", [], "or null"],
    ["step", [-5], "or null"],
    ["step", [Number.NaN], "or null"],
    ["step", [1, 2], "or null"],
    ["stop", [], "accepted: speed, step"],
  ])("is not moved by clock.%s(%j)", async (action, args, named) => {
    const { act, widget } = await connected({ speed: 0 });
    await expect(act("clock", action, ...args)).rejects.toThrow(named);
    expect(widget.clock.now()).toBe(0);
  });

  it("is not stepped while it runs", async () => {
    const { act } = await connected();
    await expect(act("clock", "step", 1)).rejects.toThrow("set its speed to 0 first");
  });

  it("is moved without sending the scripted operator away", async () => {
    const { act, widget } = await connected({ speed: 0 });
    await act("clock", "step", null);
    expect(widget.manual).toBe(false);
  });
});
