import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { button, h, sign } from "../../src/dom";
import { Keep } from "../../src/keep";
import { STATE, STATUS } from "../../src/texts/widget";
import { eventList, problemList } from "../../src/widget/event-list";
import { FrontEnd } from "../../src/widget/front-end";
import { View } from "../../src/widget/view";
import type { Entry, ModelState } from "../../src/wire";
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
    const { children, textContent } = sign({ shape: "M4 8h8", word: "idle" });
    expect(textContent).toBe("idle");
    expect((children[0] as HTMLElement).ariaHidden).toBe("true");
    expect(children[0]?.querySelector("path")?.getAttribute("d")).toBe("M4 8h8");
  });

  test.each(Object.entries({ STATE, STATUS }))("each of %s has its own word", (name, signs) => {
    const words = Object.values(signs).map(({ word }) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.every((word) => word.length > 2)).toBe(true);
    if (name === "STATUS") {
      expect(new Set(Object.values(signs).map(({ shape }) => shape)).size).toBe(4);
    }
  });

  test("a state never looks like the status beside it", () => {
    const shapes = Object.values(STATUS).map(({ shape }) => shape);
    expect(Object.values(STATE).filter(({ shape }) => shapes.includes(shape))).toEqual([]);
  });
});

describe("the lists", () => {
  const line = (seq: number, type: string, code: 0 | 1 | 2 | null = null) => ({
    seq,
    type,
    at: 0,
    code,
  });

  const unfolded = () => {
    const list = eventList();
    list.element.open = true;
    return list;
  };
  const numbered = (element: HTMLElement) =>
    [...element.querySelectorAll("li")].map(({ value }) => value);

  test("the log has number, time and type of each event", () => {
    const { element, show } = unfolded();
    show({
      lines: [line(41, "chatWindowOpen"), line(42, MARKUP), line(43, "status", 2)],
      total: 43,
    });
    const rows = [...element.querySelectorAll("li")];
    expect(numbered(element)).toEqual([41, 42, 43]);
    expect(rows.map((row) => row.lastElementChild?.textContent)).toEqual([
      "chatWindowOpen",
      MARKUP,
      "busy",
    ]);
    expect(element.querySelector("time")?.dateTime).toBe("1970-01-01T00:00:00.000Z");
    expect(element.querySelector("summary")?.textContent).toBe("Events (43)");
    expect(element.querySelector("img")).toBeNull();
  });

  test("an empty log says so until there is something", () => {
    const { element, show } = unfolded();
    show({ lines: [], total: 0 });
    expect(element.textContent).toBe("Events (0)Nothing yet.");
    show({ lines: [line(1, "t")], total: 1 });
    expect(numbered(element)).toEqual([1]);
    expect(element.textContent).not.toContain("Nothing yet.");
  });

  test("the log says how many there are, and makes rows only for who looks at them", () => {
    const { element, show } = eventList();
    const made = vi.spyOn(document, "createElement");
    show({ lines: [line(1, "t"), line(2, "t")], total: 2 });
    show({ lines: [line(1, "t"), line(2, "t"), line(3, "t")], total: 3 });
    expect(element.querySelector("summary")?.textContent).toBe("Events (3)");
    expect(made).not.toHaveBeenCalled();
    element.open = true;
    expect(numbered(element)).toEqual([1, 2, 3]);
  });

  test("the log makes each row once, however often it grows, is folded and unfolded", () => {
    const { element, show } = unfolded();
    const first = [line(1, "t"), line(2, "t")];
    show({ lines: first, total: 2 });
    const before = [...element.querySelectorAll("li")];
    const third = [...first, line(3, "t")];
    show({ lines: third, total: 3 });
    element.open = false;
    show({ lines: [...third, line(4, "t")], total: 4 });
    expect(numbered(element)).toEqual([1, 2, 3]);
    element.open = true;
    expect(numbered(element)).toEqual([1, 2, 3, 4]);
    expect([...element.querySelectorAll("li")].slice(0, 2)).toEqual(before);
    const made = vi.spyOn(document, "createElement");
    element.open = false;
    element.open = true;
    show({ lines: [...third, line(4, "t")], total: 4 });
    expect(made).not.toHaveBeenCalled();
  });

  test("the log lets its oldest rows go as they leave the list", () => {
    const { element, show } = unfolded();
    show({ lines: [line(1, "t"), line(2, "t"), line(3, "t")], total: 3 });
    const [, , third] = element.querySelectorAll("li");
    show({ lines: [line(3, "t"), line(4, "t"), line(5, "t")], total: 5 });
    expect(numbered(element)).toEqual([3, 4, 5]);
    expect(element.querySelector("li")).toBe(third);
    show({ lines: [line(7, "t"), line(8, "t"), line(9, "t")], total: 9 });
    expect(numbered(element)).toEqual([7, 8, 9]);
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
  let view: View;
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
    view = new View(new FrontEnd(kernel.model, model.signal), kernel.model, el, model.signal);
  };
  const now = () =>
    [...el.querySelectorAll(".owidget-now > .owidget-sign")].map(({ textContent }) => textContent);
  const notice = () => el.querySelector<HTMLElement>(".owidget-notice");

  test("shows status and state as words and follows them", () => {
    show();
    expect(now()).toEqual(["status unknown", "idle"]);
    kernel.change("state", "connected");
    kernel.change("status_code", 1);
    expect(now()).toEqual(["online", "connected"]);
  });

  test.each(Object.keys(STATE) as ModelState[])("has words for the state %s", (state) => {
    show({ state });
    expect(now()).toContain(STATE[state].word);
  });

  test("is made anew only when it has something new to say", () => {
    show({ state: "connected", status_code: 1 });
    const before = el.querySelector(".owidget-now")?.firstChild;
    kernel.change("height", 300);
    expect(el.querySelector(".owidget-now")?.firstChild).toBe(before);
  });

  test.each([
    [{ state: "connected", status_code: 1 }, "online, connected", ""],
    [{ state: "asking" }, "status unknown, waiting for your choice", ""],
    [{ state: "loading" }, "", ""],
    [{ state: "connecting" }, "", ""],
    [{ state: "connected", status_code: 1, show_status: false }, "", ""],
    [{ state: "failed", error: { code: "navigated", message: "Gone." } }, "", "Gone."],
  ] as const)("of %j has something to be heard: %j, %j", (traits, status, alarm) => {
    show(traits);
    expect(view.words).toEqual({ status, alarm });
  });

  test("keeps letters typed on its buttons from the notebook, and no shortcut with a modifier", () => {
    show({ state: "unsupported" });
    const retry = el.querySelector<HTMLElement>("button");
    const guarded = () => retry?.hasAttribute("data-lm-suppress-shortcuts");
    const type = (type: string, key: KeyboardEventInit) =>
      retry?.dispatchEvent(new KeyboardEvent(type, { ...key, bubbles: true }));
    expect(guarded()).toBe(false);
    retry?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
    expect(guarded()).toBe(true);
    type("keydown", { key: "s", ctrlKey: true });
    expect(guarded()).toBe(false);
    type("keyup", { key: "Control" });
    expect(guarded()).toBe(true);
  });

  test("gives the focus of a button that goes to what comes in its place, or to itself", () => {
    show({ state: "failed", error: { code: "navigated", message: "One." } });
    el.querySelector("button")?.focus();
    kernel.change("error", { code: "navigated", message: "Other." });
    expect(document.activeElement?.textContent).toBe("Retry");
    expect(el.querySelector(".owidget")?.hasAttribute("tabindex")).toBe(false);
    kernel.change("state", "loading");
    expect(document.activeElement).toBe(el.querySelector(".owidget"));
    (document.activeElement as HTMLElement).blur();
    expect(el.querySelector(".owidget")?.hasAttribute("tabindex")).toBe(false);
  });

  test("takes nobody's focus who is elsewhere", () => {
    show({ state: "failed", error: { code: "navigated", message: "One." } });
    kernel.change("state", "loading");
    expect(document.activeElement).toBe(document.body);
  });

  test("shows company, preset, host and isolation as text", () => {
    show({ preset: MARKUP, active_isolation: "opaque", isolation_reason: "it was set" });
    const facts = el.querySelector<HTMLElement>(".owidget-facts");
    expect([...(facts?.children ?? [])].map(({ textContent }) => textContent)).toEqual([
      "chat.example",
      "295b1064-cf5b-4a5d-9e05-e7a74f86ae5e",
      MARKUP,
      "isolated, storage of this tab",
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

  test("shows a failure's sentence, as something urgent, with a button that retries", () => {
    show({ state: "failed", error: { code: "vendor_threw", message: MARKUP } });
    const notice = el.querySelector<HTMLElement>(".owidget-notice");
    expect(notice?.dataset.urgent).toBe("true");
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

  test("lists the end of the log that a page gets with the state", () => {
    show({ _tail: [{ seq: 7, type: "chatWindowOpen", at: 0, code: null }] });
    const log = el.querySelector("details");
    if (log) log.open = true;
    expect(log?.querySelector("li")?.value).toBe(7);
    expect(el.querySelector("summary")?.textContent).toBe("Events (7)");
  });

  test("of a model that is gone says so, and what was last heard does not look alive", () => {
    show({ state: "connected", status_code: 1 });
    kernel.die();
    expect(now()).toEqual(["status unknown", "model gone"]);
    expect(notice()?.dataset.urgent).toBe("true");
    expect(notice()?.textContent).toContain("Run its cell again");
    expect(notice()?.querySelector("button"), "there is nothing to be copied").toBeNull();
  });

  describe("of a model that was only saved", () => {
    const saved = async (managed: object, traits = {}) => {
      kernel = new ModelDouble({
        state: "connected",
        status_code: 1,
        active_isolation: "opaque",
        _tail: [{ seq: 7, type: "chatWindowOpen", at: 0, code: null }],
        ...traits,
      });
      kernel.widget_manager = managed;
      new View(new FrontEnd(kernel.model, model.signal), kernel.model, el, model.signal);
      await vi.advanceTimersByTimeAsync(600_000);
    };
    const without = { get_model: async (id: string) => ({ comm_live: id !== "key" }) };

    test("is a quiet picture of its last state, with the events unfolded", async () => {
      await saved(without);
      expect(now()).toEqual(["saved state", "online", "connected"]);
      expect(notice()?.textContent).toBe("This is the chat as it was saved; nothing runs here.");
      expect(notice()?.dataset.urgent).toBe("false");
      expect(el.querySelector("button")).toBeNull();
      const log = el.querySelector("details");
      expect(log?.open).toBe(true);
      expect([...(log?.querySelectorAll("li") ?? [])].map(({ value }) => value)).toEqual([7]);
    });

    test.each([
      { state: "failed", error: { code: "navigated", message: "It went away; retry." } },
      { state: "unsupported" },
      { placement: "page" },
      { company_id: null },
    ])("asks the kernel for nothing more, %j", async (traits) => {
      await saved(without, traits);
      const sent = kernel.sent.length;
      kernel.change("height", 300);
      await vi.advanceTimersByTimeAsync(600_000);
      expect(kernel.sent).toHaveLength(sent);
      expect(el.querySelector("button")).toBeNull();
      expect(document.querySelector("iframe, .owidget-dock")).toBeNull();
      expect(now()).not.toContain("kernel not answering");
    });

    test.each([
      ["lives", { get_model: async () => ({ comm_live: true }) }],
      ["is not known to the manager", { get_model: () => Promise.reject(new Error("none")) }],
      ["has a manager without models", {}],
    ])("is not taken for one that %s", async (_, managed) => {
      await saved(managed);
      expect(now()).toContain("kernel not answering");
    });
  });

  describe("what could not be delivered", () => {
    const left = [
      { n: 1, at: 0, kind: "state", state: "connecting", failure: null },
      { n: 2, at: 5, kind: "status", code: 1 },
      { n: 3, at: 7, kind: "event", type: "t", detail: { text: MARKUP } },
    ] satisfies Entry[];
    const lines = left.slice(1).map((entry) => JSON.stringify(entry));
    const copy = () =>
      el.querySelector<HTMLButtonElement>(".owidget-notice p:has([role=status]) button");
    const clipboard = (writeText: (text: string) => Promise<void>) =>
      vi.spyOn(navigator, "clipboard", "get").mockReturnValue({ writeText } as Clipboard);

    beforeEach(() => {
      sessionStorage.clear();
      new Keep("outbox", "key").put({ load: "old", frontend: "before", lease: 1, entries: left });
      show();
    });

    test("can be copied once the kernel is silent or the model gone, and not before", () => {
      expect(copy()).toBeNull();
      vi.advanceTimersByTime(6_000);
      expect(notice()?.textContent).toContain("kernel does not answer");
      expect(copy()?.textContent).toBe("Copy undelivered events");
      kernel.die();
      expect(notice()?.textContent).not.toContain("kernel does not answer");
      expect(copy()?.textContent).toBe("Copy undelivered events");
    });

    test("goes to the clipboard as lines of JSON, and this is said", async () => {
      const written = vi.fn(async () => {});
      clipboard(written);
      kernel.die();
      copy()?.click();
      await vi.advanceTimersByTimeAsync(0);
      expect(written).toHaveBeenCalledExactlyOnceWith(lines.join("\n"));
      expect(copy()?.parentElement?.textContent).toBe("Copy undelivered events Copied.");
      expect(notice()?.querySelector("textarea")).toBeNull();
    });

    test.each([
      ["refused", () => clipboard(() => Promise.reject(new DOMException("no", "NotAllowedError")))],
      [
        "missing",
        () => vi.spyOn(navigator, "clipboard", "get").mockReturnValue(undefined as never),
      ],
    ])("is shown to be copied by hand where the clipboard is %s", async (_, lack) => {
      lack();
      kernel.die();
      for (let time = 0; time < 2; time++) {
        copy()?.click();
        await vi.advanceTimersByTimeAsync(0);
      }
      const areas = [...(notice()?.querySelectorAll("textarea") ?? [])];
      expect(areas.map(({ value, readOnly }) => [value, readOnly])).toEqual([
        [lines.join("\n"), true],
      ]);
      expect(notice()?.querySelector("img")).toBeNull();
    });

    test("needs no copying once the kernel has it", () => {
      vi.advanceTimersByTime(6_000);
      expect(copy()).not.toBeNull();
      kernel.say({ kind: "accepted", load: "old", upto: 3, lines: [], total: 0 });
      expect(copy()).toBeNull();
    });
  });

  test("goes with its signal", () => {
    show();
    model.abort();
    expect(el.children).toHaveLength(0);
  });
});
