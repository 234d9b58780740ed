import { describe, expect, test, vi } from "vitest";
import { eventList, problemList } from "../../src/widget/event-list";

const MARKUP = '<img src=x onerror="alert(1)">';

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
