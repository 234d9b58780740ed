import { expect, it, vi } from "vitest";
import type { News } from "../../../src/simulation.js";
import { Desk } from "../../../src/simulator/desk.js";
import { freshPage } from "../page.js";
import { connected } from "./engine.js";

freshPage();

it("keeps, for its first listener, the queue as it is and the latest hundred messages", async () => {
  const { widget, act, join, write } = await connected();
  const desk = new Desk(widget);
  await act("operator", "status", 1);
  join();
  await act("operator", "accept");
  for (let count = 1; count <= 120; count += 1) write(`message ${count}`);
  const first: News[] = [];
  const second: News[] = [];
  desk.listen((news) => first.push(news));
  desk.listen((news) => second.push(news));
  expect(first[0]).toEqual({ kind: "queue", waiting: [] });
  expect(first).toHaveLength(101);
  expect(first[1]).toEqual({ kind: "message", text: "message 21" });
  expect(first.at(-1)).toEqual({ kind: "message", text: "message 120" });
  write("one more");
  expect(first).toHaveLength(102);
  expect(second).toEqual([{ kind: "message", text: "one more" }]);
  const third = vi.fn();
  desk.listen(third);
  expect(third).not.toHaveBeenCalled();
});
