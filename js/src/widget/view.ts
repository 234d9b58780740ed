import { onAbort } from "../abort";
import { button, h, hasFocus, part, sign } from "../dom";
import * as texts from "../texts/widget";
import { watchConnection } from "./connection";
import { dress } from "./dress";
import { eventList, problemList } from "./event-list";
import type { FrontEnd } from "./front-end";
import { type Model, SHOWN } from "./model";
import type { Display, Question, Words } from "./situation";
import css from "./style.css";

/** States that a chat only passes through, or that its failure tells of. */
const PASSING = ["idle", "loading", "connecting", "failed", "unsupported"];

/** One display of the model: status bar, whatever needs saying, the stage's slot, events. */
export class View implements Display {
  readonly slot = part("div", "slot");
  readonly root = h("div", { className: "owidget", role: "group", ariaLabel: texts.CHAT });
  readonly words: Words = { status: "", alarm: "" };
  readonly #bar = part("div", "bar");
  readonly #now = part("span", "now");
  readonly #facts = part("span", "facts");
  readonly #notice = part("div", "notice", { hidden: true });
  readonly #events = eventList();
  readonly #problems = problemList();
  readonly #frontEnd: FrontEnd;
  readonly #model: Model;
  #said = "";
  #shown = "";
  #stated = "";

  constructor(frontEnd: FrontEnd, model: Model, el: HTMLElement, signal: AbortSignal) {
    this.#frontEnd = frontEnd;
    this.#model = model;
    const { root } = this;
    this.#bar.append(this.#now, this.#facts);
    root.append(this.#bar, this.#notice, this.slot, this.#events.element, this.#problems.element);
    for (const type of ["focusin", "keydown", "keyup"]) root.addEventListener(type, guard);
    el.append(root);
    for (const name of SHOWN) model.on(`change:${name}`, () => frontEnd.reconcile());
    // First: what the front end does then depends on what is still on the page.
    onAbort(signal, () => root.remove());
    frontEnd.add(this, signal);
    watchConnection(root, signal, () => {
      this.wear(css);
      frontEnd.reconcile();
    });
    this.update();
  }

  wear(css: string): void {
    dress(this.root, css);
  }

  update(): void {
    const model = this.#model;
    const { situation } = this.#frontEnd;
    this.#bar.hidden = !model.get("show_status");
    this.#showStatus();
    this.#showNotice();
    this.slot.hidden = !this.#frontEnd.frames(this);
    this.#events.element.hidden = !model.get("show_events");
    this.#events.show(situation);
    if (situation.gone === "saved") this.#events.element.open = true;
    this.#problems.show(situation.problems);
  }

  #showStatus(): void {
    const model = this.#model;
    const { kernelSilent, gone, aside } = this.#frontEnd.situation;
    const { status: code, state } = (this.#frontEnd.hosts(this) && this.#frontEnd.seen) || {
      status: model.get("status_code"),
      state: model.get("state"),
    };
    // What was last heard of a kernel that does not answer must not look alive.
    const silent = gone === "ended" ? texts.GONE : kernelSilent && texts.NO_ANSWER;
    const status = texts.STATUS[(silent ? null : code) ?? "unknown"];
    const signs = [status, silent || texts.STATE[state]];
    if (gone === "saved") signs.unshift(texts.SAVED);
    const now = signs.map(({ word }) => word).join(", ");
    const quiet = this.#bar.hidden || gone || (!silent && PASSING.includes(state));
    this.words.status = quiet ? "" : now;
    if (now !== this.#shown) {
      this.#shown = now;
      this.#now.replaceChildren(...signs.map(sign));
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
    const all: Node[] = facts.map((fact) => h("span", {}, fact));
    if (aside) all.push(aside());
    this.#fill(this.#facts, all);
  }

  /** Rebuilt only when it says something else, so that focus stays where it was. */
  #showNotice(): void {
    const frontEnd = this.#frontEnd;
    const { situation } = frontEnd;
    const { said, parts, urgent } = this.#whatToSay();
    this.words.alarm = urgent ? said : "";
    const silence = situation.kernelSilent && !situation.gone ? texts.KERNEL_SILENT : "";
    const stuck = (silence || situation.gone) && frontEnd.undelivered.entries.length > 0;
    if (said + silence + stuck === this.#said) return;
    this.#said = said + silence + stuck;
    const all = silence ? [h("p", {}, silence), ...parts()] : parts();
    if (stuck) all.push(copyOut(frontEnd));
    this.#notice.dataset.urgent = `${urgent === true}`;
    this.#notice.hidden = all.length === 0;
    this.#fill(this.#notice, all);
  }

  /** Whoever had the focus on what goes finds it on what comes, or on the view, not on the page. */
  #fill(place: HTMLElement, parts: Node[]): void {
    const { root } = this;
    const focused = hasFocus(place);
    place.replaceChildren(...parts);
    if (!focused) return;
    const next = place.querySelector("button");
    if (next) return next.focus();
    // Only for now: a click on it is to reach the notebook's cell, as ever.
    root.tabIndex = -1;
    root.onblur = () => root.removeAttribute("tabindex");
    root.focus();
  }

  #whatToSay(): Question & { urgent?: boolean } {
    const model = this.#model;
    const frontEnd = this.#frontEnd;
    const { elsewhere, gone } = frontEnd.situation;
    const state = model.get("state");
    if (gone) return line(texts.MODEL_GONE[gone], gone === "ended");
    const error = state === "failed" ? model.get("error") : null;
    const failure = state === "unsupported" ? texts.UNSUPPORTED : error?.message;
    if (!failure || elsewhere) return frontEnd.question(this) ?? this.#nothingToAsk();
    return line(failure, true, () => frontEnd.retry());
  }

  #nothingToAsk(): Question & { urgent?: boolean } {
    if (this.#model.get("company_id") === null) return line(texts.NO_COMPANY, false);
    return { said: "", parts: () => [] };
  }
}

/**
 * JupyterLab takes letters for shortcuts of its own: an "x" on a button would cut the cell. What
 * goes with a modifier, such as saving the notebook, is left to it.
 */
function guard(event: Event): void {
  const { target, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
  const free = ctrlKey || metaKey || altKey;
  (target as Element).toggleAttribute("data-lm-suppress-shortcuts", !free);
}

/** Hands what could not be delivered to the person, as lines of JSON: details are in it. */
function copyOut(frontEnd: FrontEnd): HTMLElement {
  const place = h("span", { role: "status" });
  const copy = async () => {
    const text = frontEnd.undelivered.entries.map((entry) => JSON.stringify(entry)).join("\n");
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
    {},
    button(texts.COPY, () => void copy()),
    place,
  );
}

/** A sentence; what has failed can be tried again. */
function line(said: string, urgent: boolean, retry?: () => void) {
  const again = () => (retry ? [button(texts.RETRY, retry)] : []);
  return { said, urgent, parts: () => [h("p", {}, said), ...again()] };
}
