import type * as Hosting from "../hosting/index";
import type { Model } from "./model";
import type { Display } from "./situation";

/** Where a stage goes: into a view, or into the corner of the page. */
export class Place {
  /** The view that the person asked for. */
  preferred: Display | null = null;
  #panel: Hosting.PagePanel | null = null;

  readonly #model: Model;
  readonly #displays: ReadonlySet<Display>;
  readonly #moved: () => void;

  /** @param moved - the panel has gone with its notebook: another place is to be looked for. */
  constructor(model: Model, displays: ReadonlySet<Display>, moved: () => void) {
    this.#model = model;
    this.#displays = displays;
    this.#moved = moved;
  }

  /** The page's corner, or the first view that is on the page; null where there is none. */
  slot(hosting: typeof Hosting | null): HTMLElement | null {
    if (this.#model.get("placement") === "page") return this.#corner(hosting);
    this.closePanel();
    const connected = this.#connected();
    const preferred = connected.find((display) => display === this.preferred);
    return (preferred ?? connected[0])?.slot ?? null;
  }

  update(framed: boolean): void {
    this.#panel?.update(framed);
  }

  closePanel(): void {
    this.#panel?.close();
    this.#panel = null;
  }

  #connected(): Display[] {
    return [...this.#displays].filter(({ slot }) => slot.isConnected);
  }

  #corner(hosting: typeof Hosting | null): HTMLElement | null {
    const [first] = this.#connected();
    if (this.#panel || !first) return this.#panel?.slot ?? null;
    if (!hosting) return document.body; // it will hang there
    this.#panel = new hosting.PagePanel(this.#model, first.slot, () => {
      this.closePanel();
      this.#moved();
    });
    return this.#panel.slot;
  }
}
