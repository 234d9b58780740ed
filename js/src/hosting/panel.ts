import { button, h, icon, part } from "../dom";
import * as texts from "../texts/hosting";
import type { Model } from "../widget/model";
import tokens from "../widget/tokens.css";
import buttons from "./button.css";
import live from "./live.css";
import css from "./panel.css";

const DOCK = "owidget-dock";

/**
 * A stage's place with `placement="page"`: a panel in the corner of the notebook page, as the
 * button sits on a website. It outlives the cell's output, and goes with its notebook.
 */
export class PagePanel {
  readonly slot = part("div", "slot");
  readonly #title = part("span", "panel-title");
  readonly #fold = button("", () => this.#setFolded(!this.#body.hidden));
  readonly #body = part("div", "panel-body", {}, this.slot);
  readonly #element = part("section", "panel", { hidden: true });
  readonly #model: Model;
  readonly #observer: IntersectionObserver;

  /**
   * @param view - in whose notebook it is; outside of any it goes with the page.
   * @param gone - called when the notebook is no longer on the page.
   */
  constructor(model: Model, view: Element, gone: () => void) {
    this.#model = model;
    const place = view.closest(".jp-NotebookPanel") ?? document.body;
    const bar = part("div", "panel-bar", {}, this.#title, this.#fold);
    this.#element.append(bar, this.#body);
    this.#setFolded(false);
    // Its own host may have no word on the scheme here, where it has one on the view's place.
    this.#element.style.colorScheme = getComputedStyle(view).colorScheme;
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
    this.#title.textContent = texts.PANEL(this.#model.get("preset"));
    this.#element.ariaLabel = this.#title.textContent;
    this.#element.hidden = !framed;
  }

  close(): void {
    this.#observer.disconnect();
    const parent = this.#element.parentElement;
    this.#element.remove();
    if (parent?.querySelector(".owidget-panel") === null) parent.remove();
  }

  #setFolded(folded: boolean): void {
    this.#body.hidden = folded;
    this.#fold.replaceChildren(
      icon(folded ? "M3 10l5-5 5 5" : "M3 6l5 5 5-5"),
      folded ? texts.UNFOLD : texts.FOLD,
    );
    this.#fold.ariaExpanded = String(!folded);
  }
}

/** Where the panels of all models of this page stand side by side. */
function dock(): HTMLElement {
  const found = document.querySelector<HTMLElement>(`body > .${DOCK}`);
  if (found) return found;
  const made = h("div", { className: DOCK }, h("style", {}, tokens + buttons + live + css));
  document.body.append(made);
  return made;
}
