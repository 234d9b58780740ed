import { describe, expect, it, vi } from "vitest";
import type { OWidgetApi } from "../../../src/simulator/api.js";
import { freshPage, GUID, newDocument, page, pass } from "../page.js";
import { connected, insert } from "./engine.js";

const { warnings } = freshPage();

describe("a scenario's statuses", () => {
  const BUSY_THEN_ONLINE = {
    timeline: [
      { at: 0, status: 2 as const },
      { at: 15_000, status: 1 as const },
    ],
  };

  it("begin with the one at 0", async () => {
    const { heard } = insert(BUSY_THEN_ONLINE, (owidget) => {
      owidget.init(GUID);
      owidget.connectToServer();
    });
    await pass(1);
    expect(heard).toEqual(["connection true", "status 2"]);
  });

  it("come in their time, counted from the first", async () => {
    const { heard } = insert({ ...BUSY_THEN_ONLINE, load: 500, connect: 2000 }, (owidget) => {
      owidget.init(GUID);
      setTimeout(() => owidget.connectToServer(), 60_000);
    });
    await pass(500 + 60_000 + 2000 + 14_999);
    expect(heard.at(-1)).toBe("status 2");
    await pass(1);
    expect(heard.at(-1)).toBe("status 1");
  });

  it("are no longer told once somebody drives the operator", async () => {
    const { act, heard } = await connected(BUSY_THEN_ONLINE);
    await act("operator", "status", 0);
    await pass(60_000);
    expect(heard).toEqual(["status 0"]);
  });

  it("begin anew with a reload", async () => {
    const before = await connected(BUSY_THEN_ONLINE);
    await pass(20_000);
    expect(before.heard).toEqual(["status 1"]);
    newDocument();
    const after = await connected(BUSY_THEN_ONLINE);
    expect(after.widget.status).toBe(2);
    await pass(15_000);
    expect(after.heard).toEqual(["status 1"]);
  });
});

describe("a scenario's calls", () => {
  const CALL = { timeline: [{ at: 1000, call: "_offerHelp" }] };

  it("reach the function that the page has put on $owidget, as its method", async () => {
    const { owidget } = await connected(CALL);
    const offer = vi.fn(function (this: unknown, ..._: unknown[]) {
      expect(this).toBe(owidget);
    });
    Object.assign(page.$owidget ?? {}, { _offerHelp: offer });
    await pass(999);
    expect(offer).not.toHaveBeenCalled();
    await pass(1);
    expect(offer.mock.calls).toEqual([[]]);
    expect(warnings()).toEqual([]);
  });

  it("reach one that came with an object of the page's own", async () => {
    await connected(CALL);
    const offer = vi.fn();
    class Own {
      _offerHelp(): void {
        offer(this);
      }
    }
    const own = new Own();
    page.$owidget = own as unknown as OWidgetApi;
    await pass(1000);
    expect(offer.mock.calls).toEqual([[own]]);
  });

  it("warn where the page has none", async () => {
    await connected(CALL);
    await pass(1000);
    expect(warnings()).toEqual([expect.stringContaining("$owidget._offerHelp()")]);
  });

  it("and the connection go on while somebody drives the operator", async () => {
    const { act, heard, owidget } = await connected({
      timeline: [
        { at: 500, call: "_offerHelp" },
        { at: 1000, connection: "lost" },
        { at: 2000, connection: "back" },
      ],
    });
    const offer = vi.fn();
    Object.assign(owidget, { _offerHelp: offer });
    await act("operator", "status", 1);
    await pass(2000);
    expect(offer).toHaveBeenCalledOnce();
    expect(heard).toEqual(["connection false", "connection true", "status 1"]);
  });

  it("report what the page's function throws", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const { owidget } = await connected(CALL);
    Object.assign(owidget, {
      _offerHelp: () => {
        throw new Error("the page's own mistake");
      },
    });
    await pass(1000);
    expect(error).toHaveBeenCalledOnce();
  });
});
