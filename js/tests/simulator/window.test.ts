import { beforeEach, describe, expect, it, vi } from "vitest";
import { Chat } from "../../src/simulator/chat/chat.js";
import type { FromChat, Port, Shown, ToChat } from "../../src/simulator/messages.js";
import { write } from "./harness.js";
import { joinedLine } from "./joined.js";
import { shown, TEXTS, talk } from "./shown.js";

let root: HTMLElement;
let line: Port<ToChat, FromChat>;
let heard: FromChat[];

beforeEach(() => {
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  root = document.createElement("div");
  document.body.replaceChildren(root);
  heard = [];
  const [page, chat] = joinedLine<ToChat, FromChat>();
  new Chat(root, root, chat);
  line = page;
  line.onmessage = ({ data }) => heard.push(data);
});

const show = (what: Shown): void => line.postMessage({ kind: "show", shown: what });
const maybe = (name: string): HTMLElement | null => {
  const found = root.querySelector<HTMLElement>(`[data-part="${name}"]`);
  return found?.closest("[hidden]") ? null : found;
};
const part = <T extends HTMLElement>(name: string): T => {
  const found = maybe(name);
  if (!found) throw new Error(`there is no ${name} to be seen`);
  return found as T;
};
const focused = (): string | undefined => (document.activeElement as HTMLElement).dataset.part;

describe("the window", () => {
  it("is told its language and its accent, and is empty until then", () => {
    expect(root.childElementCount).toBe(0);
    show(shown({ lang: "cs", title: "Napište nám" }));
    expect(root.lang).toBe("cs");
    expect(root.style.getPropertyValue("--accent")).toBe("#123456");
    expect(root.querySelector("h1")?.textContent).toBe("Napište nám");
    expect(part("window").getAttribute("aria-label")).toBe("Napište nám (SIMULATOR)");
    expect(maybe("fallback")).toBeNull();
  });

  it("tells what the visitor does, and changes nothing by itself", () => {
    show(shown());
    write(part("name"), " Jana ");
    part("start").click();
    part("video").click();
    part("callback").click();
    expect(part("name")).toBeTruthy();
    show(talk());
    write(part("input"), " Good morning ");
    part("send").click();
    part("end").click();
    show(talk({ phase: "ended" }));
    part("start").click();
    part("close").click();
    part("close").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    expect(heard).toEqual([
      { kind: "join", name: "Jana", channel: "chat" },
      { kind: "join", name: "Jana", channel: "av" },
      { kind: "callBack", shown: true },
      { kind: "say", text: "Good morning" },
      { kind: "end" },
      { kind: "again" },
      { kind: "close" },
      { kind: "close" },
    ]);
  });

  it("offers what there is, and first what the page wants", () => {
    show(shown({ channels: ["chat"] }));
    expect(maybe("video")).toBeNull();
    expect(maybe("callback")).toBeNull();
    show(shown({ open: false }));
    show(shown({ wanted: "av" }));
    expect(part<HTMLButtonElement>("video").type).toBe("submit");
    expect(part("video").className).toBe("primary");
    expect(part("start").className).toBe("secondary");
    show(shown({ open: false }));
    show(shown({ screen: "offline", channels: ["chat"] }));
    expect(maybe("callback")).toBeNull();
  });

  it("forgets what was half written once it was closed", () => {
    show(shown());
    write(part("name"), "Jana");
    show(shown({ open: false }));
    expect(maybe("window")).toBeNull();
    show(shown());
    expect(part<HTMLInputElement>("name").value).toBe("");
  });

  it("is described by its notice, which is read with it", () => {
    show(shown({ notice: { kind: "online", text: "Hello" } }));
    const described = part("window").getAttribute("aria-describedby");
    expect(root.querySelector(`#${described}`)?.textContent).toBe("Hello");
  });

  it("leaves the details alone that have not changed", () => {
    show(shown());
    const [first] = part("details").querySelectorAll("li");
    show(shown({ title: "Another" }));
    expect(part("details").querySelector("li")).toBe(first);
    show(shown({ details: { manual: false, lines: ["three"] } }));
    expect(part("details").querySelector("ul")?.textContent).toBe("three");
  });

  it("says that the connection is lost, in a region that is read out, and that it is back", () => {
    show(talk());
    const region = root.querySelector("[data-part=lost]");
    expect(region?.getAttribute("role")).toBe("status");
    expect(region?.textContent).toBe("");
    show(talk({}, { connectionLost: true }));
    expect(part("lost").textContent).toBe(TEXTS.connectionLost);
    expect(part("input")).toBeTruthy();
    show(talk());
    expect(maybe("lost")).toBeNull();
    expect(region?.textContent).toBe("");
  });
});

describe("the focus", () => {
  it("comes when the page says so, and not by itself", () => {
    vi.mocked(document.hasFocus).mockReturnValue(false);
    show(shown());
    expect(document.activeElement).toBe(document.body);
    line.postMessage({ kind: "focus" });
    expect(focused()).toBe("name");
  });

  it("stays with a control that stays, and goes on when it goes", () => {
    show(shown());
    part("close").focus();
    show(talk({ phase: "queued" }));
    expect(focused()).toBe("close");
    line.postMessage({ kind: "focus" });
    expect(focused()).toBe("window");
    show(talk());
    expect(focused()).toBe("input");
    show(talk({ phase: "ended" }));
    expect(focused()).toBe("start");
  });

  it("is not taken from another document", () => {
    show(shown());
    expect(focused()).toBe("name");
    vi.mocked(document.hasFocus).mockReturnValue(false);
    show(talk());
    expect(document.activeElement).toBe(document.body);
  });
});

describe("the conversation", () => {
  const hello = { by: "operator", author: "Eva", text: "Hello" } as const;
  const joined = { by: "system", author: "", text: "Eva has joined." } as const;

  it("only grows, so that nothing is read out again", () => {
    show(talk({ lines: [joined] }));
    const [first] = part("log").children;
    show(talk({ lines: [joined, hello] }));
    expect(part("log").children[0]).toBe(first);
    expect(part("log").children[1]?.textContent).toBe("EvaHello");
    show(talk({ session: "2", lines: [hello] }));
    expect(part("log").children).toHaveLength(1);
  });

  it("has its log before anything is said, as what comes with its region is not read out", () => {
    show(talk({ phase: "queued" }));
    expect(part("log").tabIndex).toBe(-1);
    const log = part("log");
    show(talk({ lines: [joined] }));
    expect(part("log")).toBe(log);
    expect(log.tabIndex).toBe(0);
  });

  it("lets each message have its own direction", () => {
    show(talk({ lines: [hello] }));
    expect(part("message").lastElementChild?.getAttribute("dir")).toBe("auto");
  });

  it("shows text as text", () => {
    show(talk({ lines: [{ ...hello, text: "<b>bold</b>" }] }));
    expect(part("log").querySelector("b")).toBeNull();
    expect(part("message").lastElementChild?.textContent).toBe("<b>bold</b>");
  });

  it("shows who types, beside what is read out", () => {
    show(talk({ typing: "Eva is typing…" }));
    expect(part("typing").textContent).toBe("Eva is typing…");
    expect(part("typing").closest("[aria-live], [role=log], [role=status]")).toBeNull();
    show(talk());
    expect(maybe("typing")).toBeNull();
  });

  it("has a picture in a video call alone, which says that it is none", () => {
    show(talk());
    expect(maybe("picture")).toBeNull();
    show(talk({ channel: "av", phase: "queued" }));
    expect(maybe("picture")).toBeNull();
    show(talk({ channel: "av" }));
    expect(part("picture").textContent).toBe(`Eva${TEXTS.picture}`);
    show(talk({ channel: "av", phase: "ended" }));
    expect(maybe("picture")).toBeNull();
  });

  it("keeps what is being written while others speak", () => {
    show(talk());
    write(part("input"), "I was just");
    show(talk({ lines: [hello], typing: "Eva is typing…" }));
    expect(part<HTMLInputElement>("input").value).toBe("I was just");
  });
});

describe("a number", () => {
  const submit = (): void => {
    part<HTMLInputElement>("phone").form?.dispatchEvent(new Event("submit", { cancelable: true }));
  };

  it("is asked for once at a time, and not changed meanwhile", () => {
    show(shown({ screen: "callBack", notice: { kind: "online", text: TEXTS.callBackIntro } }));
    write(part("phone"), "777");
    submit();
    submit();
    expect(heard).toEqual([
      { kind: "typed", text: "777" },
      { kind: "number", id: 1, number: "777" },
    ]);
    const phone = part<HTMLInputElement>("phone");
    expect(phone.readOnly).toBe(true);
    expect(phone.form?.getAttribute("aria-busy")).toBe("true");
    line.postMessage({ kind: "answer", id: 1, number: null });
    expect(phone.readOnly).toBe(false);
    expect(part("problem").textContent).toBe(TEXTS.invalidNumber);
    submit();
    line.postMessage({ kind: "answer", id: 2, number: "+420 777" });
    expect(part("number").textContent).toBe("+420 777");
  });

  it("that nobody asked for is not shown", () => {
    show(shown({ screen: "callBack" }));
    line.postMessage({ kind: "answer", id: 7, number: "+420 777" });
    expect(maybe("number")).toBeNull();
  });
});
