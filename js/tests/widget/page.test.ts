// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { FrontEnd } from "../../src/widget/front-end";
import { assetText, enter, evaluated, frontEndOf } from "../../src/widget/page";
import { ModelDouble } from "./scene";

beforeEach(() => {
  delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for("owidget_jupyter.page")];
});

const { signal: NEVER } = new AbortController();

/** A fetch that a test answers, and that fails when its asker goes. */
function pendingFetch() {
  const answers: ((text: string) => void)[] = [];
  const fetchText = vi.fn(
    (_name: string, signal: AbortSignal) =>
      new Promise<string>((resolve, reject) => {
        answers.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  return { fetchText, answer: (text: string) => answers.at(-1)?.(text) };
}

test("a part is fetched once per page, whoever asks", async () => {
  const { fetchText, answer } = pendingFetch();
  const first = assetText("1", "stage", NEVER, fetchText);
  const second = assetText("1", "stage", NEVER, fetchText);
  answer("text");
  expect(await Promise.all([first, second])).toEqual(["text", "text"]);
  expect(await assetText("1", "stage", NEVER, fetchText)).toBe("text");
  expect(fetchText).toHaveBeenCalledOnce();
});

test("another copy of the module on the page shares what was fetched", async () => {
  const { fetchText, answer } = pendingFetch();
  const first = assetText("1", "stage", NEVER, fetchText);
  answer("text");
  await first;
  vi.resetModules();
  const copy = await import("../../src/widget/page");
  expect(await copy.assetText("1", "stage", NEVER, fetchText)).toBe("text");
  expect(fetchText).toHaveBeenCalledOnce();
});

test("another build and another part are fetched on their own", async () => {
  const fetchText = vi.fn(async (name: string) => `${name} ${fetchText.mock.calls.length}`);
  expect(await assetText("1", "stage", NEVER, fetchText)).toBe("stage 1");
  expect(await assetText("2", "stage", NEVER, fetchText)).toBe("stage 2");
  expect(await assetText("2", "simulator", NEVER, fetchText)).toBe("simulator 3");
});

test("an asker that goes is forgotten, and whoever else waits asks on its own", async () => {
  const { fetchText, answer } = pendingFetch();
  const going = new AbortController();
  const first = assetText("1", "stage", going.signal, fetchText);
  const second = assetText("1", "stage", NEVER, fetchText);
  going.abort(new Error("gone"));
  await expect(first).rejects.toThrow("gone");
  await vi.waitFor(() => expect(fetchText).toHaveBeenCalledTimes(2));
  answer("text");
  expect(await second).toBe("text");
});

describe("a model's front end", () => {
  const made = (key: string, manager?: object) => {
    const kernel = new ModelDouble({ _key: key });
    kernel.widget_manager = manager;
    return { model: kernel.model } as FrontEnd;
  };
  const entered = (key: string, manager?: object) => {
    const frontEnd = made(key, manager);
    return { frontEnd, leave: enter(frontEnd) };
  };
  const found = (key: string, manager?: object) => frontEndOf(made(key, manager).model);

  test("is found until it leaves", () => {
    const { frontEnd, leave } = entered("a");
    expect(found("a")).toBe(frontEnd);
    expect(found("b")).toBeUndefined();
    leave();
    expect(found("a")).toBeUndefined();
  });

  test("is that of its widget manager: a notebook and its console have one each", () => {
    const [notebook, console] = [{}, {}];
    const one = entered("a", notebook);
    const other = entered("a", console);
    expect(found("a", notebook)).toBe(one.frontEnd);
    expect(found("a", console)).toBe(other.frontEnd);
    one.leave();
    expect(found("a", console)).toBe(other.frontEnd);
  });

  test("is found where a host hands out another manager each time, as marimo does", () => {
    const { frontEnd } = entered("a", {});
    expect(found("a", {})).toBe(frontEnd);
    expect(found("b", {})).toBeUndefined();
  });

  test("is the one that was made last", () => {
    const { leave } = entered("a");
    const { frontEnd } = entered("a");
    expect(found("a")).toBe(frontEnd);
    leave();
    expect(found("a")).toBe(frontEnd);
  });
});

describe("a part that is a module", () => {
  const text = "var part = {};";
  let made: ReturnType<typeof vi.spyOn>;
  let revoked: ReturnType<typeof vi.spyOn>;

  beforeEach(() => {
    // A test's own runtime imports no blob; what is imported is a text like it.
    made = vi.spyOn(URL, "createObjectURL");
    made.mockReturnValue("data:text/javascript,export default { imported: true }");
    revoked = vi.spyOn(URL, "revokeObjectURL").mockReturnValue();
  });
  afterEach(() => vi.unstubAllGlobals());

  test("is evaluated once per page, whoever wants it", async () => {
    const first = evaluated<object>(text);
    expect(await evaluated<object>(text)).toBe(await first);
    vi.resetModules();
    const copy = await import("../../src/widget/page");
    expect(await copy.evaluated(text)).toBe(await first);
    expect(made).not.toHaveBeenCalled();
  });

  test("is evaluated at once, not when somebody waits for it", () => {
    vi.stubGlobal("partEvaluated", false);
    void evaluated("var part = {}; globalThis.partEvaluated = true;");
    expect(globalThis).toHaveProperty("partEvaluated", true);
  });

  test("comes as a blob where a policy forbids to make code of text", async () => {
    vi.stubGlobal("Function", () => {
      throw new EvalError("forbidden");
    });
    await expect(evaluated(text)).resolves.toEqual({ imported: true });
    const [[blob]] = made.mock.calls as [[Blob]];
    expect(await blob.text()).toBe(`${text}\nexport default part`);
    expect(revoked).toHaveBeenCalledOnce();
  });

  test("and could not be evaluated says why, and is tried again by the next who wants it", async () => {
    const broken =
      "if (!globalThis.partMended) throw new Error('broken'); var part = { mended: true }";
    await expect(evaluated(broken)).rejects.toThrow("broken");
    vi.stubGlobal("partMended", true);
    await expect(evaluated(broken)).resolves.toEqual({ mended: true });
    expect(made, "it is no affair of a policy's").not.toHaveBeenCalled();
  });

  test("of another text is another one", async () => {
    expect(await evaluated(text)).not.toBe(await evaluated(`${text} `));
  });
});
