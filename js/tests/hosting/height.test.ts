import { beforeEach, describe, expect, test, vi } from "vitest";
import { Height } from "../../src/hosting/height";
import { ModelDouble } from "../widget/scene";

const KEY = "owidget_jupyter.height.key";
let kernel: ModelDouble;

beforeEach(() => {
  sessionStorage.clear();
  kernel = new ModelDouble({ height: 300 });
});
const height = () => new Height(kernel.model);

describe("the height of a stage", () => {
  test("is Python's until a person chooses one, and follows it", () => {
    const asked = height();
    expect(asked.now).toBe(300);
    kernel.change("height", 520);
    expect(asked.now).toBe(520);
    expect(sessionStorage).toHaveLength(0);
  });

  test.each([
    [350.4, 350],
    [0, 160],
    [Number.NEGATIVE_INFINITY, 160],
    [9_999, 4_000],
    [Number.POSITIVE_INFINITY, 4_000],
  ])("%d is chosen as %d, and no synced trait is written", (px, within) => {
    const asked = height();
    asked.choose(px);
    expect(asked.now).toBe(within);
    expect(kernel.get("height")).toBe(300);
    expect(kernel.sent).toEqual([]);
  });

  test("that was chosen outlives the view and the page, for its own model", () => {
    height().choose(350);
    expect(height().now).toBe(350);
    expect(new Height(new ModelDouble({ height: 300, _key: "other" }).model).now).toBe(300);
  });

  test("that was chosen gives way once Python says otherwise, for good", () => {
    const asked = height();
    asked.choose(350);
    kernel.change("height", 400);
    expect(asked.now).toBe(400);
    kernel.change("height", 300);
    expect(asked.now).toBe(300);
    expect(sessionStorage).toHaveLength(0);
  });

  test("that was chosen before a reload gives way to what Python said meanwhile", () => {
    height().choose(350);
    kernel.change("height", 400);
    expect(height().now).toBe(400);
  });

  test.each(["", "null", "{}", '{"given":300,"px":5}', '{"given":300,"px":"<b>"}', "9"])(
    "that is stored is checked: %j is none",
    (stored) => {
      sessionStorage.setItem(KEY, stored);
      expect(height().now).toBe(300);
    },
  );

  test("lasts as long as the page where there is no storage", () => {
    vi.spyOn(globalThis, "sessionStorage", "get").mockImplementation(() => {
      throw new DOMException("no", "SecurityError");
    });
    const asked = height();
    asked.choose(350);
    expect(asked.now).toBe(350);
  });

  test("lasts as long as the page where storage is full", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    const asked = height();
    asked.choose(350);
    expect(asked.now).toBe(350);
  });
});
