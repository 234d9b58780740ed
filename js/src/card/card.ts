import { button, h, icon, part } from "../dom";
import * as texts from "../texts/card";
import type { Situation } from "../widget/situation";
import { type ActiveIsolation, type Run, randomId } from "../wire";
import css from "./card.css";
import { type Choice, choose, chosenFor, forget, nextChoice } from "./choices";

/** An isolation, and why it is this one. */
/** Asks the person for an isolation, unless it was chosen for that host before. */
export class Card {
  /**
   * @param show - changes what the model's views show.
   * @param renew - asks for a fresh stage, so that another choice can be made.
   */
  constructor(
    private readonly show: (change: Pick<Situation, "question" | "aside">) => void,
    private readonly renew: () => void,
  ) {}

  /**
   * Rejects when the signal aborts before the person has chosen.
   *
   * @param asking - called where there is no choice yet, and the card is shown.
   */
  async ask(
    run: Run,
    reason: string,
    signal: AbortSignal,
    asking: () => void,
  ): Promise<ActiveIsolation> {
    const host = new URL(run.script ?? location.href).host;
    const known = chosenFor(host);
    if (!known) {
      asking();
      const parts = () => [card(host, reason)];
      this.show({ question: { said: `card ${reason}`, parts }, aside: null });
    }
    const isolation = known ?? (await nextChoice(host, signal));
    const again = () => {
      forget(host);
      this.renew();
    };
    this.show({ question: null, aside: () => chooseAgain(again) });
    return { isolation, why: known ? texts.CHOSEN_BEFORE : texts.CHOSEN };
  }
}

/** The choice that the person has to make where no origin of its own can be had. */
function card(host: string, reason: string): HTMLElement {
  const title = texts.TITLE(host);
  return part(
    "div",
    "card",
    { role: "group", ariaLabel: title },
    h("style", {}, css),
    part("p", "card-title", { role: "heading", ariaLevel: "3" }, title),
    h("p", {}, texts.TEXT),
    part(
      "div",
      "options",
      {},
      option(host, "opaque", texts.OPAQUE),
      option(host, "none", texts.NONE),
    ),
    h(
      "details",
      {},
      h("summary", {}, texts.WHY),
      h("p", {}, texts.REASON(reason)),
      h("p", {}, texts.HOLDS(host), h("code", {}, texts.PYTHON), "."),
    ),
  );
}

function option(host: string, choice: Choice, said: texts.Option): HTMLElement {
  const press = button(said.button, () => choose(host, choice));
  const head = part("div", "option-head", {}, press);
  const { recommended } = said;
  if (recommended) head.append(part("span", "badge", {}, recommended));
  const costs = h("ul", { id: `owidget-${randomId()}` });
  for (const { shape, text } of said.costs) {
    costs.append(h("li", {}, icon(shape), h("span", {}, text)));
  }
  // What it costs is read out with the button, by whoever cannot see it below.
  press.setAttribute("aria-describedby", costs.id);
  return part("div", recommended ? "option owidget-recommended" : "option", {}, head, costs);
}

/** Beside what the views say of the isolation: leads back to the card. */
function chooseAgain(again: () => void): HTMLElement {
  const change = button(texts.CHANGE, again);
  change.title = texts.CHANGE_TITLE;
  return part("span", "change", {}, change);
}
