import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FrameSource, StageFrame } from "../../src/hosting/frame";
import { GREETING, HANDOVER } from "../../src/wire";

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

  test("holds the document that it was made for", () => {
    const url = "http://localhost:1234/token/stage";
    expect(new StageFrame("origin", { url }, false, events).element.src).toBe(url);
    expect(new StageFrame("opaque", { html: "<p>" }, false, events).element.srcdoc).toBe("<p>");
  });
});

describe("its document", () => {
  const told = { reached: vi.fn(), heard: vi.fn(), lost: vi.fn() };
  let frame: StageFrame;
  let posted: ReturnType<typeof vi.fn>;
  /** The page's end of the channel. */
  const port = { onmessage: (_: { data: unknown }) => {}, postMessage: vi.fn(), close: vi.fn() };
  const handedOver = {};

  beforeEach(() => {
    vi.useFakeTimers();
    vi.clearAllMocks();
    posted = vi.fn();
    vi.stubGlobal(
      "MessageChannel",
      class {
        port1 = port;
        port2 = handedOver;
      },
    );
  });
  afterEach(() => {
    frame.remove();
    vi.runAllTimers();
    vi.useRealTimers();
  });

  /** Into a slot that is on no page: nothing loads but what the test says. */
  const insert = (isolation: "origin" | "opaque" | "none", source: FrameSource = { html: "" }) => {
    frame = new StageFrame(isolation, source, false, told);
    frame.insert(document.createElement("div"));
    const window = { postMessage: posted };
    has(window);
    greet(window);
    load();
    return window;
  };
  const has = (window: object) =>
    vi.spyOn(frame.element, "contentWindow", "get").mockReturnValue(window as never);
  const load = () => frame.element.dispatchEvent(new Event("load"));
  const greet = (source: object | null, data = GREETING) =>
    dispatchEvent(Object.assign(new Event("message"), { source, data }));

  test.each([
    ["origin", { url: "http://localhost:1234/token/stage" }, "http://localhost:1234"],
    ["opaque", { html: "" }, "*"],
    ["none", { html: "" }, location.origin],
  ] as const)("under %s is handed its port, for its own origin", (isolation, source, target) => {
    insert(isolation, source);
    expect(posted).toHaveBeenCalledExactlyOnceWith(HANDOVER, target, [handedOver]);
    expect(told.reached).toHaveBeenCalledOnce();
  });

  test("is handed its port as soon as it greets, once, and no other window is", () => {
    frame = new StageFrame("opaque", { html: "" }, false, told);
    frame.insert(document.createElement("div"));
    const window = { postMessage: posted };
    has(window);
    for (const source of [null, {}, parent]) greet(source);
    greet(window, HANDOVER);
    expect(posted).not.toHaveBeenCalled();
    greet(window);
    load();
    expect(posted).toHaveBeenCalledOnce();
    expect(told.lost).not.toHaveBeenCalled();
  });

  test("that has loaded without a greeting gets no port, and is unreachable", () => {
    frame = new StageFrame("opaque", { html: "" }, false, told);
    frame.insert(document.createElement("div"));
    has({ postMessage: posted });
    load();
    vi.advanceTimersByTime(10_000);
    expect(posted).not.toHaveBeenCalled();
    expect(told.lost).toHaveBeenCalledExactlyOnceWith("unreachable");
  });

  test.each([
    ["navigated", "loads", (window: object) => window, load],
    ["navigated", "greets", (window: object) => window, greet],
    ["detached", "loads", () => ({ postMessage: posted }), load],
    ["detached", "greets", () => ({ postMessage: posted }), greet],
  ])("that is another one is %s as it %s, and gets no port", (why, _, next, tells) => {
    const window = next(insert("opaque"));
    has(window);
    tells(window);
    expect(told.lost).toHaveBeenCalledExactlyOnceWith(why);
    expect(posted).toHaveBeenCalledOnce();
  });

  test("that does not speak within 10 s is unreachable", () => {
    insert("opaque");
    vi.advanceTimersByTime(9_999);
    expect(told.lost).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(told.lost).toHaveBeenCalledExactlyOnceWith("unreachable");
  });

  test("that has spoken is there, and what it says is heard", () => {
    insert("opaque");
    port.onmessage({ data: { kind: "booted" } });
    vi.advanceTimersByTime(60_000);
    expect(told.lost).not.toHaveBeenCalled();
    expect(told.heard).toHaveBeenCalledExactlyOnceWith({ kind: "booted" });
  });

  test("is spoken to over its port", () => {
    insert("opaque");
    frame.send({ kind: "connect" });
    expect(port.postMessage).toHaveBeenCalledExactlyOnceWith({ kind: "connect" });
  });

  test("that was removed is still heard for half a second, and spoken to no more", () => {
    insert("opaque");
    frame.remove();
    frame.send({ kind: "connect" });
    expect(port.postMessage).not.toHaveBeenCalled();
    vi.advanceTimersByTime(499);
    expect(port.close).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(port.close).toHaveBeenCalledOnce();
  });

  test("that was removed before it spoke is not missed", () => {
    insert("opaque");
    frame.remove();
    vi.advanceTimersByTime(60_000);
    expect(told.lost).not.toHaveBeenCalled();
  });
});
