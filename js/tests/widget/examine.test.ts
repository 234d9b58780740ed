import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { evaluated, ModelOnPage, openPage } from "./front-ends";

const { examine } = vi.hoisted(() => ({ examine: vi.fn() }));
let page: ModelOnPage;

beforeEach(() => {
  openPage();
  examine.mockReset();
  examine.mockImplementation(async ({ id, ping }, { frontend }, send) =>
    send({ kind: "findings", frontend, id, ping, at: 1, page: null, stage: null }),
  );
  page = new ModelOnPage();
  page.kernel.assets.diagnosis = "diagnosis";
});
afterEach(() => void vi.useRealTimers());

/** The kernel hands out the part that answers, and it is evaluated. */
async function asked(ping = 0): Promise<void> {
  evaluated.mockImplementationOnce(async () => ({ examine }));
  page.kernel.say({ kind: "examine", frontend: null, id: 7, ping });
  await vi.advanceTimersByTimeAsync(50);
}
const findings = () => page.kernel.sent.filter(({ kind }) => kind === "findings");

test("a page answers where nothing was ever displayed, and touches nothing else", async () => {
  page.initialise();
  await asked();
  expect(findings()).toMatchObject([{ id: 7, ping: 0 }]);
  expect(page.kernel.kinds()).toEqual(["asset", "findings"]);
  expect(examine.mock.calls[0]?.[1]).toMatchObject({ lease: 0, views: 0, stage: null });
});

test("a page that runs the chat tells of its views, its lease and its stage", async () => {
  await page.granted({ isolation: "opaque" });
  await asked();
  const [, told] = examine.mock.calls[0] ?? [];
  expect(told).toMatchObject({ frontend: page.kernel.frontend, lease: 1, views: 1 });
  expect(told.stage).not.toBeNull();
  expect(told.pending).toBeTypeOf("number");
});

test("the part that answers is fetched once", async () => {
  page.initialise();
  await asked();
  await asked(1);
  await asked(2);
  expect(page.asked()).toEqual(["diagnosis"]);
  expect(findings()).toMatchObject([{ ping: 0 }, { ping: 1 }, { ping: 2 }]);
});

test("a part that cannot be evaluated is a problem that the view shows", async () => {
  page.initialise();
  const { el } = page.show();
  evaluated.mockImplementationOnce(async () => Promise.reject(new Error("no blobs here")));
  page.kernel.say({ kind: "examine", frontend: null, id: 7, ping: 0 });
  await vi.advanceTimersByTimeAsync(50);
  expect(el.textContent).toContain("no blobs here");
  expect(findings()).toEqual([]);
});

test("a model that is closed meanwhile says nothing", async () => {
  delete page.kernel.assets.diagnosis;
  page.initialise();
  page.kernel.say({ kind: "examine", frontend: null, id: 7, ping: 0 });
  page.close();
  await vi.advanceTimersByTimeAsync(50);
  expect(findings()).toEqual([]);
});
