import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Keep } from "../../src/keep";
import { aParcel, events } from "../parcels";
import { ModelOnPage, notice, openPage } from "./front-ends";
import type { ModelDouble } from "./scene";

let page: ModelOnPage;
let kernel: ModelDouble;

beforeEach(() => {
  openPage();
  page = new ModelOnPage();
  kernel = page.kernel;
});
afterEach(() => {
  page.close();
  vi.clearAllTimers();
  vi.useRealTimers();
});

const pass = (ms = 50) => vi.advanceTimersByTimeAsync(ms);

describe("what an earlier document of the tab could not deliver", () => {
  const left = { ...aParcel("old", events(1, 2), 3), frontend: "before" };
  beforeEach(() => void new Keep("outbox", "key").put(left));
  const batches = () => kernel.sent.filter(({ kind }) => kind === "batch");

  test("goes out where the model is not displayed any more, as after a reload without saving", async () => {
    page.initialise();
    await pass();
    expect(batches()).toMatchObject([left]);
  });

  test("goes out with its first display, once, as what it was", async () => {
    page.initialise();
    page.show();
    page.show();
    await pass();
    expect(batches()).toMatchObject([left]);
    kernel.say({ kind: "accepted", load: "old", upto: 2, lines: [], total: 2 });
    expect(sessionStorage).toHaveLength(0);
  });

  test("is offered for copying while the kernel is silent, and no more once it has it", async () => {
    page.initialise();
    const view = page.show();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(notice(view)?.textContent).toContain("Copy undelivered events");
    kernel.say({ kind: "accepted", load: "old", upto: 2, lines: [], total: 2 });
    expect(notice(view)?.textContent).not.toContain("Copy undelivered events");
  });

  test("waits for the part that delivers it, which is asked for again", async () => {
    const { hosting } = kernel.assets;
    delete kernel.assets.hosting;
    page.initialise();
    await pass();
    expect(batches()).toEqual([]);
    Object.assign(kernel.assets, { hosting });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(batches()).toMatchObject([left]);
  });

  describe.each(["with", "without"])("%s the part that delivers it", (part) => {
    test.each([
      ["stays for the next document when this one merely goes", "idle", 2],
      ["is forgotten when the chat is closed: nobody will take it", "closed", 0],
    ] as const)("%s", async (_, state, still) => {
      if (part === "without") delete kernel.assets.hosting;
      page.initialise();
      page.show();
      await pass();
      kernel.change("state", state);
      page.close();
      expect(sessionStorage).toHaveLength(still);
    });
  });
});
