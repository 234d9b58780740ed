import { button, h, sign } from "../dom";
import { watchConnection } from "./connection";
import { eventList, problemList } from "./event-list";
import type { FrontEnd } from "./front-end";
import { type Model, SHOWN } from "./model";
import type { Display } from "./situation";
import * as texts from "./texts";

/** One display of the model: status bar, whatever needs saying, the stage's slot, events. */
export class View implements Display {
  readonly slot = h("div", { className: "owidget-slot" });
  readonly #bar = h("div", { className: "owidget-bar" });
  readonly #status = h("span", { className: "owidget-now", role: "status" });
  readonly #facts = h("span", { className: "owidget-facts" });
  readonly #notice = h("div", { className: "owidget-notice", hidden: true });
  readonly #events = eventList();
  readonly #problems = problemList();
  #said = "";
  #announced = "";
  #stated = "";

  constructor(
    private readonly frontEnd: FrontEnd,
    private readonly model: Model,
    el: HTMLElement,
    signal: AbortSignal,
  ) {
    this.#bar.append(this.#status, this.#facts);
    const root = h("section", { className: "owidget", ariaLabel: texts.CHAT });
    root.append(this.#bar, this.#notice, this.slot, this.#events.element, this.#problems.element);
    el.append(root);
    for (const name of SHOWN) model.on(`change:${name}`, () => this.update());
    model.on("change:placement", () => frontEnd.reconcile());
    frontEnd.add(this, signal);
    watchConnection(root, signal, () => frontEnd.reconcile());
    signal.addEventListener("abort", () => root.remove());
    this.update();
  }

  update(): void {
    const { model, frontEnd } = this;
    this.#bar.hidden = !model.get("show_status");
    this.#showStatus();
    this.#showNotice();
    this.slot.hidden = !frontEnd.frames(this);
    this.slot.style.setProperty("--owidget-height", `${model.get("height")}px`);
    this.#events.element.hidden = !model.get("show_events");
    this.#events.show(frontEnd.situation);
    if (frontEnd.situation.gone === "saved") this.#events.element.open = true;
    this.#problems.show(frontEnd.situation.problems);
  }

  #showStatus(): void {
    const { model } = this;
    const { kernelSilent, gone, aside } = this.frontEnd.situation;
    const { status: code, state: word } = (this.frontEnd.hosts(this) && this.frontEnd.seen) || {
      status: model.get("status_code"),
      state: model.get("state"),
    };
    // What was last heard of a kernel that does not answer must not look alive.
    const silent = gone === "ended" ? texts.GONE : kernelSilent && texts.NO_ANSWER;
    const status = texts.STATUS[(silent ? null : code) ?? "unknown"];
    const signs = [status, silent || texts.STATE[word]];
    if (gone === "saved") signs.unshift(texts.SAVED);
    const now = signs.map(({ word }) => word).join();
    // A live region speaks whenever it is written to: only when it has something new to say.
    if (now !== this.#announced) {
      this.#announced = now;
      this.#status.replaceChildren(...signs.map(sign));
    }
    const isolation = model.get("active_isolation");
    const facts = [
      model.get("_simulated") ? texts.SIMULATOR : model.get("host"),
      model.get("company_id"),
      model.get("preset"),
      isolation && texts.ISOLATION[isolation],
    ].filter((fact) => fact !== null);
    this.#facts.title = model.get("isolation_reason") ?? "";
    const stated = `${facts}${aside ? "+" : ""}`;
    if (stated === this.#stated) return;
    this.#stated = stated;
    this.#facts.replaceChildren(...facts.map((fact) => h("span", {}, fact)));
    if (aside) this.#facts.append(aside());
  }

  /** Rebuilt only when it says something else, so that focus stays where it was. */
  #showNotice(): void {
    const { frontEnd } = this;
    const { situation } = frontEnd;
    const { said, parts, urgent } = this.#whatToSay();
    const silence = situation.kernelSilent && !situation.gone ? texts.KERNEL_SILENT : "";
    const stuck = (silence || situation.gone) && frontEnd.outboxes.stuck;
    if (said + silence + stuck === this.#said) return;
    this.#said = said + silence + stuck;
    const all = silence ? [h("p", {}, silence), ...parts()] : parts();
    if (stuck) all.push(copyOut(frontEnd));
    this.#notice.role = urgent ? "alert" : "group";
    this.#notice.replaceChildren(...all);
    this.#notice.hidden = all.length === 0;
  }

  #whatToSay(): { said: string; parts: () => HTMLElement[]; urgent?: boolean } {
    const { model, frontEnd } = this;
    const { elsewhere, question, gone } = frontEnd.situation;
    const state = model.get("state");
    if (gone) return { ...line(texts.MODEL_GONE[gone]), urgent: gone === "ended" };
    if (elsewhere) {
      return line(texts.ELSEWHERE[elsewhere], texts.TAKE_OVER, () => frontEnd.takeOver(this));
    }
    const error = state === "failed" ? model.get("error") : null;
    const failure = state === "unsupported" ? texts.UNSUPPORTED : error?.message;
    if (failure) return { ...line(failure, texts.RETRY, () => frontEnd.retry()), urgent: true };
    if (question) return question;
    if (frontEnd.hosting && !frontEnd.hosts(this) && model.get("placement") === "cell") {
      return line(texts.HERE_TOO, texts.BRING, () => frontEnd.bring(this));
    }
    if (model.get("company_id") === null) return line(texts.NO_COMPANY);
    return { said: "", parts: () => [] };
  }
}

/** Hands what could not be delivered to the person, as lines of JSON: details are in it. */
function copyOut(frontEnd: FrontEnd): HTMLElement {
  const place = h("span");
  const copy = async () => {
    const text = frontEnd.outboxes.undelivered.map((entry) => JSON.stringify(entry)).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      place.textContent = texts.COPIED;
    } catch {
      // No clipboard here, or none allowed: then to be copied by hand.
      const area = h("textarea", { value: text, readOnly: true, ariaLabel: texts.COPY });
      place.replaceChildren(area);
      area.select();
    }
  };
  return h(
    "p",
    { role: "status" },
    button(texts.COPY, () => void copy()),
    place,
  );
}

/** A sentence, with the button for what can be done about it. */
function line(text: string, action?: string, act?: () => void) {
  const does = () => (action && act ? [button(action, act)] : []);
  return { said: text, parts: () => [h("p", {}, text), ...does()] };
}
