import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type FromChat, HANDOVER, type ToChat } from "../../src/simulator/messages.js";
import { type ChatLine, createFrame, SILENCE_MS } from "../../src/simulator/view/frame.js";
import { joinedLine } from "./joined.js";
import { shown } from "./shown.js";

// What the build puts there is seen in Chromium only.
vi.mock("../../src/simulator/chat/index.ts?script", () => ({ default: "the script" }));

let frame: HTMLIFrameElement;
let lines: ChatLine[];

beforeEach(() => {
  lines = [];
  frame = createFrame(document, 'n0+/=-_">', (line) => lines.push(line)) as HTMLIFrameElement;
});

afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});

it("has the name that pages look for, and no origin", () => {
  expect(frame.name).toBe("onopChatIframe");
  expect(frame.getAttribute("sandbox")).toBe("allow-scripts allow-forms");
  expect(frame.getAttribute("srcdoc")).toContain(">the script</script>");
});

it("allows its script by the page's nonce, and has no style that a policy could refuse", () => {
  expect(frame.getAttribute("srcdoc")).toContain('<script nonce="n0+/=-_">the script</script>');
  expect(frame.getAttribute("srcdoc")).not.toContain("<style");
});

it("is handed a line of its own whenever it was loaded", async () => {
  const postMessage = vi.fn((_message, _target, ports: MessagePort[]) =>
    ports[0]?.postMessage(HANDOVER),
  );
  vi.spyOn(frame, "contentWindow", "get").mockReturnValue({ postMessage } as unknown as Window);
  frame.dispatchEvent(new Event("load"));
  frame.dispatchEvent(new Event("load"));
  expect(postMessage.mock.calls).toEqual([
    [HANDOVER, "*", [expect.anything()]],
    [HANDOVER, "*", [expect.anything()]],
  ]);
  await vi.waitFor(() => expect(new Set(lines).size).toBe(2));
});

it("whose script does not answer is told of, with what the page has to allow", async () => {
  vi.useFakeTimers();
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  document.body.append(frame);
  for (const load of [1, 2]) {
    frame.dispatchEvent(new Event("load"));
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(warn, `load ${load}`).not.toHaveBeenCalled();
  }
  vi.advanceTimersByTime(1);
  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.lastCall?.[0]).toMatch(/content security policy.*'unsafe-inline'.*nonce/);
  expect(lines).toEqual([]);
  frame.dispatchEvent(new Event("load"));
  frame.remove();
  vi.advanceTimersByTime(SILENCE_MS);
  expect(warn).toHaveBeenCalledOnce();
});

it("takes its line from the page that made it alone, and once", async () => {
  await import("../../src/simulator/chat/index.js");
  const [page, chat] = joinedLine<ToChat, FromChat>();
  const [other, otherChat] = joinedLine<ToChat, FromChat>();
  const hand = (port: unknown, source: unknown, data: unknown = HANDOVER): void => {
    const event = new MessageEvent("message", { data });
    Object.defineProperties(event, { source: { value: source }, ports: { value: [port] } });
    dispatchEvent(event);
  };
  hand(otherChat, {});
  hand(otherChat, parent, "something else");
  other.postMessage({ kind: "show", shown: shown() });
  expect(document.body.childElementCount).toBe(0);
  hand(chat, parent);
  hand(otherChat, parent);
  other.postMessage({ kind: "show", shown: shown({ title: "Not this one" }) });
  page.postMessage({ kind: "show", shown: shown({ lang: "de" }) });
  expect(document.body.textContent).toContain("Chat with us");
  expect(document.body.textContent).not.toContain("Not this one");
  expect(document.documentElement.lang).toBe("de");
});
