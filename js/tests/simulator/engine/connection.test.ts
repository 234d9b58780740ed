import { describe, expect, it } from "vitest";
import { CONTROL, type Control } from "../../../src/simulation.js";
import type { AppEvent } from "../../../src/simulator/events.js";
import { freshPage, GUID, newDocument, page, pass } from "../page.js";
import { PACE } from "../play.js";
import { connected, type Engine, insert } from "./engine.js";

freshPage();

/** A page whose connection is lost from the third second to the tenth. */
async function flaky(changes: Parameters<typeof connected>[0] = {}): Promise<Engine> {
  return connected({
    timeline: [
      { at: 3000, connection: "lost" },
      { at: 10_000, connection: "back" },
    ],
    ...changes,
  });
}

const messages = ({ news }: Engine) =>
  news.flatMap((one) => (one.kind === "message" ? one.text : []));

describe("a lost connection", () => {
  it("is told when it goes and comes, with the status again", async () => {
    const { heard, widget } = await flaky();
    await pass(3000);
    expect(heard).toEqual(["connection false"]);
    expect(widget.connectionLost).toBe(true);
    await pass(7000);
    expect(heard).toEqual(["connection false", "connection true", "status 1"]);
    expect(widget.connectionLost).toBe(false);
  });

  it("is lost but once, and back but once", async () => {
    const { heard } = await connected({
      timeline: [
        { at: 0, connection: "back" },
        { at: 1, connection: "lost" },
        { at: 2, connection: "lost" },
        { at: 3, connection: "back" },
        { at: 4, connection: "back" },
      ],
    });
    await pass(10);
    expect(heard).toEqual(["connection false", "connection true", "status 1"]);
  });

  it("keeps a status from the page, and tells the latest when it is back", async () => {
    const { heard, widget, act } = await flaky();
    await pass(3000);
    await act("operator", "status", 0);
    await act("operator", "status", 2);
    expect(widget.status).toBe(1);
    await pass(7000);
    expect(heard).toEqual(["connection false", "connection true", "status 2"]);
  });

  it("does not keep the window from opening and closing", async () => {
    const { heard, owidget, widget } = await flaky();
    await pass(3000);
    owidget.openChat();
    widget.closeWindow();
    expect(heard.slice(1)).toEqual(["chatWindowOpen", "chatWindowClosed"]);
  });

  it("holds up a message, which the visitor sees at once", async () => {
    const engine = await flaky({ operator: { accept: 0, greeting: "", answers: ["one"] } });
    const { join, write, said } = engine;
    join();
    await pass(3000);
    write("a");
    write("b");
    expect(said("visitor")).toEqual(["a", "b"]);
    await pass(6999);
    expect(messages(engine)).toEqual([]);
    await pass(1);
    expect(messages(engine)).toEqual(["a", "b"]);
    await pass(PACE.answer - 1);
    expect(said("operator")).toEqual([]);
    await pass(1);
    expect(said("operator")).toEqual(["one"]);
  });

  it("holds up joining, leaving and joining again, which are told in order", async () => {
    const { heard, news, join, widget } = await flaky();
    await pass(3000);
    join("first");
    const { sessionId } = widget.conversation;
    widget.conversation.end("visitor");
    join("second");
    expect(heard).toEqual(["connection false"]);
    expect(news).toEqual([]);
    await pass(7000);
    expect(heard.slice(3)).toEqual([
      "chatSessionCreated",
      "chatSessionEnded",
      "chatSessionCreated",
    ]);
    expect(news).toMatchObject([{ waiting: [{ name: "second" }] }]);
    expect(JSON.stringify(news)).not.toContain(sessionId);
    await pass(PACE.accept);
    expect(heard.at(-1)).toBe("chatSessionStarted");
  });

  it("holds up what the scripted operator does, and those before the visitor", async () => {
    const { heard, join, said, widget } = await flaky({ queue: { ahead: 2, each: 2000 } });
    join();
    await pass(9999);
    expect(widget.position).toBe(2);
    await pass(1);
    expect(widget.position).toBe(1);
    await pass(PACE.accept);
    expect(heard.at(-1)).toBe("chatSessionStarted");
    await pass(PACE.type);
    expect(said("operator")).toHaveLength(1);
  });

  it("has what waited told before what the page asks for in its callbacks", async () => {
    const sessions: string[] = [];
    const { join, owidget, widget } = await flaky({ operator: { comes: false } });
    await pass(3000);
    join();
    const { sessionId } = widget.conversation;
    widget.conversation.end("visitor");
    owidget.setConnectionUpdateCallback(() => owidget.openChat(true));
    owidget.setAppEventCallback((event: AppEvent) => {
      if (event.sessionId) sessions.push(`${event.type} ${event.sessionId === sessionId}`);
    });
    await pass(7000);
    expect(sessions).toEqual([
      "chatSessionCreated true",
      "chatSessionEnded true",
      "chatSessionCreated false",
    ]);
  });

  it("does not have a visitor taken who has joined anew since", async () => {
    const { heard, join, widget } = await flaky({ operator: { accept: 5000 } });
    join();
    await pass(6000);
    widget.conversation.end("visitor");
    join();
    await pass(4000 + 4999);
    expect(heard.slice(4)).toEqual(["chatSessionEnded", "chatSessionCreated"]);
    await pass(1);
    expect(heard.at(-1)).toBe("chatSessionStarted");
  });

  it("does not have a visitor sent away who has joined anew since", async () => {
    const { act, heard, join, widget } = await flaky();
    join();
    await act("operator", "accept");
    await pass(3000);
    await act("operator", "end");
    widget.conversation.end("visitor");
    join();
    await pass(7000);
    expect(heard.slice(-2)).toEqual(["chatSessionEnded", "chatSessionCreated"]);
    expect(widget.conversation.phase).toBe("queued");
  });

  it("keeps two conversations apart", async () => {
    const before = await flaky({ operator: { accept: 0 } });
    before.join();
    await pass(3000);
    before.write("a");
    before.widget.conversation.end("visitor");
    before.join();
    await pass(7000);
    newDocument();
    const { widget } = await connected();
    expect(widget.conversation.sessionId).toBe(before.widget.conversation.sessionId);
  });

  it("leaves nothing over for a conversation after the one that it cut off", async () => {
    const operator = { accept: 0, greeting: "" };
    const before = await flaky({ operator });
    before.join();
    await pass(3000);
    before.write("a");
    before.widget.conversation.end("visitor");
    before.join();
    await pass(7000);
    before.write("b");
    expect(messages(before)).toEqual(["a", "b"]);
    newDocument();
    expect(messages(await connected({ operator }))).toEqual([]);
  });

  it("tells an old status no more once there was a newer one", async () => {
    const { act, heard } = await connected({
      timeline: [
        { at: 10, connection: "lost" },
        { at: 20, connection: "back" },
        { at: 30, connection: "lost" },
        { at: 40, connection: "back" },
      ],
    });
    await pass(10);
    await act("operator", "status", 0);
    await pass(10);
    await act("operator", "status", 2);
    await pass(20);
    expect(heard.filter((one) => one.startsWith("status"))).toEqual([
      "status 0",
      "status 2",
      "status 2",
    ]);
  });

  it("lets nobody be seen typing", async () => {
    const { join, said, widget } = await flaky({ operator: { accept: 2700 } });
    join();
    await pass(2999);
    expect(widget.typing).toBe(true);
    await pass(1);
    expect(widget.typing).toBe(false);
    await pass(6999);
    expect(said("operator")).toEqual([]);
    await pass(1);
    expect(said("operator")).toHaveLength(1);
  });

  it("holds up what is done by hand, without keeping anybody waiting", async () => {
    const { act, heard, join, said } = await flaky();
    join();
    await act("operator", "accept");
    await pass(3000);
    await act("operator", "say", "one");
    await act("operator", "end");
    expect(said("operator")).toEqual([]);
    await pass(7000);
    expect(said("operator")).toEqual(["one"]);
    expect(heard.at(-1)).toBe("chatSessionEnded");
  });

  it("holds up a whole conversation by hand, at a clock that stands", async () => {
    const { act, heard, join, said } = await flaky({ speed: 0, operator: { comes: false } });
    join();
    await act("clock", "step", 3000);
    for (const [action, ...args] of [["accept"], ["say", "one"], ["say", "two"], ["end"]]) {
      await act("operator", action as string, ...args);
    }
    expect(heard).toEqual(["chatSessionCreated", "connection false"]);
    await act("clock", "step", null);
    expect(heard.slice(-2)).toEqual(["chatSessionStarted", "chatSessionEnded"]);
    expect(said("operator")).toEqual(["one", "two"]);
  });

  it("lets an operator by hand take a visitor only once they are heard of", async () => {
    const { act, heard, join } = await flaky();
    await act("operator", "status", 1);
    await pass(3000);
    join();
    await act("operator", "accept");
    await pass(6999);
    expect(heard).toEqual(["connection false"]);
    await pass(1);
    expect(heard.slice(-2)).toEqual(["chatSessionCreated", "chatSessionStarted"]);
  });

  it("keeps the desk from hearing of a visitor before the page does", async () => {
    const { act, heard, join } = await flaky();
    await act("operator", "status", 1);
    (page[CONTROL] as Control).listen(({ kind }) => heard.push(kind));
    await pass(3000);
    join();
    await pass(7000);
    expect(heard).toEqual([
      "connection false",
      "connection true",
      "status 1",
      "chatSessionCreated",
      "queue",
    ]);
  });

  it("keeps from the desk what the page tells of a visitor who waits", async () => {
    const { join, news, owidget } = await flaky({ operator: { comes: false } });
    join();
    await pass(3000);
    owidget.addCustomData("segment", "premium");
    expect(news).toHaveLength(1);
    await pass(7000);
    expect(news).toHaveLength(2);
    expect(news[1]).toMatchObject({ waiting: [{ data: { segment: "premium" } }] });
  });

  it("does not bring the scripted operator back who left meanwhile", async () => {
    const { act, heard, join } = await flaky({ operator: { accept: 5000 } });
    join();
    await pass(6000);
    await act("operator", "status", 1);
    await pass(60_000);
    expect(heard).not.toContain("chatSessionStarted");
  });

  it("makes up after a reload for what had not got out", async () => {
    const before = await flaky({ operator: { accept: 0, greeting: "" } });
    before.join();
    await pass(3000);
    before.write("a");
    newDocument();
    const after = await connected({ operator: { answers: ["one"], greeting: "" } });
    expect(messages(after)).toEqual(["a"]);
    await pass(60_000);
    expect(after.said("operator")).toEqual(["one"]);
    newDocument();
    expect(messages(await connected())).toEqual([]);
  });

  it("makes up after a reload for a visitor nobody had heard of", async () => {
    const before = await flaky();
    await pass(3000);
    before.join();
    newDocument();
    const after = insert({}, (owidget) => {
      owidget.init(GUID);
      owidget.connectToServer();
    });
    await pass(1);
    expect(after.heard).toEqual(["connection true", "status 1", "chatSessionCreated"]);
    expect(after.news).toMatchObject([{ kind: "queue", waiting: [{ position: 1 }] }]);
    await pass(PACE.accept);
    expect(after.heard.at(-1)).toBe("chatSessionStarted");
  });
});
