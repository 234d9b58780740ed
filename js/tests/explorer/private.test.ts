import { beforeEach, expect, test, vi } from "vitest";
import field, { type FromPage, type ToPage, type Traits } from "../../src/explorer/index";

const MARKUP = '<img src=x onerror="alert(1)">';

let sent: FromPage[];
let tell: (message: ToPage) => void;
let el: HTMLElement;

function show(traits: Partial<Traits> = {}): void {
  const all: Traits = {
    label: "A field",
    placeholder: "such as this",
    typed: true,
    block: false,
    copy: "Copy",
    copied: "Copied",
    ...traits,
  };
  sent = [];
  el = document.createElement("div");
  document.body.replaceChildren(el);
  const model = {
    get: (name: keyof Traits) => all[name],
    send: (message: FromPage) => void sent.push(message),
    on: (_: string, heard: typeof tell) => {
      tell = heard;
    },
  };
  field.render({ model: model as never, el });
}

const find = <Kind extends Element>(selector: string): Kind => {
  const found = el.querySelector<Kind>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};
const input = () => find<HTMLInputElement>("input");

beforeEach(() => show());

test("a view says that it is there, so that it is told what others show", () => {
  expect(sent).toEqual([{ kind: "here" }]);
});

test("what is typed is said, and what is entered", () => {
  sent = [];
  input().value = "Eva";
  input().dispatchEvent(new Event("input"));
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true }));
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  expect(sent).toEqual([
    { kind: "typed", text: "Eva" },
    { kind: "entered", text: "Eva" },
  ]);
});

test("its keys are not the notebook's", () => {
  const heard = vi.fn();
  document.body.onkeydown = heard;
  input().dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true }));
  expect(heard).not.toHaveBeenCalled();
  expect(el.dataset.lmSuppressShortcuts).toBe("true");
});

test("its label is the field's", () => {
  expect(find<HTMLLabelElement>("label").contains(input())).toBe(true);
  expect(find("label").textContent).toBe("A field");
  show({ typed: false, block: true });
  expect(el.querySelector("input")).toBeNull();
  expect(find("pre").ariaLabel).toBe("A field");
});

test("a sentence is shown as text, with its tone, and announced", () => {
  tell({ kind: "show", text: MARKUP, tone: "bad" });
  const shown = find<HTMLElement>("p");
  expect(shown.textContent).toBe(MARKUP);
  expect(shown.dataset.tone).toBe("bad");
  expect(shown.role).toBe("status");
});

test("the same sentence again touches nothing, and so is not announced again", () => {
  tell({ kind: "show", text: "too short", tone: "bad" });
  const before = find("p").firstChild;
  tell({ kind: "show", text: "too short", tone: "bad" });
  expect(find("p").firstChild).toBe(before);
});

test("lines are shown where there are any, with a button that copies them", async () => {
  show({ typed: false, block: true });
  const copy = find<HTMLButtonElement>("button");
  expect([find<HTMLElement>("pre").hidden, copy.hidden]).toEqual([true, true]);
  tell({ kind: "show", text: "a\nb", tone: "" });
  expect([find<HTMLElement>("pre").hidden, copy.hidden]).toEqual([false, false]);
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  copy.click();
  await vi.waitFor(() => expect(copy.textContent).toBe("Copied"));
  expect(writeText).toHaveBeenCalledWith("a\nb");
  tell({ kind: "show", text: "", tone: "" });
  expect([find<HTMLElement>("pre").hidden, copy.hidden]).toEqual([true, true]);
});

test("where the browser refuses to copy, what is shown is selected", async () => {
  show({ typed: false, block: true });
  tell({ kind: "show", text: "a\nb", tone: "" });
  vi.stubGlobal("navigator", { clipboard: { writeText: () => Promise.reject(new Error("no")) } });
  find<HTMLButtonElement>("button").click();
  await vi.waitFor(() => expect(getSelection()?.toString()).toBe("a\nb"));
});

test("what Python puts into it does not disturb whoever types there, but for clearing", () => {
  tell({ kind: "type", text: "one" });
  expect(input().value).toBe("one");
  input().focus();
  tell({ kind: "type", text: "two" });
  expect(input().value).toBe("one");
  tell({ kind: "type", text: "" });
  expect(input().value).toBe("");
});
