import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { NumbersOfRun } from "../../src/wire";
import { context, ofKind, openPage, page, running, stage } from "./stages";

const anything: unknown = expect.anything();

beforeEach(openPage);
afterEach(() => stage.close());

describe("number rules", () => {
  const rules = (version: number): NumbersOfRun => ({
    version,
    asks: true,
    policy: { region: "CZ", regions: ["CZ"], types: null, metadata: "metadata:CZ" },
  });
  const complete = (version: number) => ({
    ...rules(version),
    policy: {
      ...rules(version).policy,
      code: "text of numbers",
      metadata: "text of metadata:CZ",
    },
  });

  test("come with all that a policy needs", async () => {
    const frame = await running({ numbers: rules(1) });
    expect(frame.sent).toMatchObject([{ kind: "start", numbers: complete(1) }]);
  });

  test("without a policy need no asset", async () => {
    const frame = await running({ numbers: { version: 1, asks: true, policy: null } });
    expect(frame.sent).toMatchObject([{ numbers: { version: 1, asks: true, policy: null } }]);
    expect(context.fetchAsset.mock.calls.flat()).not.toContain("numbers");
  });

  test("that come later are there before what is ordered after them", async () => {
    const frame = await running();
    let fetched = (_: string) => {};
    context.fetchAsset.mockImplementation((name) =>
      name === "numbers" ? new Promise((resolve) => (fetched = resolve)) : Promise.resolve("plans"),
    );
    stage.order({ kind: "connect" });
    stage.order({ kind: "numbers", rules: rules(2) });
    stage.order({ kind: "act", id: 1, side: "visitor", action: "callBack", args: [] });
    await vi.waitFor(() => expect(context.fetchAsset).toHaveBeenCalledWith("numbers", anything));
    expect(frame.kinds()).toEqual(["start", "connect"]);
    fetched("code");
    await vi.waitFor(() => expect(frame.kinds()).toEqual(["start", "connect", "numbers", "act"]));
    expect(frame.sent[2]).toMatchObject({ rules: { policy: { code: "code", metadata: "plans" } } });
  });

  test("whose parts do not come are a problem, and later orders are carried out", async () => {
    const frame = await running();
    context.fetchAsset.mockRejectedValue(new Error("no such part"));
    stage.order({ kind: "numbers", rules: rules(2) });
    stage.order({ kind: "connect" });
    await vi.waitFor(() => expect(frame.kinds()).toEqual(["start", "connect"]));
    await vi.waitFor(() =>
      expect(ofKind("problem")).toMatchObject([{ message: "Error: no such part" }]),
    );
  });

  test("are asked about in the name of this page and lease", async () => {
    const frame = await running();
    frame.events.heard({ kind: "ask", id: 3, number: "777", submitted: true });
    const asked = { frontend: "page", lease: 2, id: 3, number: "777", submitted: true };
    expect(context.inquire).toHaveBeenCalledExactlyOnceWith(asked);
    expect(JSON.stringify(page.delivered)).not.toContain("777");
  });
});
