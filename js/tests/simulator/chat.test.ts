import { describe, expect, it, vi } from "vitest";
import { SHAPES } from "../../src/simulator/view/shapes.js";
import { connected, focusedPart, freshPage, GUID, pass, write } from "./harness.js";
import { PACE } from "./play.js";

freshPage();

const ALL_FIVE = [
  "chatWindowOpen",
  "chatSessionCreated",
  "chatSessionStarted",
  "chatSessionEnded",
  "chatWindowClosed",
];

describe("a visitor's clicks", () => {
  it("go through all five events in order, with the scripted operator", async () => {
    const { part, types, events } = await connected();
    part("button").click();
    write(part("name"), "Jana Nováková");
    part("start").click();
    expect(types()).toEqual(ALL_FIVE.slice(0, 2));
    await pass(PACE.accept);
    expect(types()).toEqual(ALL_FIVE.slice(0, 3));
    await pass(PACE.greet);
    expect(part("log").textContent).toContain("how can I help you?");
    write(part("input"), "My order 4711");
    part("send").click();
    expect(part("log").textContent).toContain("My order 4711");
    await pass(PACE.answer);
    expect(part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(2);
    part("end").click();
    part("close").click();
    expect(types()).toEqual(ALL_FIVE);

    const ids = events.flatMap(({ sessionId }) => sessionId ?? []);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(events[3]?.endedBy).toBe("visitor");
    expect(JSON.stringify(events)).not.toMatch(/Jana|order/);
    expect(() => structuredClone(events)).not.toThrow();
  });

  it("minimise a running conversation and find it again, with what was missed", async () => {
    const { part, types, act, maybe } = await connected();
    await act("operator", "status", 1);
    part("button").click();
    part("start").click();
    await act("operator", "accept");
    part("close").click();
    expect(types().slice(3)).toEqual(["chatWindowClosed"]);
    await act("operator", "say", "Are you there?");
    expect(part("unread").textContent).toBe("1");
    part("button").click();
    expect(maybe("unread")).toBeNull();
    expect(part("log").textContent).toContain("Are you there?");
    expect(types().slice(3)).toEqual(["chatWindowClosed", "chatWindowOpen"]);
  });

  it("leave the queue: the session ends without having started", async () => {
    const { part, types } = await connected();
    part("button").click();
    part("start").click();
    part("end").click();
    await pass(10_000);
    expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated", "chatSessionEnded"]);
  });

  it("start a new chat after the old one, under another id", async () => {
    const { part, events } = await connected();
    part("button").click();
    part("start").click();
    part("end").click();
    part("start").click();
    const created = events.filter(({ type }) => type === "chatSessionCreated");
    expect(created).toHaveLength(2);
    expect(created[0]?.sessionId).not.toBe(created[1]?.sessionId);
    part("end").click();
    part("close").click();
    part("button").click();
    expect(part("name")).toBeTruthy();
  });

  it("send nothing when there is nothing to send", async () => {
    const { part, maybe } = await connected();
    part("button").click();
    part("start").click();
    expect(maybe("input")).toBeNull();
    await pass(PACE.accept);
    expect(part<HTMLButtonElement>("send").disabled).toBe(true);
    write(part("input"), "   ");
    expect(part<HTMLButtonElement>("send").disabled).toBe(true);
    write(part("input"), "x");
    expect(part<HTMLButtonElement>("send").disabled).toBe(false);
  });
});

describe("statuses", () => {
  it("show in word and shape, and reach the callback once per change", async () => {
    const { part, act, statuses } = await connected();
    const look = (): unknown[] => [
      part("button").querySelector(".state")?.textContent,
      part("button").querySelector("path")?.getAttribute("d"),
    ];
    expect(look()).toEqual(["Online", SHAPES.online]);
    await act("operator", "status", 2);
    await act("operator", "status", 2);
    expect(look()).toEqual(["Busy", SHAPES.busy]);
    await act("operator", "status", 0);
    expect(look()).toEqual(["Offline", SHAPES.offline]);
    expect(statuses).toEqual([1, 2, 0]);
  });

  it("busy: says so and lets the visitor queue all the same", async () => {
    const { part, act, types } = await connected();
    await act("operator", "status", 2);
    part("button").click();
    expect(part("notice").textContent).toContain("busy");
    part("start").click();
    expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated"]);
  });

  it("offline: takes a message, thanks, and has no session", async () => {
    const { part, act, types, maybe } = await connected();
    await act("operator", "status", 0);
    part("button").click();
    expect(maybe("start")).toBeNull();
    expect(part<HTMLButtonElement>("send").disabled).toBe(true);
    write(part("input"), "Please call me");
    part("send").click();
    expect(part("notice").textContent).toContain("Thank you");
    expect(maybe("input")).toBeNull();
    part("close").click();
    expect(types()).toEqual(["chatWindowOpen", "chatWindowClosed"]);
  });

  it("change the open window, but not a conversation", async () => {
    const { part, act, maybe } = await connected();
    part("button").click();
    await act("operator", "status", 0);
    expect(maybe("start")).toBeNull();
    await act("operator", "status", 1);
    part("start").click();
    await act("operator", "status", 0);
    await act("operator", "accept");
    expect(part("input")).toBeTruthy();
  });
});

describe("keyboard", () => {
  it("takes the focus into the window and on, and gives it back", async () => {
    const { part, act, types } = await connected();
    part("button").click();
    expect(focusedPart()).toBe("name");
    part("start").click();
    await act("operator", "accept");
    expect(focusedPart()).toBe("input");
    await act("operator", "end");
    expect(focusedPart()).toBe("start");
    part("start").dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }),
    );
    expect(types().at(-1)).toBe("chatWindowClosed");
    expect(focusedPart()).toBe("button");
  });

  it("leaves the focus where it is while the person is in another document", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const { act } = await connected();
    await act("visitor", "join");
    await act("operator", "accept");
    expect(focusedPart()).toBeUndefined();
  });

  it("labels the window, the log and every control", async () => {
    const { part } = await connected(GUID, "sales");
    part("button").click();
    expect(part("window").getAttribute("role")).toBe("dialog");
    expect(part("window").getAttribute("aria-label")).toBe("Talk to sales (SIMULATOR)");
    expect(part("button").getAttribute("aria-expanded")).toBe("true");
    expect(part("close").getAttribute("aria-label")).toBeTruthy();
    expect(part("name").closest("label")?.textContent).toContain("Your name");
    part("start").click();
    await pass(PACE.accept);
    expect(part("log").getAttribute("aria-live")).toBe("polite");
    expect(part("input").getAttribute("aria-label")).toBeTruthy();
  });
});
