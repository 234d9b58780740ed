import { describe, expect, it } from "vitest";
import { CONTROL } from "../../src/simulation.js";
import { LIMIT_MS } from "../../src/simulator/waiting.js";
import { connected, freshPage, GUID, insert, newDocument, page, pass } from "./harness.js";
import { PACE } from "./play.js";

freshPage();

/** Waits for the rejection without leaving it unhandled while the clock is moved. */
async function refusal(action: Promise<unknown>, ms: number): Promise<string> {
  const message = action.then(
    () => "it was carried out",
    (error: Error) => error.message,
  );
  await pass(ms);
  return message;
}

it("hangs where the other side looks for it", () => {
  expect(CONTROL).toBe(Symbol.for("owidget_jupyter.simulator"));
});

it("plays both sides through all five events", async () => {
  const { act, types, part, events } = await connected();
  const results = [
    await act("operator", "status", 2),
    await act("visitor", "open"),
    await act("visitor", "join"),
    await act("operator", "accept"),
    await act("operator", "say", "Good morning"),
    await act("visitor", "type", "secret words"),
    await act("operator", "end"),
    await act("visitor", "leave"),
  ];
  expect(results.every((result) => result === null)).toBe(true);
  expect(types()).toEqual([
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
    "chatSessionEnded",
    "chatWindowClosed",
  ]);
  expect(JSON.stringify(events)).not.toMatch(/secret|morning/);
  await act("visitor", "open");
  expect(part("start")).toBeTruthy();
});

it("may be asked for everything at once, before there is a button", async () => {
  const { act, types, statuses, part } = await insert();
  const all = Promise.all([
    act("operator", "status", 2),
    act("operator", "accept"),
    act("operator", "say", "one"),
    act("operator", "say", "two"),
    act("visitor", "join"),
    act("visitor", "type", "three"),
  ]);
  await pass(1000);
  expect(types()).toEqual([]);
  page.$owidget?.init(GUID);
  page.$owidget?.connectToServer();
  await pass(PACE.connect);
  await all;
  expect(statuses).toEqual([2]);
  expect(types().slice(0, 3)).toEqual([
    "chatWindowOpen",
    "chatSessionCreated",
    "chatSessionStarted",
  ]);
  const log = part("log").textContent ?? "";
  expect(log.indexOf("one")).toBeLessThan(log.indexOf("two"));
});

describe("visitor", () => {
  it("opens once, opens what an action needs, and minimises", async () => {
    const { act, types } = await connected();
    await act("visitor", "open");
    await act("visitor", "open");
    await act("visitor", "minimise");
    await act("visitor", "join");
    await act("visitor", "minimise");
    await act("operator", "accept");
    await act("visitor", "type", "hello");
    expect(types()).toEqual([
      "chatWindowOpen",
      "chatWindowClosed",
      "chatWindowOpen",
      "chatSessionCreated",
      "chatWindowClosed",
      "chatSessionStarted",
      "chatWindowOpen",
    ]);
  });

  it("leaves: ends a conversation first, closes only what is open", async () => {
    const { act, types } = await connected();
    await act("visitor", "leave");
    expect(types()).toEqual([]);
    await act("visitor", "open");
    await act("visitor", "leave");
    expect(types()).toEqual(["chatWindowOpen", "chatWindowClosed"]);
    await act("visitor", "join");
    await act("visitor", "leave");
    expect(types().slice(2)).toEqual([
      "chatWindowOpen",
      "chatSessionCreated",
      "chatSessionEnded",
      "chatWindowClosed",
    ]);
  });

  it("writes into the offline form too, as a person would", async () => {
    const { act, part } = await connected();
    await act("operator", "status", 0);
    await act("visitor", "type", "call me");
    expect(part("notice").textContent).toContain("Thank you");
  });

  it("names what it could not find", async () => {
    const { act } = await connected();
    await act("operator", "status", 0);
    const message = await refusal(act("visitor", "join"), LIMIT_MS);
    expect(message).toBe('visitor.join: no usable "start" control within 20 s');
    newDocument();
    const other = await connected();
    other.owidget.hideWidget();
    expect(await refusal(other.act("visitor", "open"), LIMIT_MS)).toContain('"button"');
  });

  it("does not write where a person could not", async () => {
    const { act, types } = await connected();
    await act("operator", "status", 1);
    await act("visitor", "join");
    const message = await refusal(act("visitor", "type", "too early"), LIMIT_MS);
    expect(message).toContain('"input"');
    expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated"]);
  });
});

describe("operator", () => {
  it("waits for a visitor, and for a session", async () => {
    const { act, types } = await connected();
    const accepted = act("operator", "accept");
    await pass(LIMIT_MS / 2);
    await act("visitor", "join");
    await accepted;
    expect(types().at(-1)).toBe("chatSessionStarted");
  });

  it("gives up after the limit and says why; the next action has its turn", async () => {
    const { act, types } = await connected();
    const accepted = refusal(act("operator", "accept"), LIMIT_MS);
    const said = act("operator", "say", "hello").catch((error: Error) => error.message);
    expect(await accepted).toBe("operator.accept: no visitor in the queue within 20 s");
    await pass(LIMIT_MS);
    expect(await said).toBe("operator.say: no session running within 20 s");
    expect(await refusal(act("operator", "end"), LIMIT_MS)).toContain("operator.end");
    expect(types()).toEqual([]);
  });

  it("takes over what the script accepted, and does not accept twice itself", async () => {
    const { act, types } = await connected();
    await act("visitor", "join");
    await pass(PACE.accept);
    await act("operator", "accept");
    expect(types().filter((type) => type === "chatSessionStarted")).toHaveLength(1);
    expect(await refusal(act("operator", "accept"), LIMIT_MS)).toContain("no visitor");
  });

  it("sets the status to come before there is a connection", async () => {
    const { act, statuses, owidget, part } = await insert((o) => o.init(GUID));
    await act("operator", "status", 0);
    expect(statuses).toEqual([]);
    owidget.connectToServer();
    await pass(PACE.connect);
    expect(statuses).toEqual([0]);
    expect(part("button").dataset.status).toBe("offline");
  });
});

it.each([
  ["manager", "status", [], "accepted: operator, visitor, clock"],
  ["operator", "fire", [], "accepted: status, accept, say, end"],
  ["operator", "constructor", [], "accepted: status, accept, say, end"],
  ["visitor", "dance", [], "accepted: open, join, type, callBack, minimise, leave"],
  ["operator", "status", [3], "0 (offline), 1 (online), 2 (busy)"],
  ["operator", "status", ["1"], "0 (offline), 1 (online), 2 (busy)"],
  ["operator", "status", [1, 1], "0 (offline), 1 (online), 2 (busy)"],
  ["operator", "say", [], "one non-empty string"],
  ["operator", "say", ["  "], "one non-empty string"],
  ["visitor", "type", [7], "one non-empty string"],
  ["visitor", "join", ["Jana"], '"chat" or "av", or nothing'],
  ["visitor", "leave", ["Jana"], "no arguments"],
])("refuses %s.%s(%j) and names what it accepts", async (side, action, args, named) => {
  const { act, types } = await connected();
  const message = await act(side, action, ...args).catch((error: Error) => error.message);
  expect(message).toContain(named);
  expect(message).not.toContain("Jana");
  expect(types()).toEqual([]);
});
