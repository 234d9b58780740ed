import { describe, expect, it } from "vitest";
import { freshPage, newDocument, pass } from "../page.js";
import { PACE } from "../play.js";
import { connected } from "./engine.js";

freshPage();

const QUEUE = { queue: { ahead: 2, each: 1000 } };

describe("the queue", () => {
  it("has everybody before the visitor served in turn, and then the visitor", async () => {
    const { widget, heard, join } = await connected(QUEUE);
    expect(widget.position).toBeNull();
    join();
    const seen = [widget.position];
    for (let second = 0; second < 2; second += 1) {
      await pass(999);
      expect(widget.position).toBe(seen.at(-1));
      await pass(1);
      seen.push(widget.position);
    }
    expect(seen).toEqual([3, 2, 1]);
    await pass(PACE.accept - 1);
    expect(heard).toEqual(["chatSessionCreated"]);
    await pass(1);
    expect(heard).toEqual(["chatSessionCreated", "chatSessionStarted"]);
    expect(widget.position).toBeNull();
  });

  it("goes on being served when the visitor leaves it, and is empty for the next", async () => {
    const { widget, join } = await connected(QUEUE);
    join();
    await pass(500);
    widget.conversation.end("visitor");
    await pass(1500);
    join();
    expect(widget.position).toBe(1);
    await pass(PACE.accept);
    expect(widget.conversation.phase).toBe("active");
  });

  it("is not served faster for a visitor who leaves it and joins again", async () => {
    const { widget, join } = await connected(QUEUE);
    join();
    await pass(500);
    widget.conversation.end("visitor");
    join();
    await pass(1499);
    expect(widget.position).toBe(2);
    await pass(1);
    expect(widget.position).toBe(1);
  });

  it("does not begin before somebody joins it", async () => {
    const { widget, join } = await connected(QUEUE);
    await pass(60_000);
    join();
    expect(widget.position).toBe(3);
  });

  it("is waited in to the end of days where the operator does not come", async () => {
    const { widget, heard, join } = await connected({ ...QUEUE, operator: { comes: false } });
    join();
    await pass(3_600_000);
    expect(widget.position).toBe(1);
    expect(heard).toEqual(["chatSessionCreated"]);
  });

  it("keeps the visitor's place over a reload", async () => {
    const before = await connected({ queue: { ahead: 3, each: 1000 } });
    before.join();
    await pass(1000);
    newDocument();
    const { widget } = await connected({ queue: { ahead: 3, each: 1000 } });
    expect(widget.position).toBe(3);
    await pass(2000);
    expect(widget.position).toBe(1);
    await pass(PACE.accept);
    expect(widget.conversation.phase).toBe("active");
  });

  it("is served on while somebody drives the operator, who takes whom they want", async () => {
    const { widget, act, join } = await connected(QUEUE);
    await act("operator", "status", 1);
    join();
    await pass(1000);
    expect(widget.position).toBe(2);
    await act("operator", "accept");
    expect(widget.conversation.phase).toBe("active");
    expect(widget.position).toBeNull();
  });
});

describe("the operator's desk", () => {
  it("is told of every change of who waits, and that nobody does", async () => {
    const { owidget, act, join, news } = await connected(QUEUE);
    await act("operator", "status", 1);
    const since = Date.now();
    join("Jana");
    owidget.addCustomData("segment", "premium");
    await pass(1000);
    owidget.removeCustomData("segment");
    await act("operator", "accept");
    const entry = { session: expect.stringMatching(/^[0-9a-f]{32}$/), name: "Jana", since };
    const data = { segment: "premium" };
    expect(news).toEqual([
      { kind: "queue", waiting: [{ ...entry, position: 3, data: {} }] },
      { kind: "queue", waiting: [{ ...entry, position: 3, data }] },
      { kind: "queue", waiting: [{ ...entry, position: 2, data }] },
      { kind: "queue", waiting: [{ ...entry, position: 2, data: {} }] },
      { kind: "queue", waiting: [] },
    ]);
  });

  it("is not told anew of what did not change", async () => {
    const { owidget, act, join, news } = await connected();
    await act("operator", "status", 2);
    join();
    owidget.openChat();
    await act("operator", "status", 1);
    expect(news).toHaveLength(1);
  });

  it("is told when the visitor leaves the queue", async () => {
    const { widget, join, news } = await connected();
    join();
    widget.conversation.end("visitor");
    expect(news.at(-1)).toEqual({ kind: "queue", waiting: [] });
  });

  it("knows the visitor by the reserved custom data where no name was typed", async () => {
    const { owidget, join, news } = await connected();
    owidget.addCustomData("oo1_guest_ident", "guest-7");
    join();
    const latest = (): unknown => news.at(-1);
    expect(latest()).toMatchObject({
      waiting: [{ name: "guest-7", data: { oo1_guest_ident: "guest-7" } }],
    });
    newDocument();
    const named = await connected({}, "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e", null, null, "other");
    named.owidget.addCustomData("oo1_guest_ident", "guest-7");
    named.join("Jana");
    expect(named.news.at(-1)).toMatchObject({ waiting: [{ name: "Jana" }] });
  });

  it("gets what the visitor writes, and nothing that the operator says", async () => {
    const { act, join, write, news } = await connected();
    join();
    await act("operator", "accept");
    write("where is my order");
    await act("operator", "say", "on its way");
    expect(news.filter(({ kind }) => kind === "message")).toEqual([
      { kind: "message", text: "where is my order" },
    ]);
  });
});
