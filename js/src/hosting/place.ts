import { button, h } from "../dom";
import * as texts from "../texts/hosting";
import type { Model } from "../widget/model";
import type { Display, Question } from "../widget/situation";
import buttons from "./button.css";
import { Height } from "./height";
import live from "./live.css";
import { PagePanel } from "./panel";
import type { Stage } from "./stage";
import { Surroundings } from "./surroundings";
import { Voice } from "./voice";

/** Where a stage goes: into a view, or into the corner of the page. */
export class Place {
  readonly #model: Model;
  readonly #displays: ReadonlySet<Display>;
  readonly #moved: () => void;
  readonly #voice = new Voice();
  readonly #surroundings: Surroundings;
  #panel: PagePanel | null = null;

  /** @param moved - the panel has gone with its notebook: another place is to be looked for. */
  constructor(model: Model, displays: ReadonlySet<Display>, moved: () => void) {
    this.#model = model;
    this.#displays = displays;
    this.#moved = moved;
    this.#surroundings = new Surroundings(new Height(model));
  }

  /**
   * The page's corner, or the first view that is on the page; null where there is none.
   *
   * @param preferred - the view that the person asked for.
   */
  slot(preferred: Display | null): HTMLElement | null {
    const connected = this.#connected();
    if (this.#model.get("placement") === "page") return this.#corner(connected[0]);
    this.closePanel();
    return (connected.find((display) => display === preferred) ?? connected[0])?.slot ?? null;
  }

  /**
   * Follows what the views show.
   *
   * @param stage - which there is, with a frame or without one.
   */
  update(stage: Stage | null): void {
    const framed = stage?.frame ? stage : null;
    const displays = this.#connected();
    for (const { root } of displays) furnish(root);
    this.#panel?.update(framed !== null);
    this.#surroundings.update(framed?.slot ?? null);
    this.#voice.hear(displays);
  }

  /**
   * What a view says where nothing else is to be said.
   *
   * @param bring - brings the chat there; null where it is there already, or nowhere.
   */
  hint(bring: (() => void) | null): Question | null {
    if (bring && this.#model.get("placement") === "cell") {
      const parts = () => [h("p", {}, texts.HERE_TOO), button(texts.BRING, bring)];
      return { said: texts.HERE_TOO, parts };
    }
    if (this.#model.get("company_id") !== null) return null;
    return { said: texts.NO_COMPANY, parts: () => [h("p", {}, texts.NO_COMPANY)] };
  }

  close(): void {
    this.closePanel();
    this.#surroundings.update(null);
    this.#voice.close();
  }

  closePanel(): void {
    this.#panel?.close();
    this.#panel = null;
  }

  #connected(): Display[] {
    return [...this.#displays].filter(({ slot }) => slot.isConnected);
  }

  #corner(view: Display | undefined): HTMLElement | null {
    if (this.#panel || !view) return this.#panel?.slot ?? null;
    this.#panel = new PagePanel(this.#model, view.slot, () => {
      this.closePanel();
      this.#moved();
    });
    return this.#panel.slot;
  }
}

/** Brings what a view looks like while its chat is alive: no saved one has to carry that. */
function furnish(root: HTMLElement): void {
  if (!root.querySelector(":scope > style")) root.prepend(h("style", {}, buttons + live));
}
