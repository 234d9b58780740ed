import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { hearWayOut } from "../../src/stage/way-out";

const leave = vi.fn();
/** A script that keeps the focus to itself. */
const trap = vi.fn((event: Event) => event.preventDefault());

beforeAll(() => {
  hearWayOut(leave);
  document.addEventListener("keydown", trap, { capture: true });
});
beforeEach(() => {
  vi.clearAllMocks();
  press("a");
  trap.mockClear();
});

function hold(key: string): void {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, repeat: true }));
}

function press(...keys: string[]): KeyboardEvent {
  let event = new KeyboardEvent("keydown");
  for (const name of keys) {
    const [key = "", shift] = name.split("+").reverse();
    const shiftKey = shift !== undefined;
    event = new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }
  return event;
}

describe("Escape twice, and then Tab", () => {
  test("leads out, whatever a script does to keep the focus, which never hears of it", () => {
    const tab = press("Escape", "Escape", "Tab");
    expect(leave).toHaveBeenCalledExactlyOnceWith(false);
    expect(tab.defaultPrevented).toBe(true);
    expect(trap).toHaveBeenCalledTimes(2);
  });

  test("leads back with Shift", () => {
    press("Escape", "Escape", "Shift", "Shift+Tab");
    expect(leave).toHaveBeenCalledExactlyOnceWith(true);
  });

  test("may come after more of them, and is over with the Tab", () => {
    press("Escape", "Escape", "Escape", "Tab", "Tab");
    expect(leave).toHaveBeenCalledOnce();
  });

  test("is two presses: Escape held down is one", () => {
    press("Escape");
    hold("Escape");
    press("Tab");
    expect(leave).not.toHaveBeenCalled();
  });

  test("is forgotten by whoever goes on with the pointer", () => {
    press("Escape", "Escape");
    document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    press("Tab");
    expect(leave).not.toHaveBeenCalled();
  });

  test.each([[["Tab"]], [["Escape", "Tab"]], [["Escape", "a", "Escape", "Tab"]]])(
    "and nothing less: %j is the document's own",
    (keys) => {
      press(...keys);
      expect(leave).not.toHaveBeenCalled();
      expect(trap).toHaveBeenCalledTimes(keys.length);
    },
  );
});
