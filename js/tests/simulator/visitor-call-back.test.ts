import { expect, it, vi } from "vitest";
import { KEY_MS, PAUSE_MS } from "../../src/simulator/chat/hands.js";
import { LIMIT_MS } from "../../src/simulator/waiting.js";
import { connected, freshPage, hearTyped, pass } from "./harness.js";

freshPage();

const GOOD = "+420777666555";

/** What an action came to, without leaving a rejection unhandled while the clock is moved. */
function outcome(action: Promise<unknown>): Promise<unknown> {
  return action.catch((error: Error) => error.message);
}

/** How long a person takes over a number, from the first key to submitting it; ms. */
function took(number: string): number {
  return (number.length - 1) * KEY_MS + PAUSE_MS;
}

it("opens what it needs, types key by key, waits a moment and submits", async () => {
  const { act, part, maybe, types } = await connected();
  const heard = hearTyped();
  const done = act("visitor", "callBack", GOOD);
  await pass(0);
  expect(types()).toEqual(["chatWindowOpen"]);
  expect(part<HTMLInputElement>("phone").value).toBe("+");
  await pass(KEY_MS - 1);
  expect(heard).toEqual(["+"]);
  await pass(1);
  expect(heard).toEqual(["+", "+4"]);
  await pass(took(GOOD) - KEY_MS - 1);
  expect(part<HTMLInputElement>("phone").value).toBe(GOOD);
  expect(maybe("number")).toBeNull();
  await pass(1);
  expect(await done).toBe(true);
  expect(heard).toEqual([...GOOD].map((_, index) => GOOD.slice(0, index + 1)));
  expect(part("number").textContent).toBe(GOOD);
});

it("pastes and submits before anything else can happen", async () => {
  const { act, owidget } = await connected();
  const callback = vi.fn((number: string) => number);
  owidget.setCustomNumberNormalization(callback);
  const heard = hearTyped();
  // The clock stands still.
  expect(await act("visitor", "callBack", "777 666 555", true)).toBe(true);
  expect(heard).toEqual(["777 666 555"]);
  expect(callback.mock.calls).toEqual([["777 666 555"]]);
});

it("tells whether the form took the number, one after the other", async () => {
  const { act, part, events } = await connected();
  const numbers = ["777", "888", GOOD, "999", GOOD];
  const taken = Promise.all(numbers.map((number) => act("visitor", "callBack", number, true)));
  expect(await taken).toEqual([false, false, true, false, true]);
  expect(part("details").textContent?.match(/call back: \+420777666555/g)).toHaveLength(2);
  expect(events).toHaveLength(1);
});

it("types over a number that was refused", async () => {
  const { act, part } = await connected();
  await act("visitor", "callBack", "777", true);
  const done = act("visitor", "callBack", GOOD);
  await pass(0);
  expect(part<HTMLInputElement>("phone").value).toBe("+");
  await pass(took(GOOD));
  expect(await done).toBe(true);
});

it("goes by the offline screen, and past the thanks to what comes next", async () => {
  const { act, part, types } = await connected();
  await act("operator", "status", 0);
  expect(await act("visitor", "callBack", GOOD, true)).toBe(true);
  await act("visitor", "type", "or write to me");
  expect(part("notice").textContent).toContain("your message went nowhere");
  expect(await act("visitor", "callBack", GOOD, true)).toBe(true);
  await act("operator", "status", 1);
  await act("visitor", "join");
  expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated"]);
});

it.each(["queued", "active"])("is refused at once beside a %s conversation", async (phase) => {
  const { act, types } = await connected();
  await act("operator", "status", 1);
  await act("visitor", "join");
  if (phase === "active") await act("operator", "accept");
  await act("visitor", "minimise");
  expect(await outcome(act("visitor", "callBack", GOOD))).toBe(
    "visitor.callBack: a conversation is under way; it has to end first",
  );
  expect(types().at(-1)).not.toBe("chatWindowOpen");
});

it("puts a conversation that is over away first", async () => {
  const { act, types } = await connected();
  await act("visitor", "join");
  await act("operator", "accept");
  await act("visitor", "minimise");
  await act("operator", "end");
  expect(await act("visitor", "callBack", GOOD, true)).toBe(true);
  expect(types().slice(-4)).toEqual([
    "chatSessionEnded",
    "chatWindowOpen",
    "chatWindowClosed",
    "chatWindowOpen",
  ]);
});

it.each(["closed", "left for the entry", "hidden", "closed and opened again"])(
  "gives up when the form is %s under its hands",
  async (how) => {
    const { act, part, owidget } = await connected();
    const done = outcome(act("visitor", "callBack", GOOD));
    await pass(KEY_MS);
    if (how === "hidden") owidget.hideWidget();
    else part(how === "left for the entry" ? "back" : "close").click();
    if (how === "closed and opened again") {
      part("button").click();
      part("callback").click();
    }
    await pass(KEY_MS);
    expect(await done).toBe("visitor.callBack: the form went before the number was submitted");
    owidget.openChat();
    expect(part("details").textContent).not.toContain("call back");
  },
);

it("names what it could not find", async () => {
  const { act, owidget } = await connected();
  owidget.hideWidget();
  const done = outcome(act("visitor", "callBack", GOOD));
  await pass(LIMIT_MS);
  expect(await done).toBe('visitor.callBack: no usable "button" control within 20 s');
});

it.each<[string, unknown[]]>([
  ["nothing", []],
  ["a blank number", ["  "]],
  ["a number that is none", [777666555]],
  ["too long a number", ["7".repeat(101)]],
  ["a word for the paste", ["777", "yes"]],
  ["one argument too many", ["777", true, 1]],
])("refuses %s, and does not repeat it", async (_, args) => {
  const { act, types } = await connected();
  expect(await outcome(act("visitor", "callBack", ...args))).toBe(
    "visitor.callBack takes a phone number of 1 to 100 characters, and whether it is pasted",
  );
  expect(types()).toEqual([]);
});
