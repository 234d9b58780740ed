import { expect, it } from "vitest";
import { connected, freshPage, GUID, pass, write } from "./harness.js";
import { PACE } from "./play.js";

freshPage();

it("answers in the visitor's language and ends when the visitor takes leave", async () => {
  const { part, types, events } = await connected(GUID, null, "cs");
  part("button").click();
  part("start").click();
  await pass(PACE.accept + PACE.greet);
  expect(part("log").textContent).toContain("jak vám mohu pomoci?");
  write(part("input"), "Děkuji, na shledanou!");
  part("send").click();
  await pass(PACE.answer);
  expect(part("log").textContent).toContain("Děkuji za rozhovor. Na shledanou!");
  await pass(PACE.farewell);
  expect(types().at(-1)).toBe("chatSessionEnded");
  expect(events.at(-1)?.endedBy).toBe("operator");
});

it("leaves the chair for good at the first action of another operator", async () => {
  const { part, act, types } = await connected();
  part("button").click();
  expect(part("details").textContent).toContain("operator: scripted");
  part("start").click();
  await pass(PACE.accept / 2);
  await act("operator", "status", 1);
  expect(part("details").textContent).toContain("operator: driven from outside");
  await pass(60_000);
  expect(types()).toEqual(["chatWindowOpen", "chatSessionCreated"]);
  await act("operator", "accept");
  write(part("input"), "bye");
  part("send").click();
  await pass(60_000);
  expect(part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(0);
  expect(types()).toHaveLength(3);
});

it("stays when the visitor is driven, or an action is refused", async () => {
  const { part, act, types } = await connected();
  await expect(act("operator", "status", 3)).rejects.toThrow();
  await expect(act("operator", "dance")).rejects.toThrow();
  await act("visitor", "join");
  await pass(PACE.accept);
  expect(types().at(-1)).toBe("chatSessionStarted");
  expect(part("details").dataset.operator).toBe("scripted");
});

it("drops what it planned for a conversation that is over", async () => {
  const { part, act } = await connected();
  await act("visitor", "join");
  await pass(PACE.accept);
  part("end").click();
  part("start").click();
  await pass(PACE.accept);
  expect(part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(0);
  await pass(PACE.greet);
  expect(part("log").querySelectorAll('[data-by="operator"]')).toHaveLength(1);
});
