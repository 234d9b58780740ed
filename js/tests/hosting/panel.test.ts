import { beforeEach, describe, expect, test, vi } from "vitest";
import { PagePanel } from "../../src/hosting/panel";
import { ModelDouble } from "../widget/scene";

type Seen = Pick<IntersectionObserverEntry, "isIntersecting">;

/** The browser's observers, told by the test what is on screen. */
let observers: { target: Element | null; tell: (...seen: Seen[]) => void }[];

beforeEach(() => {
  observers = [];
  document.body.replaceChildren();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      readonly #observer: (typeof observers)[number];
      constructor(callback: (seen: Seen[]) => void) {
        this.#observer = { target: null, tell: (...seen) => callback(seen) };
        observers.push(this.#observer);
      }
      observe(target: Element): void {
        this.#observer.target = target;
      }
      disconnect(): void {
        this.#observer.target = null;
      }
    },
  );
});

function notebook(): HTMLElement {
  const place = Object.assign(document.createElement("div"), { className: "jp-NotebookPanel" });
  document.body.append(place);
  return place;
}

function open(place: Element = document.body, traits = {}) {
  const model = new ModelDouble(traits);
  const gone = vi.fn();
  const panel = new PagePanel(model.model, place, gone);
  return { model, gone, panel, element: panel.slot.closest<HTMLElement>(".owidget-panel") };
}
const docks = () => document.querySelectorAll(".owidget-dock");
const fold = ({ element }: { element: HTMLElement | null }) => element?.querySelector("button");
const isFolded = ({ panel }: { panel: PagePanel }) => panel.slot.parentElement?.hidden;

describe("the dock", () => {
  test("is one for all panels of the page, with their style", () => {
    const [one, other] = [open(), open()];
    expect(docks()).toHaveLength(1);
    expect(docks()[0]?.parentElement).toBe(document.body);
    expect([...document.querySelectorAll(".owidget-dock > .owidget-panel")]).toEqual([
      one.element,
      other.element,
    ]);
    expect(docks()[0]?.querySelectorAll("style")).toHaveLength(1);
    expect(docks()[0]?.querySelector("style")?.textContent).toContain(".owidget-panel");
  });

  test("goes with its last panel", () => {
    const [one, other] = [open(), open()];
    one.panel.close();
    expect(docks()).toHaveLength(1);
    expect(other.element?.isConnected).toBe(true);
    other.panel.close();
    expect(docks()).toHaveLength(0);
    expect(document.body.children).toHaveLength(0);
  });
});

describe("a panel", () => {
  test("is hidden while there is no frame in it", () => {
    const { panel, element } = open();
    expect(element?.hidden).toBe(true);
    panel.update(true);
    expect(element?.hidden).toBe(false);
    panel.update(false);
    expect(element?.hidden).toBe(true);
  });

  test("is named after the chat's preset, as text, and follows it", () => {
    const { model, panel, element } = open();
    expect(element?.ariaLabel).toBe("Chat");
    model.change("preset", "<b>sales</b>");
    panel.update(true);
    expect(element?.ariaLabel).toBe("Chat – <b>sales</b>");
    expect(element?.querySelector(".owidget-panel-title")?.textContent).toBe("Chat – <b>sales</b>");
    expect(element?.querySelector("b")).toBeNull();
  });

  test("folds and unfolds with its button, which says so", () => {
    const opened = open();
    const button = fold(opened);
    const said = () => [isFolded(opened), button?.ariaExpanded, button?.textContent];
    opened.panel.update(true);
    expect(said()).toEqual([false, "true", "Fold the chat"]);
    button?.click();
    expect(said()).toEqual([true, "false", "Unfold the chat"]);
    opened.panel.update(true);
    expect(isFolded(opened), "it stays folded").toBe(true);
    expect(opened.element?.hidden).toBe(false);
    button?.click();
    expect(said()).toEqual([false, "true", "Fold the chat"]);
  });

  test("is folded on its own", () => {
    const [one, other] = [open(), open()];
    fold(one)?.click();
    expect([isFolded(one), isFolded(other)]).toEqual([true, false]);
  });
});

describe("its notebook", () => {
  test("behind another tab takes it out of sight, and brings it back", () => {
    const { element, gone } = open(notebook());
    observers[0]?.tell({ isIntersecting: false });
    expect(element?.dataset.behind).toBe("true");
    observers[0]?.tell({ isIntersecting: false }, { isIntersecting: true });
    expect(element?.dataset.behind).toBe("false");
    expect(gone).not.toHaveBeenCalled();
  });

  test("once it is closed takes it along", () => {
    const place = notebook();
    const { gone } = open(place);
    expect(observers[0]?.target).toBe(place);
    place.remove();
    observers[0]?.tell({ isIntersecting: false });
    expect(gone).toHaveBeenCalledOnce();
  });

  test("is watched no longer than the panel is there", () => {
    const { panel } = open(notebook());
    panel.close();
    expect(observers[0]?.target).toBeNull();
  });

  test("where there is none, the page itself is not watched", () => {
    open();
    expect(observers[0]?.target).toBeNull();
  });
});
