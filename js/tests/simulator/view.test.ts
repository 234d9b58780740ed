import { describe, expect, it, vi } from "vitest";
import {
  connected,
  focusedPart,
  freshPage,
  GUID,
  type Inserted,
  insert,
  pass,
  write,
} from "./harness.js";
import { FRAME, holdFrames } from "./joined.js";

freshPage();

const frames = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(FRAME)];
const hosts = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>("[data-owidget-simulator]"),
];
const GONE = "visitor: the chat window was taken away or loaded anew meanwhile";
const each = (property: string): string[] =>
  hosts().map((host) => host.style.getPropertyValue(property));

describe("the frame", () => {
  it("is made at the first opening, in the document where pages look for it", async () => {
    const { part, owidget } = await connected(GUID, "sales");
    expect(frames()).toEqual([]);
    part("button").click();
    const [frame] = frames();
    expect(frame?.parentElement).toBe(hosts()[0]);
    expect(frame?.title).toBe("Talk to sales (SIMULATOR)");
    part("close").click();
    expect(frame?.hidden).toBe(true);
    owidget.openChat();
    expect(frames()).toEqual([frame]);
  });

  it.each([
    ["moved", () => hosts()[0]?.append(frames()[0] as HTMLElement)],
    ["taken away", () => frames()[0]?.remove()],
    ["taken away with its host", () => hosts()[0]?.remove()],
  ])("comes back to life when it was %s, with all of the conversation", async (_, mishap) => {
    const { part, act, owidget } = await connected();
    await act("visitor", "join");
    await act("operator", "accept");
    await act("operator", "say", "Good morning");
    mishap();
    owidget.openChat();
    if (frames().length === 0) {
      owidget.hideWidget();
      owidget.openChat();
    }
    expect(part("log").textContent).toContain("Good morning");
    write(part("input"), "Here I am");
    part("send").click();
    expect(part("log").textContent).toContain("Here I am");
    await act("visitor", "type", "Still here");
    expect(part("log").textContent).toContain("Still here");
  });

  it("that is loaded anew fails what was being done in it, and keeps the keyboard", async () => {
    const { part, act } = await connected();
    part("button").click();
    const typed = act("visitor", "type", "too early").catch((error: Error) => error.message);
    await pass(0);
    hosts()[0]?.append(frames()[0] as HTMLElement);
    expect(await typed).toBe(GONE);
    expect(focusedPart()).toBe("name");
  });
});

it("that is taken away fails what was being done in it", async () => {
  const { part, act } = await connected();
  part("button").click();
  const typed = act("visitor", "type", "nobody came").catch((error: Error) => error.message);
  await pass(0);
  frames()[0]?.remove();
  await pass(100);
  expect(await Promise.race([typed, pass(0)])).toBe(GONE);
});

it("reads out how much came while the window was closed, and not what is on the button", async () => {
  const { part, act } = await connected();
  await act("visitor", "join");
  await act("operator", "accept");
  part("close").click();
  const region = part("said");
  expect(region.getAttribute("role")).toBe("status");
  expect(region.textContent).toBe("");
  await act("operator", "say", "Are you there?");
  expect(region.textContent).toBe("Chat with us: 1 unread");
  part("button").click();
  expect(region.textContent).toBe("");
});

describe("the keyboard", () => {
  /** Opens a window by its button, has something happen, and only then has its frame load. */
  const opened = async (meanwhile: (chat: Inserted) => void): Promise<string | undefined> => {
    const load = holdFrames();
    const chat = await connected();
    chat.part("button").focus();
    chat.part("button").click();
    // Chromium may leave a frame that loads without it, and the page as well.
    expect(focusedPart()).toBe("button");
    meanwhile(chat);
    load();
    return focusedPart();
  };

  it("comes into the window when that is loaded, and not before", async () => {
    expect(await opened(() => {})).toBe("name");
  });

  it("comes also when it was on something that is gone", async () => {
    expect(await opened(() => (document.activeElement as HTMLElement).blur())).toBe("name");
  });

  it("stays where it went meanwhile", async () => {
    const field = document.createElement("input");
    field.dataset.part = "the page's";
    document.body.append(field);
    expect(await opened(() => field.focus())).toBe("the page's");
  });

  it("stays in another document", async () => {
    const away = (): void => void vi.mocked(document.hasFocus).mockReturnValue(false);
    expect(await opened(away)).toBe("button");
  });

  it("stays on the button when the window was closed meanwhile", async () => {
    expect(await opened(({ part }) => part("button").click())).toBe("button");
  });
});

describe("a preset", () => {
  it.each([
    [null, "pill", "corner", ["start", "callback"]],
    ["sales", "bubble", "corner", ["start", "video", "callback"]],
    ["support", "tab", "edge", ["start"]],
    ["Winter campaign", "pill", "corner", ["start", "callback"]],
  ])("named %s has its look and its channels", async (preset, look, place, ways) => {
    const { part, maybe } = await connected(GUID, preset);
    expect(part("button").dataset.look).toBe(look);
    expect(hosts()[0]?.getAttribute("data-owidget-simulator")).toBe(place);
    part("button").click();
    expect(["start", "video", "callback"].filter(maybe)).toEqual(ways);
  });

  it("says its words on every button, whatever of them is to be seen", async () => {
    for (const preset of [null, "sales", "support"]) {
      const { part } = await connected(GUID, preset);
      expect(part("button").textContent).toMatch(/^.+OnlineSIMULATOR$/);
    }
  });
});

describe("several widgets", () => {
  it("are counted by where their buttons sit", async () => {
    await connected(GUID);
    await connected(GUID, "support");
    await connected(GUID, "sales");
    expect(each("--slot")).toEqual(["0", "0", "1"]);
    expect(each("--corner")).toEqual(["2", "2", "2"]);
    expect(each("--edge")).toEqual(["1", "1", "1"]);
  });

  it("open their windows beside each other, the last one on top", async () => {
    const first = await connected(GUID);
    const second = await connected(GUID, "sales");
    first.part("button").click();
    second.part("button").click();
    expect(each("--column")).toEqual(["0", "1"]);
    expect(each("--above")).toEqual(["1", "2"]);
    first.part("close").click();
    first.part("button").click();
    expect(each("--column")).toEqual(["0", "1"]);
    expect(each("--above")).toEqual(["2", "1"]);
  });
});

it("gives the keyboard back to the button by Escape in the window, and by its cross", async () => {
  const { part } = await connected();
  for (const leave of [
    () =>
      part("name").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })),
    () => part("close").click(),
  ]) {
    part("button").click();
    expect(focusedPart()).toBe("name");
    leave();
    expect(focusedPart()).toBe("button");
  }
});

it("shows the visitor's place in the queue and the operator's name", async () => {
  const { part, act } = await insert(
    (owidget) => {
      owidget.init(GUID);
      owidget.connectToServer();
    },
    { queue: { ahead: 2, each: 1000 }, operator: { name: { en: "Eva" }, greeting: "Hello" } },
  );
  await pass(1);
  await act("visitor", "join");
  expect(part("notice").textContent).toContain("You are number 3 in the queue.");
  await pass(1000);
  expect(part("notice").textContent).toContain("You are number 2 in the queue.");
  await pass(1000);
  expect(part("notice").textContent).toContain("You are next.");
  await pass(1200);
  expect(part("log").textContent).toBe("Eva has joined.");
  expect(part("typing").textContent).toBe("Eva is typing…");
});
