import { button, h } from "../dom";
import * as texts from "../texts/hosting";
import type { Model } from "../widget/model";
import type { Display, Question, Situation } from "../widget/situation";
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
   * @param stage - which there is, with a frame to be shown or without one.
   */
  update(stage: Stage | null): void {
    const framed = stage?.shown ? stage : null;
    const displays = this.#connected();
    // What a view looks like while its chat is alive: no saved one has to carry that.
    for (const display of displays) display.wear(buttons + live);
    this.#panel?.update(framed !== null);
    this.#surroundings.update(framed?.slot ?? null);
    this.#voice.hear(displays);
  }

  /**
   * What a view says of where the chat is; null where it need not.
   *
   * @param elsewhere - how it stands with the page that has the chat, if another one has.
   * @param bring - brings the chat into this view; null where it is there already, or nowhere.
   */
  whereabouts(elsewhere: Situation["elsewhere"], bring: (() => void) | null): Question | null {
    if (elsewhere) return said(texts.ELSEWHERE[elsewhere], texts.TAKE_OVER, bring);
    if (bring && this.#model.get("placement") === "cell") {
      return said(texts.HERE_TOO, texts.BRING, bring);
    }
    return null;
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

/** A sentence, with the button for what can be done about it. */
function said(text: string, action: string, does: (() => void) | null): Question {
  const press = () => (does ? [button(action, does)] : []);
  return { said: text, parts: () => [h("p", {}, text), ...press()] };
}
