import { button, h } from "../dom";
import type { Model } from "../widget/model";
import css from "./panel.css";

const DOCK = "owidget-dock";

/**
 * A stage's place with `placement="page"`: a panel in the corner of the notebook page, as the
 * button sits on a website. It outlives the cell's output, and goes with its notebook.
 */
export class PagePanel {
  readonly slot = h("div", { className: "owidget-panel-slot" });
  readonly #title = h("span", { className: "owidget-panel-title" });
  readonly #fold = button("", () => this.#setFolded(!this.slot.hidden));
  readonly #element = h("section", { className: "owidget-panel", hidden: true });
  readonly #observer: IntersectionObserver;

  /**
   * @param view - in whose notebook it is; outside of any it goes with the page.
   * @param gone - called when the notebook is no longer on the page.
   */
  constructor(
    private readonly model: Model,
    view: Element,
    gone: () => void,
  ) {
    const place = view.closest(".jp-NotebookPanel") ?? document.body;
    const bar = h("div", { className: "owidget-panel-bar" }, this.#title, this.#fold);
    this.#element.append(bar, this.slot);
    this.#setFolded(false);
    dock().append(this.#element);
    this.update(false);
    // A notebook in a tab behind another one has no size, and one that was closed no place.
    this.#observer = new IntersectionObserver(([...seen]) => {
      if (!place.isConnected) return gone();
      this.#element.dataset.behind = String(!seen.at(-1)?.isIntersecting);
    });
    if (place !== document.body) this.#observer.observe(place);
  }

  /** @param framed - whether there is a frame to be shown. */
  update(framed: boolean): void {
    const preset = this.model.get("preset");
    this.#title.textContent = preset ? `Chat – ${preset}` : "Chat";
    this.#element.ariaLabel = this.#title.textContent;
    this.#element.hidden = !framed;
    this.slot.style.height = `${this.model.get("height")}px`;
  }

  close(): void {
    this.#observer.disconnect();
    const parent = this.#element.parentElement;
    this.#element.remove();
    if (parent?.querySelector(".owidget-panel") === null) parent.remove();
  }

  #setFolded(folded: boolean): void {
    this.slot.hidden = folded;
    this.#fold.textContent = folded ? "▴" : "▾";
    this.#fold.ariaLabel = folded ? "Unfold the chat" : "Fold the chat";
    this.#fold.ariaExpanded = String(!folded);
  }
}

/** Where the panels of all models of this page stand side by side. */
function dock(): HTMLElement {
  const found = document.querySelector<HTMLElement>(`body > .${DOCK}`);
  if (found) return found;
  const made = h("div", { className: DOCK }, h("style", {}, css));
  document.body.append(made);
  return made;
}
