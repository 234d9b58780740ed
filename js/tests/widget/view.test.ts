import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Keep } from "../../src/keep";
import { STATE } from "../../src/texts/widget";
import { FrontEnd } from "../../src/widget/front-end";
import { View } from "../../src/widget/view";
import type { Entry, ModelState } from "../../src/wire";
import { ModelDouble } from "./scene";

const MARKUP = '<img src=x onerror="alert(1)">';

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
  });

  test("goes with its signal", () => {
    show();
    model.abort();
    expect(el.children).toHaveLength(0);
  });
});
