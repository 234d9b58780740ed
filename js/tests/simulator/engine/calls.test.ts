import { describe, expect, it, vi } from "vitest";
import type { OWidgetApi } from "../../../src/simulator/api.js";
import { freshPage, GUID, page, pass } from "../page.js";
import { connected, insert } from "./engine.js";

const { warnings } = freshPage();

/** The orders in which integrations were seen calling, and what each of them comes to. */
const ORDERS: [string, (owidget: OWidgetApi, callback: (value: unknown) => void) => void][] = [
  [
    "init → connect",
    (o) => {
      o.init(GUID);
      o.connectToServer();
    },
  ],
  [
    "init → connect → addCustomData",
    (o) => {
      o.init(GUID);
      o.connectToServer();
      o.addCustomData("segment", "premium");
    },
  ],
  [
    "init → connect → setAppEventCallback",
    (o, callback) => {
      o.init(GUID);
      o.connectToServer();
      o.setAppEventCallback(callback);
    },
  ],
  [
    "init → connect → setStatusUpdateCallback → openChat",
    (o, callback) => {
      o.init(GUID);
      o.connectToServer();
      o.setStatusUpdateCallback(callback);
      o.openChat();
    },
  ],
  [
    "setStatusUpdateCallback → init → connect",
    (o, callback) => {
      o.setStatusUpdateCallback(callback);
      o.init(GUID);
      o.connectToServer();
    },
  ],
  [
    "init → addCustomData → connect",
    (o) => {
      o.init(GUID);
      o.addCustomData("segment", "premium");
      o.connectToServer();
    },
  ],
];

it.each(ORDERS)("takes %s without a word", async (order, calls) => {
  const callback = vi.fn();
  const { widget } = insert({}, (owidget) => calls(owidget, callback));
  await pass(1);
  expect(widget.connected).toBe(true);
  expect(warnings()).toEqual([]);
  expect([...widget.customData]).toEqual(
    order.includes("addCustomData") ? [["segment", "premium"]] : [],
  );
  expect(widget.open).toBe(order.includes("openChat"));
  expect(callback.mock.calls).toEqual(order.includes("setStatus") ? [[1]] : []);
});

it("takes the object from the window as well as from $owidgetOnLoad", async () => {
  const { heard, owidget } = insert();
  await pass(0);
  expect(page.$owidget).toBe(owidget);
  page.$owidget?.init(GUID, null);
  page.$owidget?.connectToServer();
  await pass(1);
  expect(heard).toEqual(["connection true", "status 1"]);
});

it("can be called by functions without their object, and be given more of them", async () => {
  const { owidget, widget } = insert();
  await pass(0);
  const { init, connectToServer } = owidget;
  init(GUID);
  connectToServer();
  Object.assign(owidget, { _track: () => "own" });
  await pass(1);
  expect(widget.connected).toBe(true);
  expect((owidget as unknown as { _track: () => string })._track()).toBe("own");
});

describe("openAppOnCurrentPage", () => {
  it("opens the chat for video where the preset has that", async () => {
    const { owidget, widget, heard } = await connected({}, GUID, "sales");
    const channels: string[] = [];
    owidget.setAppEventCallback(({ channel }: { channel: string }) => channels.push(channel));
    owidget.openAppOnCurrentPage("av");
    expect(widget.wanted).toBe("av");
    widget.conversation.join("", widget.wanted);
    widget.conversation.end("visitor");
    widget.closeWindow();
    expect(channels).toEqual(["av", "av", "av", "av"]);
    expect(widget.wanted).toBe("chat");
    expect(heard).toEqual([]);
    expect(warnings()).toEqual([]);
  });

  it("warns where the preset has no video, and opens the chat", async () => {
    const { owidget, widget, heard } = await connected({}, GUID, "support");
    owidget.openAppOnCurrentPage("av");
    expect(warnings()).toEqual([expect.stringContaining("this preset has no video")]);
    expect(heard).toEqual(["chatWindowOpen"]);
    expect(widget.wanted).toBe("chat");
    expect(widget.videoRefused).toBe(true);
  });

  it("opens the chat for writing by the word chat", async () => {
    const { owidget, widget } = await connected({}, GUID, "sales");
    owidget.openAppOnCurrentPage("chat");
    expect(widget.open).toBe(true);
    expect(widget.wanted).toBe("chat");
    expect(warnings()).toEqual([]);
  });
});

it("tells a page no word of what people typed, and nothing of the visitor", async () => {
  const events: unknown[] = [];
  const { owidget, widget, act, write } = await connected();
  owidget.setAppEventCallback((event: unknown) => events.push(event));
  owidget.addCustomData("oo1_guest_email", "jana@example.com");
  owidget.openChat();
  widget.conversation.join("Jana");
  await act("operator", "accept");
  write("secret");
  await act("operator", "say", "secret");
  await act("operator", "end");
  expect(events).toHaveLength(4);
  expect(JSON.stringify(events)).not.toMatch(/jana|secret/i);
});
