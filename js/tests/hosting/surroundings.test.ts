import { beforeEach, describe, expect, test } from "vitest";
import { Height } from "../../src/hosting/height";
import { letLeave, Surroundings } from "../../src/hosting/surroundings";
import { ModelDouble } from "../widget/scene";

let place: HTMLElement;
let slot: HTMLElement;
let frame: HTMLElement;
let around: Surroundings;
let height: Height;
let kernel: ModelDouble;

beforeEach(() => {
  sessionStorage.clear();
  document.body.replaceChildren();
  kernel = new ModelDouble({ height: 300 });
  height = new Height(kernel.model);
  around = new Surroundings(height);
  put("owidget");
});

function put(className: string): void {
  place = Object.assign(document.createElement("div"), { className });
  slot = document.createElement("div");
  // In a browser it is an iframe; a test's own one would load something.
  frame = Object.assign(document.createElement("div"), { tabIndex: 0 });
  slot.append(frame);
  place.append(slot);
  document.body.replaceChildren(place);
  around.update(slot);
}
const handle = () => place.querySelector<HTMLElement>(".owidget-handle");
const skip = () => place.querySelector<HTMLElement>("button.owidget-skip");
const press = (key: string, more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...more });
  handle()?.dispatchEvent(event);
  return event.defaultPrevented;
};

describe("around a frame in a cell", () => {
  test("there is a way over it before it, and the handle behind it, in this order", () => {
    expect([...place.children]).toEqual([skip(), slot, handle()]);
    expect(skip()?.textContent).toBe("Skip the chat");
    skip()?.click();
    expect(document.activeElement).toBe(handle());
  });

  test("there is nothing once the frame has gone", () => {
    around.update(null);
    expect([...place.children]).toEqual([slot]);
  });

  test("what is there moves along with it", () => {
    const before = place;
    put("owidget");
    expect(before.querySelector(".owidget-handle, .owidget-skip")).toBeNull();
    expect([...place.children]).toEqual([skip(), slot, handle()]);
  });

  test("the handle says what it is, and how high the frame is", () => {
    const { role, tabIndex, ariaOrientation, ariaValueMin, ariaValueMax } = handle() ?? {};
    expect([role, tabIndex, ariaOrientation]).toEqual(["separator", 0, "horizontal"]);
    expect([ariaValueMin, ariaValueMax]).toEqual(["160", "4000"]);
    expect(handle()?.ariaLabel).toBe("Height of the chat");
    expect([handle()?.ariaValueNow, handle()?.ariaValueText]).toEqual(["300", "300 pixels"]);
    expect(slot.style.height).toBe("300px");
  });

  test.each([
    ["ArrowDown", 310],
    ["ArrowUp", 290],
    ["PageDown", 400],
    ["PageUp", 200],
    ["Home", 160],
    ["End", 4_000],
  ])("%s on the handle makes it %d px high, at once", (key, px) => {
    expect(press(key)).toBe(true);
    expect(slot.style.height).toBe(`${px}px`);
    expect(handle()?.ariaValueNow).toBe(`${px}`);
  });

  test.each([
    ["Enter", {}],
    ["Tab", {}],
    ["ArrowDown", { ctrlKey: true }],
    ["Home", { metaKey: true }],
  ])("%s, %j, is not the handle's", (key, more) => {
    expect(press(key, more)).toBe(false);
    expect(slot.style.height).toBe("300px");
  });

  test("Python's height is followed where nobody has chosen one", () => {
    kernel.change("height", 520);
    around.update(slot);
    expect([slot.style.height, handle()?.ariaValueNow]).toEqual(["520px", "520"]);
  });

  test("a chosen height gives way to what Python said while there was no frame", () => {
    press("ArrowDown");
    around.update(null);
    for (const said of [520, 300]) {
      kernel.change("height", said);
      around.update(null);
    }
    around.update(slot);
    expect(slot.style.height).toBe("300px");
  });

  test("whoever leaves it comes behind it, or back before it", () => {
    frame.focus();
    letLeave(slot, false);
    expect(document.activeElement).toBe(handle());
    frame.focus();
    letLeave(slot, true);
    expect(document.activeElement).toBe(skip());
  });

  test("the focus of somebody who is elsewhere stays there, whatever a stage says", () => {
    const elsewhere = document.createElement("input");
    document.body.append(elsewhere);
    elsewhere.focus();
    letLeave(slot, false);
    expect(document.activeElement).toBe(elsewhere);
  });

  test("a slot that has lost its frame is heard no more", () => {
    around.update(null);
    frame.focus();
    letLeave(slot, false);
    expect(document.activeElement).toBe(frame);
  });
});

describe("the handle, dragged", () => {
  const pointer = (type: string, clientY: number, button = 0) => {
    const event = new PointerEvent(type, { clientY, button, pointerId: 7, cancelable: true });
    handle()?.dispatchEvent(event);
  };
  const captured: number[] = [];

  beforeEach(() => {
    captured.length = 0;
    const element = handle();
    if (element) element.setPointerCapture = (id) => captured.push(id);
    Object.defineProperty(slot, "offsetHeight", {
      get: () => Number.parseFloat(slot.style.height),
    });
  });

  test("follows the pointer, over the frame as well, until it is let go", () => {
    pointer("pointerdown", 500);
    expect(captured).toEqual([7]);
    expect(slot.style.pointerEvents).toBe("none");
    pointer("pointermove", 560);
    expect(slot.style.height).toBe("360px");
    pointer("pointermove", 100);
    expect(slot.style.height).toBe("160px");
    pointer("lostpointercapture", 100);
    pointer("pointermove", 560);
    expect([slot.style.height, slot.style.pointerEvents]).toEqual(["160px", ""]);
  });

  test("lets go of a frame that goes meanwhile, which a removed handle is not told of", () => {
    pointer("pointerdown", 500);
    const removed = handle();
    around.update(null);
    expect(slot.style.pointerEvents).toBe("");
    around.update(slot);
    removed?.dispatchEvent(new PointerEvent("pointermove", { clientY: 560 }));
    expect(slot.style.height).toBe("300px");
  });

  test("stays where another button is pressed", () => {
    pointer("pointerdown", 500, 2);
    pointer("pointermove", 560);
    expect([captured, slot.style.height]).toEqual([[], "300px"]);
  });
});

describe("around a frame in the page's corner, which grows upwards", () => {
  beforeEach(() => put("owidget-dock"));

  test("the handle is above it, and goes where the keys point", () => {
    expect([...place.children].slice(0, 3)).toEqual([handle(), skip(), slot]);
    press("ArrowUp");
    expect(slot.style.height).toBe("310px");
    press("PageDown");
    expect(slot.style.height).toBe("210px");
    press("End");
    expect(slot.style.height).toBe("4000px");
  });

  test("where the window has less room than was chosen, a key starts from what is seen", () => {
    press("End");
    Object.defineProperty(slot, "offsetHeight", { value: 700 });
    press("ArrowDown");
    expect(slot.style.height).toBe("690px");
  });

  test("the way over it leads behind it all the same", () => {
    skip()?.click();
    expect(document.activeElement).toBe(place.lastElementChild);
    expect(place.lastElementChild?.textContent).toBe("End of the chat");
  });
});
