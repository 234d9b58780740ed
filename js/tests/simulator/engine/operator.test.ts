import { describe, expect, it } from "vitest";
import type { AppEvent } from "../../../src/simulator/events.js";
import { freshPage, GUID, pass } from "../page.js";
import { PACE } from "../play.js";
import { connected, type Engine } from "./engine.js";

freshPage();

/** A conversation that the scripted operator has just joined. */
async function joined(
  operator: Parameters<typeof connected>[0] = {},
  ...args: unknown[]
): Promise<Engine> {
  const engine = await connected(operator, ...args);
  engine.join();
  await pass(PACE.accept);
  return engine;
}

describe("a line of the operator's", () => {
  it("is seen being typed, for as long as the scenario says, from joining on", async () => {
    const { widget, said } = await joined();
    await pass(0);
    expect(widget.typing).toBe(true);
    await pass(PACE.type - 1);
    expect(said("operator")).toEqual([]);
    await pass(1);
    expect(said("operator")).toEqual(["Hello, how can I help you?"]);
    expect(widget.typing).toBe(false);
  });

  it("that answers begins after some thought", async () => {
    const { widget, write, said } = await joined();
    await pass(PACE.type);
    write("a question");
    await pass(PACE.think - 1);
    expect(widget.typing).toBe(false);
    await pass(1);
    expect(widget.typing).toBe(true);
    await pass(PACE.type);
    expect(said("operator")).toHaveLength(2);
  });

  it("follows the one before: nobody types two at a time", async () => {
    const { write, said } = await joined({ operator: { answers: ["one", "two"] } });
    await pass(PACE.type);
    write("a");
    write("b");
    await pass(PACE.think + 2 * PACE.type - 1);
    expect(said("operator").slice(1)).toEqual(["one"]);
    await pass(1);
    expect(said("operator").slice(1)).toEqual(["one", "two"]);
  });
});

describe("what the operator says", () => {
  const later = async (engine: Engine): Promise<string | undefined> => {
    await pass(PACE.answer);
    return engine.said("operator").at(-1);
  };

  it.each([
    ["the scenario's greeting", "Good day", undefined, ["Good day"]],
    ["the one of the language", { en: "Good day", cs: "Dobrý den" }, "cs", ["Dobrý den"]],
    ["English where there is no other", { en: "Good day", cs: "Dobrý den" }, "de", ["Good day"]],
    ["what there is where there is no English", { cs: "Dobrý den" }, "de", ["Dobrý den"]],
    ["the one of a language without texts", { en: "Good day", pl: "Dzień" }, "pl-PL", ["Dzień"]],
    ["nothing", "", undefined, []],
  ])("first is %s", async (_, greeting, language, lines) => {
    const { said, widget } = await joined({ operator: { greeting } }, GUID, null, language);
    await pass(60_000);
    expect(said("operator")).toEqual(lines);
    expect(widget.typing).toBe(false);
  });

  it("are the answers in turn, round and round", async () => {
    const engine = await joined({ operator: { greeting: "", answers: ["one", { en: "two" }] } });
    const heard = [];
    for (const question of ["a", "b", "c"]) {
      engine.write(question);
      heard.push(await later(engine));
    }
    expect(heard).toEqual(["one", "two", "one"]);
  });

  it.each([
    ["What is the price?", "It is free."],
    ["PRICE", "It is free."],
    ["Kolik to stojí, prosím", "It is free."],
    ["kolik to stoji", "It is free."],
    ["What do I have to pay for the delivery?", "Two days."],
    ["price of delivery", "It is free."],
    ["priceless", "one"],
    ["…!", "one"],
  ])("to %j is %j, by the first reply with a word that is in it", async (question, answer) => {
    const engine = await joined({
      operator: {
        greeting: "",
        answers: ["one"],
        replies: [
          { to: ["price", "Kolik to stojí"], say: "It is free." },
          { to: ["delivery"], say: { en: "Two days." } },
        ],
      },
    });
    engine.write(question);
    expect(await later(engine)).toBe(answer);
  });

  it("as a reply does not use up an answer", async () => {
    const engine = await joined({
      operator: { answers: ["one", "two"], replies: [{ to: ["price"], say: "free" }] },
    });
    await pass(PACE.type);
    const heard = [];
    for (const question of ["a", "price", "b"]) {
      engine.write(question);
      heard.push(await later(engine));
    }
    expect(heard).toEqual(["one", "free", "two"]);
  });

  it("by itself comes so long after joining, in order of time", async () => {
    const { said } = await joined({
      operator: {
        greeting: "",
        says: [
          { after: 5000, say: "Still here?" },
          { after: 2000, say: { en: "One moment." } },
        ],
      },
    });
    await pass(2000 + PACE.type);
    expect(said("operator")).toEqual(["One moment."]);
    await pass(3000 - 1);
    expect(said("operator")).toHaveLength(1);
    await pass(1);
    expect(said("operator")).toEqual(["One moment.", "Still here?"]);
  });
});

describe("the end", () => {
  it("comes so long after joining, where the scenario says so", async () => {
    const { heard } = await joined({ operator: { leave: 10_000 } });
    await pass(9999);
    expect(heard.at(-1)).toBe("chatSessionStarted");
    await pass(1);
    expect(heard.at(-1)).toBe("chatSessionEnded");
  });

  it("comes after a goodbye, which is returned", async () => {
    const { heard, said, write } = await joined();
    await pass(PACE.type);
    write("Bye!");
    await pass(PACE.answer);
    expect(said("operator").at(-1)).toBe("Thank you for the chat. Goodbye!");
    await pass(PACE.farewell - 1);
    expect(heard.at(-1)).toBe("chatSessionStarted");
    await pass(1);
    expect(heard.at(-1)).toBe("chatSessionEnded");
  });

  it("comes after a reply to the goodbye as well", async () => {
    const { heard, said, write } = await joined({
      operator: { replies: [{ to: ["bye"], say: "Take care!" }] },
    });
    await pass(PACE.type);
    write("bye");
    await pass(PACE.answer + PACE.farewell);
    expect(said("operator").at(-1)).toBe("Take care!");
    expect(heard.at(-1)).toBe("chatSessionEnded");
  });

  it("does not come by a goodbye where the operator stays", async () => {
    const { heard, said, write } = await joined({
      operator: { leaveOnGoodbye: false, answers: ["one"] },
    });
    await pass(PACE.type);
    write("bye");
    await pass(60_000);
    expect(said("operator").at(-1)).toBe("one");
    expect(heard.at(-1)).toBe("chatSessionStarted");
  });

  it("calls off all that was planned, the typing too", async () => {
    const { widget, said } = await joined({
      operator: { leave: 5000, says: [{ after: 2000, say: "x" }] },
    });
    widget.conversation.end("visitor");
    expect(widget.typing).toBe(false);
    widget.conversation.join("");
    await pass(PACE.accept + PACE.type);
    expect(said("operator")).toHaveLength(1);
    await pass(2000 - PACE.type - 1);
    expect(said("operator")).toHaveLength(1);
  });
});

it("begins anew with every conversation", async () => {
  const engine = await joined({ operator: { greeting: "Hello", answers: ["one", "two"] } });
  for (let conversation = 0; conversation < 2; conversation += 1) {
    if (conversation > 0) engine.join();
    await pass(PACE.accept + PACE.type);
    engine.write("a");
    await pass(PACE.answer);
    expect(engine.said("operator")).toEqual(["Hello", "one"]);
    engine.widget.conversation.end("visitor");
  }
});

describe("the operator's name", () => {
  it.each([
    [null, "cs", "Operátor"],
    ["Eva", "cs", "Eva"],
    [{ en: "Eve", cs: "Eva" }, "cs", "Eva"],
  ])("%j is, in %s, %s", async (name, language, shown) => {
    const { widget } = await connected({ operator: { name } }, GUID, null, language);
    expect(widget.operatorName).toBe(shown);
  });
});

it("goes at the first action from outside, in the middle of a word", async () => {
  const { act, said, widget } = await joined();
  await pass(PACE.type / 2);
  expect(widget.typing).toBe(true);
  await act("operator", "status", 1);
  expect(widget.typing).toBe(false);
  await pass(60_000);
  expect(said("operator")).toEqual([]);
  await act("operator", "say", "Good morning");
  expect(said("operator")).toEqual(["Good morning"]);
  expect(widget.typing).toBe(false);
});

it("comes to a visitor whom the page has join again as soon as it hears of an end", async () => {
  const { heard, owidget, widget } = await joined();
  owidget.setAppEventCallback(({ type }: AppEvent) => {
    if (type !== "chatSessionEnded") return;
    owidget.hideWidget();
    owidget.openChat(true);
  });
  widget.conversation.end("visitor");
  expect(widget.conversation.phase).toBe("queued");
  await pass(PACE.accept);
  expect(widget.conversation.phase).toBe("active");
  expect(heard).toEqual(["chatSessionCreated", "chatSessionStarted"]);
});
