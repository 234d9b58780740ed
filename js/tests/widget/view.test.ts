import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { button, h, sign } from "../../src/widget/dom";
import { eventList, problemList } from "../../src/widget/event-list";
import { StageFrame } from "../../src/widget/frame";
import { FrontEnd } from "../../src/widget/front-end";
import { STATE, STATUS } from "../../src/widget/texts";
import { View } from "../../src/widget/view";
import type { ModelState } from "../../src/wire";
import { ModelDouble } from "./scene";

const MARKUP = '<img src=x onerror="alert(1)">';

describe("elements", () => {
  test("text is text, never markup", () => {
    const element = h("p", {}, MARKUP, h("b", {}, MARKUP));
    expect(element.querySelector("img")).toBeNull();
    expect(element.textContent).toBe(MARKUP + MARKUP);
    expect(button(MARKUP, () => {}).querySelector("img")).toBeNull();
  });

  test("a sign is a word and a shape, and only the word is read out", () => {
    const { children, textContent } = sign({ shape: "●", word: "online" });
    expect(textContent).toBe("●online");
    expect((children[0] as HTMLElement).ariaHidden).toBe("true");
  });

  test.each(Object.entries({ STATE, STATUS }))("each of %s has its own word", (name, signs) => {
    const words = Object.values(signs).map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((word) => word.length > 2)).toBe(true);
    if (name === "STATUS") {
      expect(new Set(Object.values(signs).map(({ shape }) => shape)).size).toBe(4);
    }
  });
});

describe("the lists", () => {
  const line = (seq: number, type: string, code: 0 | 1 | 2 | null = null) => ({
    seq,
    type,
    at: 0,
    code,
  });

  test("the log has number, time and type of each event", () => {
    const { element, show } = eventList();
    show({
      lines: [line(41, "chatWindowOpen"), line(42, MARKUP), line(43, "status", 2)],
      total: 43,
    });
    const rows = [...element.querySelectorAll("li")];
    expect(rows.map((row) => row.value)).toEqual([41, 42, 43]);
    expect(rows.map((row) => row.lastElementChild?.textContent)).toEqual([
      "chatWindowOpen",
      MARKUP,
      "◆busy",
    ]);
    expect(element.querySelector("time")?.dateTime).toBe("1970-01-01T00:00:00.000Z");
    expect(element.querySelector("summary")?.textContent).toBe("Events (43)");
    expect(element.querySelector("img")).toBeNull();
  });

  test("an empty log says so", () => {
    const { element, show } = eventList();
    show({ lines: [], total: 0 });
    expect(element.textContent).toBe("Events (0)Nothing yet.");
  });

  test("problems are hidden while there are none, and are text", () => {
    const { element, show } = problemList();
    expect(element.hidden).toBe(true);
    show([{ where: MARKUP, message: MARKUP, traceback: MARKUP }]);
    expect(element.hidden).toBe(false);
    expect(element.querySelector("img")).toBeNull();
    show([]);
    expect(element.hidden).toBe(true);
  });
});

describe("a view", () => {
  let kernel: ModelDouble;
  let model: AbortController;
  let el: HTMLElement;

  beforeEach(() => {
    vi.useFakeTimers();
    model = new AbortController();
    el = document.createElement("div");
    document.body.replaceChildren(el);
  });
  afterEach(() => {
    model.abort();
    vi.useRealTimers();
  });

  const show = (traits = {}) => {
    kernel = new ModelDouble(traits);
    new View(new FrontEnd(kernel.model, model.signal), kernel.model, el, model.signal);
  };
  const now = () => el.querySelector("[role=status]")?.textContent;

  test("shows status and state as words and follows them", () => {
    show();
    expect(now()).toBe("?status unknown–idle");
    kernel.change("state", "connected");
    kernel.change("status_code", 1);
    expect(now()).toBe("●online✓connected");
  });

  test.each(Object.keys(STATE) as ModelState[])("has words for the state %s", (state) => {
    show({ state });
    expect(now()).toContain(STATE[state].word);
  });

  test("is announced only when it has something new to say", () => {
    show({ state: "connected", status_code: 1 });
    const before = el.querySelector("[role=status]")?.firstChild;
    kernel.change("height", 300);
    expect(el.querySelector("[role=status]")?.firstChild).toBe(before);
  });

  test("shows company, preset, host and isolation as text", () => {
    show({ preset: MARKUP, active_isolation: "opaque", isolation_reason: "it was set" });
    const facts = el.querySelector<HTMLElement>(".owidget-facts");
    expect([...(facts?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      "chat.example",
      "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e",
      MARKUP,
      "isolated, no storage",
    ]);
    expect(facts?.title).toBe("it was set");
  });

  test("says of a simulated chat that it is one", () => {
    show({ _simulated: true });
    expect(el.querySelector(".owidget-facts")?.textContent).toContain("simulator");
  });

  test("shows the chat alone when bar and list are not wanted", () => {
    show({ show_status: false, show_events: false });
    expect(el.querySelector<HTMLElement>(".owidget-bar")?.hidden).toBe(true);
    expect(el.querySelector<HTMLElement>(".owidget-fold")?.hidden).toBe(true);
  });

  test("shows a failure's sentence as an alert with a button that retries", () => {
    show({ state: "failed", error: { code: "vendor_threw", message: MARKUP } });
    const notice = el.querySelector<HTMLElement>(".owidget-notice");
    expect(notice?.getAttribute("role") ?? notice?.role).toBe("alert");
    expect(notice?.querySelector("p")?.textContent).toBe(MARKUP);
    notice?.querySelector("button")?.click();
    expect(kernel.sent.at(-1)).toMatchObject({ kind: "retry" });
  });

  test("keeps a notice's button while it says the same, so that focus stays", () => {
    show({ state: "unsupported" });
    const before = el.querySelector(".owidget-notice button");
    kernel.change("height", 300);
    expect(el.querySelector(".owidget-notice button")).toBe(before);
  });

  test("says what to do where there is no company yet", () => {
    show({ company_id: null });
    expect(el.querySelector(".owidget-notice")?.textContent).toContain("set company_id in Python");
  });

  test("lists the end of the log that a page gets with the state", () => {
    show({ _tail: [{ seq: 7, type: "chatWindowOpen", at: 0, code: null }] });
    expect(el.querySelector("li")?.value).toBe(7);
    expect(el.querySelector("summary")?.textContent).toBe("Events (7)");
  });

  test("goes with its signal", () => {
    show();
    model.abort();
    expect(el.children).toHaveLength(0);
  });
});

describe("a stage's frame", () => {
  const events = { reached: () => {}, heard: () => {}, lost: () => {} };
  const frame = (isolation: "origin" | "opaque" | "none", media = false) =>
    new StageFrame(isolation, { html: "" }, media, events).element;
  const tokens = (element: HTMLElement) => element.getAttribute("sandbox")?.split(" ") ?? null;

  test("is sandboxed as its isolation says", () => {
    expect(tokens(frame("opaque"))).not.toContain("allow-same-origin");
    expect(tokens(frame("origin"))).toContain("allow-same-origin");
    expect(tokens(frame("none"))).toBeNull();
    for (const isolation of ["opaque", "origin"] as const) {
      expect(tokens(frame(isolation))).toContain("allow-scripts");
      expect(tokens(frame(isolation))?.join()).not.toMatch(/top-navigation|escape-sandbox|modals/);
    }
  });

  test.each(["origin", "opaque", "none"] as const)(
    "%s: media are off unless allowed",
    (isolation) => {
      for (const feature of ["camera", "microphone", "display-capture", "clipboard-read"]) {
        expect(frame(isolation).allow).toContain(`${feature} 'none'`);
        expect(frame(isolation, true).allow.split("; ")).toContain(feature);
      }
    },
  );

  test("has a title and sends no address of the notebook's page", () => {
    expect(frame("origin").title).toBe("Chat");
    expect(frame("origin").referrerPolicy).toBe("strict-origin");
  });
});
