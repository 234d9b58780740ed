import { describe, expect, it, vi } from "vitest";
import { LANGUAGES } from "../../src/simulator/texts/index.js";
import {
  connected,
  focusedPart,
  freshPage,
  GUID,
  hearTyped,
  type Inserted,
  newDocument,
  write,
} from "./harness.js";

const { warnings } = freshPage();

/** A widget whose window shows the call-back form. */
async function asked(...args: unknown[]): Promise<Inserted> {
  const widget = await connected(...args);
  widget.part("button").click();
  widget.part("callback").click();
  return widget;
}

function submit({ part }: Inserted, number: string): void {
  write(part("phone"), number);
  part("call").click();
}

describe("the page's callback", () => {
  it("is called within the submission, once, with exactly what was typed", async () => {
    const widget = await asked();
    const callback = vi.fn((number: string) => `+420${number.trim()}`);
    widget.owidget.setCustomNumberNormalization(callback);
    write(widget.part("phone"), " 777 66");
    write(widget.part("phone"), " 777 666 555 ");
    expect(callback).not.toHaveBeenCalled();
    widget.part("call").click();
    expect(callback.mock.calls).toEqual([[" 777 666 555 "]]);
    expect(widget.part("number").textContent).toBe("+420777 666 555");
  });

  it("answers with what is submitted, whatever it looks like", async () => {
    const widget = await asked();
    widget.owidget.setCustomNumberNormalization(() => "<b>extension 12</b>");
    submit(widget, "12");
    expect(widget.part("notice").textContent).toBe(
      "Thank you! This is a simulator, so nobody will call this number: <b>extension 12</b>",
    );
    expect(widget.part("details").textContent).toContain("call back: <b>extension 12</b>");
    expect(warnings()).toEqual([]);
  });

  it("answers null for a number that is none, again at every submission", async () => {
    const widget = await asked();
    const callback = vi.fn(() => null);
    widget.owidget.setCustomNumberNormalization(callback);
    submit(widget, "+420 777 666 555");
    expect(widget.part("problem").textContent).toContain("Invalid number");
    expect(widget.part<HTMLInputElement>("phone").value).toBe("+420 777 666 555");
    widget.part("call").click();
    expect(callback).toHaveBeenCalledTimes(2);
    expect(widget.part("details").textContent).not.toContain("777");
    expect(warnings()).toEqual([]);
  });

  it("may take what it refused before", async () => {
    const widget = await asked();
    const callback = vi.fn<() => string | null>().mockReturnValueOnce(null);
    widget.owidget.setCustomNumberNormalization(callback.mockReturnValue("+420 777 666 555"));
    submit(widget, "777");
    widget.part("call").click();
    expect(widget.maybe("problem")).toBeNull();
    expect(widget.part("number")).toBeTruthy();
  });

  it("is replaced by a later one", async () => {
    const widget = await asked();
    const first = vi.fn(() => null);
    widget.owidget.setCustomNumberNormalization(first);
    widget.owidget.setCustomNumberNormalization(() => "+1");
    submit(widget, "1");
    expect(first).not.toHaveBeenCalled();
    expect(widget.part("number").textContent).toBe("+1");
  });

  it.each([null, undefined])("gives way to the default once cleared with %s", async (nothing) => {
    const widget = await asked();
    const callback = vi.fn(() => null);
    widget.owidget.setCustomNumberNormalization(callback);
    widget.owidget.setCustomNumberNormalization(nothing);
    submit(widget, "+420 777 666 555");
    expect(callback).not.toHaveBeenCalled();
    expect(widget.part("number").textContent).toBe("+420777666555");
  });

  it("that throws is told of, with what it threw, and the number is invalid", async () => {
    const widget = await asked();
    const thrown = new Error("the page's own mistake");
    widget.owidget.setCustomNumberNormalization(() => {
      throw thrown;
    });
    submit(widget, "+420 777 666 555");
    expect(widget.part("problem")).toBeTruthy();
    expect(console.warn).toHaveBeenCalledExactlyOnceWith(
      "OOWidget simulator: the callback of setCustomNumberNormalization threw; " +
        "the number counts as invalid.",
      thrown,
    );
  });

  it.each<[string, unknown, string]>([
    ["nothing", undefined, "not undefined"],
    ["a number", 420777666555, "not a value of type number"],
    ["an object", { number: "+420777666555" }, "not a value of type object"],
    ["a promise", Promise.resolve("+420777666555"), "at once, not a promise"],
    ["an empty text", "", "not an empty one"],
    ["a blank text", "  ", "not blanks"],
  ])("that returns %s is told of, without the number", async (_, answer, named) => {
    const widget = await asked();
    widget.owidget.setCustomNumberNormalization(() => answer);
    submit(widget, "777 666 555");
    expect(widget.part("problem")).toBeTruthy();
    expect(warnings()).toHaveLength(1);
    expect(warnings()[0]).toContain("setCustomNumberNormalization must return a string");
    expect(warnings()[0]).toContain(named);
    expect(warnings()[0]).not.toContain("777");
  });

  it("may take the form away while it is asked", async () => {
    const widget = await asked();
    widget.owidget.setCustomNumberNormalization((number: string) => {
      widget.owidget.hideWidget();
      return number;
    });
    submit(widget, "12");
    expect(widget.maybe("window")).toBeNull();
    widget.owidget.openChat();
    expect(widget.part("name")).toBeTruthy();
    expect(widget.part("details").textContent).toContain("call back: 12");
  });
});

describe("without a callback", () => {
  it.each([
    ["+420 777 666 555", "+420777666555"],
    ["00420 777-666-555", "+420777666555"],
    [" +1 (650) 253.00/00 ", "+16502530000"],
    ["+12345678", "+12345678"],
    ["+123456789012345", "+123456789012345"],
  ])("%j is taken", async (typed, number) => {
    const widget = await asked();
    submit(widget, typed);
    expect(widget.part("number").textContent).toBe(number);
  });

  it.each([
    "777 666 555",
    "420777666555",
    "+1234567",
    "+1234567890123456",
    "+0420777666555",
    "000420777666555",
    "+420 777 666 555 x1",
    "++420777666555",
    "+420 ٧٧٧ 666 555",
    "call me",
  ])("%j is invalid", async (typed) => {
    const widget = await asked();
    submit(widget, typed);
    expect(widget.part("problem")).toBeTruthy();
    expect(widget.part<HTMLInputElement>("phone").value).toBe(typed);
  });
});

describe("the form", () => {
  it("is reached from the entry and the offline screen, and leads back", async () => {
    const { part, maybe, act, types } = await asked();
    expect(maybe("start")).toBeNull();
    part("back").click();
    expect(part("start")).toBeTruthy();
    await act("operator", "status", 0);
    part("callback").click();
    part("back").click();
    expect(part("notice").dataset.kind).toBe("offline");
    expect(types()).toEqual(["chatWindowOpen"]);
  });

  it("stays while the status changes, with what was typed", async () => {
    const { part, act } = await asked();
    write(part("phone"), "777");
    await act("operator", "status", 0);
    await act("operator", "status", 2);
    expect(part<HTMLInputElement>("phone").value).toBe("777");
  });

  it("makes room for a conversation, and does not come back after it", async () => {
    const { part, maybe, owidget } = await asked();
    owidget.openChat(true);
    expect(maybe("phone")).toBeNull();
    part("end").click();
    part("close").click();
    part("button").click();
    expect(part("start")).toBeTruthy();
  });

  it("is a phone field with its label, and asks for something", async () => {
    const { part } = await asked();
    const phone = part<HTMLInputElement>("phone");
    const asksFor = ["type", "inputmode", "autocomplete"].map((name) => phone.getAttribute(name));
    expect(asksFor).toEqual(["tel", "tel", "tel"]);
    expect(phone.closest("label")?.textContent).toBe("Your phone number");
    expect(part<HTMLButtonElement>("call").disabled).toBe(true);
    write(phone, "  ");
    expect(part<HTMLButtonElement>("call").disabled).toBe(true);
    phone.form?.dispatchEvent(new Event("submit", { cancelable: true }));
    expect(part("notice").dataset.kind).toBe("online");
    write(phone, "7");
    expect(part<HTMLButtonElement>("call").disabled).toBe(false);
  });

  it("tells of an invalid number in a word and a shape, until one types on", async () => {
    const widget = await asked();
    const phone = widget.part("phone");
    expect(widget.maybe("problem")).toBeNull();
    expect(phone.getAttribute("aria-invalid")).toBe("false");
    submit(widget, "777");
    const problem = widget.part("problem");
    expect(phone.getAttribute("aria-invalid")).toBe("true");
    expect(phone.getAttribute("aria-describedby")).toBe(problem.id);
    expect(problem.getAttribute("role")).toBe("alert");
    expect(problem.textContent).toBe("Invalid number. Please check it.");
    expect(problem.querySelector("svg")).toBeTruthy();
    write(phone, "7776");
    expect(widget.maybe("problem")).toBeNull();
    // A description is read out even where it is hidden.
    expect(problem.textContent).toBe("");
    expect(phone.getAttribute("aria-invalid")).toBe("false");
  });

  it("says the same thing once", async () => {
    const widget = await asked();
    submit(widget, "777");
    const said = widget.part("problem").querySelector("span")?.firstChild;
    widget.part("call").click();
    expect(widget.part("problem").querySelector("span")?.firstChild).toBe(said);
  });

  it("leads the focus: to the field, back to it, to the thanks, and out", async () => {
    const widget = await connected();
    widget.part("button").click();
    widget.part("callback").focus();
    widget.part("callback").click();
    expect(focusedPart()).toBe("phone");
    write(widget.part("phone"), "777");
    widget.part("call").focus();
    widget.part("call").click();
    expect(focusedPart()).toBe("phone");
    submit(widget, "+420 777 666 555");
    expect(focusedPart()).toBe("notice");
    widget.part("back").focus();
    widget.part("back").click();
    expect(focusedPart()).toBe("name");
  });

  it("leaves the focus where it is while the person is in another document", async () => {
    vi.spyOn(document, "hasFocus").mockReturnValue(false);
    const widget = await asked();
    submit(widget, "777");
    submit(widget, "+420 777 666 555");
    expect(focusedPart()).toBeUndefined();
  });

  it("lets the page hear every key, of a field that keeps nothing", async () => {
    const { part } = await asked();
    const heard = hearTyped();
    write(part("phone"), "7");
    write(part("phone"), "77");
    expect(heard).toEqual(["7", "77"]);
    const root = part("button").getRootNode() as ShadowRoot;
    expect(root.querySelector<HTMLInputElement>("[data-part=typed]")?.value).toBe("");
  });

  it.each([...LANGUAGES])("speaks %s", async (tag, texts) => {
    const widget = await asked(GUID, null, tag);
    expect(widget.part("call").textContent).toBe(texts.callBack);
    submit(widget, "1");
    expect(widget.part("problem").textContent).toBe(texts.invalidNumber);
  });
});

describe("a number", () => {
  it.each(["typed", "refused", "submitted"])("that was %s is gone with the window", async (how) => {
    const widget = await asked();
    write(widget.part("phone"), how === "submitted" ? "+420777666555" : "777");
    if (how !== "typed") widget.part("call").click();
    widget.part("close").click();
    widget.part("button").click();
    expect(widget.part("name")).toBeTruthy();
    widget.part("callback").click();
    expect(widget.part<HTMLInputElement>("phone").value).toBe("");
    expect(widget.maybe("problem")).toBeNull();
    expect(widget.maybe("number")).toBeNull();
  });

  it("is the operator's to see while the page lives, and nobody else's", async () => {
    const write = vi.spyOn(Storage.prototype, "setItem");
    const widget = await asked();
    submit(widget, "+420 777 666 555");
    widget.part("back").click();
    widget.part("callback").click();
    submit(widget, "+421 905 000 000");
    await widget.act("visitor", "join");
    const details = widget.part("details").textContent ?? "";
    expect(details).toContain("call back: +420777666555");
    expect(details.indexOf("420777")).toBeLessThan(details.indexOf("421905"));
    // Ids and times have digits too, but hardly as many of these in a row.
    expect(JSON.stringify(widget.events)).not.toMatch(/777 ?666|905 ?000/);
    expect(JSON.stringify(write.mock.calls)).not.toMatch(/777 ?666|905 ?000/);
    newDocument();
    const after = await connected();
    expect(after.part("details").textContent).not.toContain("call back");
  });
});
