import { describe, expect, it, vi } from "vitest";
import type { OWidgetApi } from "../../../src/simulator/api.js";
import { freshPage, GUID, newDocument, pass } from "../page.js";
import { type Changes, PACE } from "../play.js";
import { connected, type Engine, insert } from "./engine.js";

freshPage();

const KEY = `owidget_jupyter.simulator:${JSON.stringify([GUID, null, null])}`;

/** A conversation that the scripted operator has joined and begun with a greeting. */
async function greeted(changes: Changes = {}): Promise<Engine> {
  const engine = await connected(changes);
  engine.join("Jana");
  await pass(PACE.accept + PACE.type);
  expect(engine.said("operator")).toHaveLength(1);
  return engine;
}

async function reloaded(changes: Changes = {}): Promise<Engine> {
  newDocument();
  return connected(changes);
}

describe("after a reload, the scripted operator", () => {
  it("does not greet again", async () => {
    await greeted();
    const { said } = await reloaded();
    await pass(60_000);
    expect(said("operator")).toHaveLength(1);
  });

  it("greets where that was not done, before it answers what was asked", async () => {
    const before = await connected({ operator: { greeting: "Hello" } });
    before.join();
    await pass(PACE.accept);
    before.write("a question");
    const { said } = await reloaded({ operator: { greeting: "Hello", answers: ["one"] } });
    await pass(60_000);
    expect(said("operator")).toEqual(["Hello", "one"]);
  });

  it("answers what it had not, each once, and goes on in turn", async () => {
    const operator = { answers: ["one", "two", "three"] };
    const before = await greeted({ operator });
    before.write("a");
    await pass(PACE.answer);
    before.write("b");
    before.write("c");
    const { said } = await reloaded({ operator });
    await pass(60_000);
    expect(said("operator").slice(1)).toEqual(["one", "two", "three"]);
  });

  it("says by itself what it had not, and leaves, as long after joining as planned", async () => {
    const operator = {
      leave: 20_000,
      says: [
        { after: 5000, say: "early" },
        { after: 15_000, say: "late" },
      ],
    };
    await greeted({ operator });
    // Said, and so kept, 5,600 ms after joining.
    await pass(5000);
    const { said, heard } = await reloaded({ operator });
    await pass(15_000 - 5600 + PACE.type - 1);
    expect(said("operator").slice(1)).toEqual(["early"]);
    await pass(1);
    expect(said("operator").slice(1)).toEqual(["early", "late"]);
    await pass(20_000 - 15_600 - 1);
    expect(heard).toEqual([]);
    await pass(1);
    expect(heard).toEqual(["chatSessionEnded"]);
  });
});

it("gives the visitor's place, name, channel and time of joining back", async () => {
  const before = await connected({ queue: { ahead: 2, each: 1000 }, operator: { comes: false } });
  before.widget.conversation.join("Jana", "av");
  const { since, sessionId } = before.widget.conversation;
  await pass(1000);
  const { news, widget } = await reloaded({ queue: { ahead: 9, each: 1000 } });
  expect(news).toEqual([
    {
      kind: "queue",
      waiting: [{ session: sessionId, name: "Jana", position: 2, since, data: {} }],
    },
  ]);
  expect(widget.conversation.channel).toBe("av");
});

it.each<[string, (saved: Record<string, Record<string, unknown>>) => void]>([
  ["an earlier version's", (saved) => delete saved.progress],
  ["a place that is none", (saved) => Object.assign(saved, { ahead: -1 })],
  ["half a person", (saved) => Object.assign(saved, { ahead: 0.5 })],
  [
    "a channel that is none",
    (saved) => Object.assign(saved.conversation ?? {}, { channel: "fax" }),
  ],
  [
    "a conversation that is over",
    (saved) => Object.assign(saved.conversation ?? {}, { phase: "ended" }),
  ],
  [
    "a line that is none",
    (saved) =>
      Object.assign(saved.conversation ?? {}, { lines: [{ by: "system", text: "unread" }] }),
  ],
  [
    "a line by nobody",
    (saved) => Object.assign(saved.conversation ?? {}, { lines: [{ by: "cat", text: "miaow" }] }),
  ],
  ["no time of saving", (saved) => delete saved.savedAt],
  ["a count that is none", (saved) => Object.assign(saved.progress ?? {}, { answered: "1" })],
])("ignores a drawer of another shape: %s", async (_, change) => {
  await greeted();
  const saved = JSON.parse(localStorage.getItem(KEY) ?? "");
  change(saved);
  newDocument();
  localStorage.setItem(KEY, JSON.stringify(saved));
  const { widget } = await connected();
  expect(widget.conversation.phase).toBe("none");
  expect(localStorage.length).toBe(0);
});

it.each(["open", "closed"])(
  "gives a page that asks in its callback the conversation that there is: %s",
  async (window) => {
    const before = await greeted();
    const { sessionId } = before.widget.conversation;
    if (window === "open") before.owidget.openChat();
    newDocument();
    const { heard, widget } = insert({}, (owidget) => {
      owidget.setStatusUpdateCallback(() => owidget.openChat(true));
      owidget.init(GUID);
      owidget.connectToServer();
    });
    await pass(PACE.connect);
    expect(widget.conversation.sessionId).toBe(sessionId);
    expect(heard).toEqual(["connection true", "chatWindowOpen"]);
  },
);

it("keeps the window open over a page that reloads in its callback", async () => {
  const before = await greeted();
  before.owidget.openChat();
  newDocument();
  const reloading = insert({}, (owidget) => {
    owidget.setConnectionUpdateCallback(() => newDocument());
    owidget.init(GUID);
    owidget.connectToServer();
  });
  await pass(PACE.connect);
  expect(reloading.widget.connected).toBe(true);
  const { widget } = await reloaded();
  expect(widget.open).toBe(true);
});

it.each<[string, (owidget: OWidgetApi) => void, string[]]>([
  ["hides", (owidget) => owidget.hideWidget(), []],
  [
    "hides and opens",
    (owidget) => {
      owidget.hideWidget();
      owidget.openChat();
    },
    ["chatWindowOpen"],
  ],
])("tells a page that %s the open window in its callback how it is", async (_, call, told) => {
  const before = await greeted();
  before.owidget.openChat();
  newDocument();
  const { heard } = insert({}, (owidget) => {
    owidget.setConnectionUpdateCallback(() => call(owidget));
    owidget.init(GUID);
    owidget.connectToServer();
  });
  await pass(PACE.connect);
  expect(heard.filter((one) => one.startsWith("chatWindow"))).toEqual(told);
});

it("restores nothing from storage that was too full to take the end of the conversation", async () => {
  const { localStorage } = window;
  let full = false;
  const setItem = (key: string, text: string): void => {
    if (full) throw new DOMException("full", "QuotaExceededError");
    localStorage.setItem(key, text);
  };
  vi.spyOn(window, "localStorage", "get").mockReturnValue({
    ...({} as Storage),
    getItem: (key) => localStorage.getItem(key),
    removeItem: (key) => localStorage.removeItem(key),
    setItem,
  });
  const before = await greeted();
  full = true;
  before.write("more than there is room for");
  before.widget.conversation.end("visitor");
  full = false;
  const { widget } = await reloaded();
  expect(widget.conversation.phase).toBe("none");
});

describe("a reload in between", () => {
  it("does not skip an answer that was being typed while the visitor wrote on", async () => {
    const operator = { greeting: "", answers: ["one", "two"] };
    const before = await connected({ operator });
    before.join();
    await pass(PACE.accept);
    before.write("a");
    await pass(PACE.think);
    expect(before.widget.typing).toBe(true);
    before.write("b");
    const { said } = await reloaded({ operator });
    await pass(60_000);
    expect(said("operator")).toEqual(["one", "two"]);
  });

  it("does not have the operator leave who has only just come", async () => {
    const operator = { leave: 60_000 };
    const before = await connected({ operator });
    await pass(600_000);
    before.join();
    await pass(PACE.accept);
    const { heard } = await reloaded({ operator });
    await pass(59_999);
    expect(heard).toEqual([]);
    await pass(1);
    expect(heard).toEqual(["chatSessionEnded"]);
  });

  it("has a second visitor greeted like the first", async () => {
    const before = await greeted();
    before.widget.conversation.end("visitor");
    before.join();
    const { said } = await reloaded();
    await pass(PACE.accept + PACE.type);
    expect(said("operator")).toHaveLength(1);
  });

  it("does not keep the operator who was about to hang up", async () => {
    const before = await greeted();
    before.write("bye");
    await pass(PACE.answer);
    const { heard, said } = await reloaded();
    await pass(PACE.farewell);
    expect(heard).toEqual(["chatSessionEnded"]);
    expect(said("operator")).toHaveLength(2);
  });

  it("has a goodbye returned first", async () => {
    const before = await greeted();
    before.write("bye");
    const { heard, said } = await reloaded();
    await pass(PACE.answer + PACE.farewell);
    expect(said("operator")).toHaveLength(2);
    expect(heard).toEqual(["chatSessionEnded"]);
  });
});

describe("two widgets of one scope on a page", () => {
  it("restore a conversation once, in the one that connects first", async () => {
    const before = await greeted();
    const first = await reloaded();
    const second = await connected();
    expect(first.widget.conversation.sessionId).toBe(before.widget.conversation.sessionId);
    expect(second.widget.conversation.phase).toBe("none");
  });

  it("do not lose each other's conversations", async () => {
    const first = await greeted();
    const second = await connected();
    second.owidget.openChat(true);
    second.widget.conversation.end("visitor");
    second.widget.closeWindow();
    const { widget } = await reloaded();
    expect(widget.conversation.sessionId).toBe(first.widget.conversation.sessionId);
  });

  it("have the drawer for whoever comes next, once a conversation is over", async () => {
    const first = await greeted();
    const second = await connected();
    first.widget.conversation.end("visitor");
    second.join();
    const { widget } = await reloaded();
    expect(widget.conversation.sessionId).toBe(second.widget.conversation.sessionId);
  });

  it("each keep their own, where the scopes differ", async () => {
    const one = await connected({}, GUID, null, null, "one");
    one.join();
    const two = await connected({}, GUID, null, null, "two");
    two.join();
    newDocument();
    const again = await connected({}, GUID, null, null, "two");
    const other = await connected({}, GUID, null, null, "one");
    const ids = [one, two, other, again].map(({ widget }) => widget.conversation.sessionId);
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
  });
});
