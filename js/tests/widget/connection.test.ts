import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { watchConnection } from "../../src/widget/connection";

let element: HTMLElement;
let controller: AbortController;
let changed: ReturnType<typeof vi.fn<() => void>>;

const watch = () => watchConnection(element, controller.signal, changed);
const settled = () => Promise.resolve();

beforeEach(() => {
  document.body.replaceChildren();
  element = document.createElement("div");
  controller = new AbortController();
  changed = vi.fn();
});
afterEach(() => controller.abort());

describe("an element that is watched", () => {
  test("is told of at once where it is on the page already", () => {
    document.body.append(element);
    watch();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("is told of as it gets on the page and off it, in whatever it is", async () => {
    watch();
    expect(changed).not.toHaveBeenCalled();
    const output = document.createElement("div");
    output.append(element);
    document.body.append(output);
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
    output.remove();
    await settled();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("is not told of inside whatever moves it", async () => {
    watch();
    document.body.append(element);
    expect(changed).not.toHaveBeenCalled();
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("did not go where it was taken to another place", async () => {
    const [here, there] = [document.createElement("div"), document.createElement("div")];
    document.body.append(here, there);
    here.append(element);
    watch();
    there.append(element);
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("is told of in a shadow tree, too", async () => {
    watch();
    const host = document.createElement("div");
    host.attachShadow({ mode: "open" }).append(element);
    document.body.append(host);
    await settled();
    expect(changed).toHaveBeenCalledTimes(1);
  });

  test("is told of no more once nobody wants to know, and keeps nothing of it", async () => {
    watch();
    controller.abort();
    document.body.append(element);
    await settled();
    expect(changed).not.toHaveBeenCalled();
    expect(element.children).toHaveLength(0);
  });
});

test("two copies of the module on one page go by one definition", async () => {
  watch();
  vi.resetModules();
  const copy = await import("../../src/widget/connection");
  expect(copy.watchConnection).not.toBe(watchConnection);
  const another = vi.fn();
  copy.watchConnection(element, controller.signal, another);
  document.body.append(element);
  await settled();
  expect(changed).toHaveBeenCalledTimes(1);
  expect(another).toHaveBeenCalledTimes(1);
});
