import { describe, expect, it, vi } from "vitest";
import { SIMULATION } from "../../src/simulation.js";
import { connected, freshPage, GUID, insert, page, pass } from "./harness.js";
import { PACE, play } from "./play.js";

const { warnings } = freshPage();

describe("loading", () => {
  it("calls $owidgetOnLoad with the API, but not while the script is evaluated", async () => {
    const script = document.createElement("script") as HTMLScriptElement & {
      $owidgetOnLoad?: unknown;
    };
    const onLoad = vi.fn();
    script.$owidgetOnLoad = onLoad;
    vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
    page[SIMULATION] = play();
    await import("../../src/simulator/index.js");
    expect(onLoad).not.toHaveBeenCalled();
    await pass(PACE.load);
    expect(onLoad).toHaveBeenCalledExactlyOnceWith(page.$owidget);
  });

  it("has the documented and observed members and no others", async () => {
    const { owidget } = await insert();
    expect(Object.keys(owidget).sort()).toEqual([
      "addCustomData",
      "connectToServer",
      "hideWidget",
      "init",
      "isSupported",
      "openAppOnCurrentPage",
      "openChat",
      "removeCustomData",
      "setAppEventCallback",
      "setConnectionUpdateCallback",
      "setCustomNumberNormalization",
      "setStatusUpdateCallback",
    ]);
    expect(owidget.isSupported).toBe(true);
    expect(page.$owidget).toBe(owidget);
  });

  it("puts up with a script element that nobody prepared", async () => {
    const { install } = await import("../../src/simulator/install.js");
    page[SIMULATION] = play();
    install(page, null);
    install(page, document.createElement("script"));
    await pass(1000);
    expect(warnings()).toEqual([]);
  });

  it("reports what $owidgetOnLoad throws", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    await insert(() => {
      throw new Error("the page's own mistake");
    });
    expect(error).toHaveBeenCalledOnce();
  });
});

describe("init and connectToServer", () => {
  it.each([
    ["company only", [GUID]],
    ["no dashes", [GUID.replaceAll("-", "")]],
    ["null preset", [GUID, null]],
    ["all", [GUID, "sales", "de", "demo"]],
    ["language without preset", [GUID, null, "cs"]],
    ["scope without language", [GUID, null, null, "demo"]],
    ["undefined inside", [GUID, undefined, undefined, "demo"]],
    ["tenant", [[GUID, "42"], "sales"]],
    ["tenant as a number", [[GUID, 42]]],
  ])("accepts %s", async (_, args) => {
    const { statuses } = await connected(...args);
    expect(statuses).toEqual([1]);
    expect(warnings()).toEqual([]);
  });

  it("connects later than the call, with the button and the status", async () => {
    const connection = vi.fn();
    const widget = await insert((owidget) => {
      owidget.setConnectionUpdateCallback(connection);
      owidget.init(GUID);
      owidget.connectToServer();
    });
    expect(widget.statuses).toEqual([]);
    expect(widget.maybe("button")).toBeNull();
    await pass(PACE.connect);
    expect(widget.statuses).toEqual([1]);
    expect(connection).toHaveBeenCalledExactlyOnceWith(true);
    expect(widget.part("button").dataset.status).toBe("online");
    expect(widget.events).toEqual([]);
  });

  it("shows the preset by title and accent, and an unknown one by its name", async () => {
    const looks = new Map<string, string>();
    for (const preset of [null, "sales", "support", "Winter campaign"]) {
      const { part } = await connected(GUID, preset);
      const host = (part("button").getRootNode() as ShadowRoot).host as HTMLElement;
      const accent = host.style.getPropertyValue("--accent");
      looks.set(part("button").querySelector(".label")?.textContent ?? "", accent);
    }
    expect([...looks.keys()]).toEqual([
      "Chat with us",
      "Talk to sales",
      "Get support",
      "Chat with us – Winter campaign",
    ]);
    expect(new Set(looks.values()).size).toBe(3);
  });

  it("says that it is a simulator, on the button and on the window", async () => {
    const widget = await connected();
    await widget.act("visitor", "open");
    for (const part of ["button", "window"]) {
      expect(widget.part(part).querySelector('[data-part="tag"]')?.textContent).toBe("SIMULATOR");
    }
  });

  it("keeps two widgets on one page apart, their buttons too", async () => {
    const first = await connected(GUID, "sales");
    const second = await connected(GUID);
    expect(first.owidget).not.toBe(second.owidget);
    expect(page.$owidget).toBe(second.owidget);
    first.part("button").click();
    expect(first.types()).toEqual(["chatWindowOpen"]);
    expect(second.types()).toEqual([]);
    const slots = [...document.querySelectorAll<HTMLElement>("[data-owidget-simulator]")].map(
      (host) => host.style.getPropertyValue("--slot"),
    );
    expect(slots).toEqual(["0", "1"]);
  });
});

describe("the setters", () => {
  it("may come after connecting", async () => {
    const status = vi.fn();
    const event = vi.fn();
    const { act, statuses, events } = await insert((owidget) => {
      owidget.init(GUID);
      owidget.connectToServer();
      owidget.setStatusUpdateCallback(status);
      owidget.setAppEventCallback(event);
      owidget.openChat();
    });
    await pass(PACE.connect);
    await act("operator", "status", 2);
    expect(status.mock.calls).toEqual([[1], [2]]);
    expect(event).toHaveBeenCalledOnce();
    // Replaced, so the first ones hear nothing.
    expect(statuses).toEqual([]);
    expect(events).toEqual([]);
  });

  it.each([null, undefined])("are cleared by %s", async (nothing) => {
    const { owidget, part, act, statuses, events } = await connected();
    owidget.setStatusUpdateCallback(nothing);
    owidget.setAppEventCallback(nothing);
    owidget.setConnectionUpdateCallback(nothing);
    owidget.setCustomNumberNormalization(nothing);
    part("button").click();
    await act("operator", "status", 0);
    expect(statuses).toEqual([1]);
    expect(events).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it("do not stop the widget when a callback throws", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { owidget, part, act } = await connected();
    owidget.setAppEventCallback(() => {
      throw new Error("the page's own mistake");
    });
    part("button").click();
    await act("visitor", "join");
    expect(error).toHaveBeenCalledTimes(2);
    expect(part("end")).toBeTruthy();
  });
});

describe("the observed methods", () => {
  it("shows custom data given before and after connecting, until it is removed", async () => {
    const widget = await insert((owidget) => {
      owidget.init(GUID);
      owidget.addCustomData("segment", "premium");
      owidget.connectToServer();
      owidget.addCustomData("returning", true);
    });
    await pass(PACE.connect);
    widget.owidget.addCustomData("orders", 3);
    const seen = (): string => widget.part("details").textContent ?? "";
    await widget.act("visitor", "open");
    expect(seen()).toContain("segment = premium");
    expect(seen()).toContain("returning = true");
    expect(seen()).toContain("orders = 3");
    widget.owidget.addCustomData("orders", 4);
    widget.owidget.removeCustomData("segment");
    expect(seen()).toContain("orders = 4");
    expect(seen()).not.toContain("segment");
    expect(warnings()).toEqual([]);
  });

  it("openChat opens the window, at once or as soon as there is one", async () => {
    const early = await insert((owidget) => {
      owidget.init(GUID);
      owidget.connectToServer();
      owidget.openChat();
    });
    expect(early.types()).toEqual([]);
    await pass(PACE.connect);
    expect(early.types()).toEqual(["chatWindowOpen"]);
    expect(early.maybe("start")).toBeTruthy();
    early.owidget.openChat();
    expect(early.types()).toEqual(["chatWindowOpen"]);
  });

  it("openChat(true) goes straight into the queue, unless nobody is there", async () => {
    const { owidget, types, act, part } = await connected();
    owidget.openChat(true);
    expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated"]);
    await act("visitor", "leave");
    await act("operator", "status", 0);
    owidget.openChat(true);
    expect(types().slice(4)).toEqual(["chatWindowOpen"]);
    expect(part("notice").dataset.kind).toBe("offline");
  });

  it("openAppOnCurrentPage opens the chat, and says that there is no video", async () => {
    const { owidget, types, part } = await connected();
    owidget.openAppOnCurrentPage("chat");
    expect(part("notice").textContent).not.toContain("video");
    owidget.openAppOnCurrentPage("av");
    expect(part("notice").textContent).toContain("video");
    expect(types()).toEqual(["chatWindowOpen"]);
  });

  it("hideWidget takes button and window away, openChat brings them back", async () => {
    const { owidget, types, maybe, part } = await connected();
    part("button").click();
    owidget.hideWidget();
    expect(types()).toEqual(["chatWindowOpen", "chatWindowClosed"]);
    const host = document.querySelector<HTMLElement>("[data-owidget-simulator]");
    expect(host?.hidden).toBe(true);
    expect(host?.style.display).toBe("none");
    owidget.openChat();
    expect(host?.style.display).toBe("contents");
    expect(maybe("window")).toBeTruthy();
  });
});
