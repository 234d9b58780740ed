import { h, part, sign } from "../dom";
import * as texts from "../texts/widget";
import type { LogLine, Problem } from "../wire";

/**
 * The foldable list of what is in the model's event log: number, time, type; never details. Rows
 * are made only for who looks at them, and once: a burst would cost the page more than the kernel.
 */
export function eventList() {
  const list = part("ol", "events", { tabIndex: 0, ariaLabel: texts.EVENT_LOG });
  const { element, summary } = fold(list);
  let known: LogLine[] = [];
  let last = 0;
  const draw = () => {
    if (!element.open) return;
    const fresh = known.filter(({ seq }) => seq > last);
    if (last === 0) list.replaceChildren();
    list.append(...fresh.map(row));
    while (list.children.length > known.length) list.firstChild?.remove();
    last = known.at(-1)?.seq ?? 0;
    if (last === 0) list.replaceChildren(h("li", {}, texts.NO_EVENTS));
    if (fresh.length > 0) list.scrollTop = list.scrollHeight;
  };
  element.addEventListener("toggle", draw);
  return {
    element,
    show({ lines, total }: { lines: LogLine[]; total: number }): void {
      if (lines === known && summary.textContent) return;
      known = lines;
      summary.textContent = texts.EVENTS(total);
      draw();
    },
  };
}

/** A list that can be folded under its summary. */
function fold(list: HTMLElement) {
  const summary = h("summary");
  return { summary, element: part("details", "fold", {}, summary, list) };
}

let clock: Intl.DateTimeFormat | undefined;

function row({ seq, type, at, code }: LogLine): HTMLElement {
  clock ??= new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "medium" });
  const time = h("time", { dateTime: new Date(at).toISOString() }, clock.format(at));
  const what = type === "status" ? sign(texts.STATUS[code ?? "unknown"]) : h("span", {}, type);
  return h("li", { value: seq }, time, what);
}

/** What went wrong in Python's callbacks: shown here, because no cell shows it. */
export function problemList() {
  const list = h("div");
  const { element, summary } = fold(list);
  let shown: Problem[] = [];
  element.hidden = true;
  element.classList.add("owidget-problems");
  return {
    element,
    show(problems: Problem[]): void {
      if (problems === shown) return;
      shown = problems;
      element.hidden = problems.length === 0;
      summary.textContent = texts.PROBLEMS(problems.length);
      list.replaceChildren(
        ...problems.map(({ where, message, traceback }) =>
          h(
            "div",
            {},
            h("strong", {}, `${where}: `),
            message,
            h("pre", { tabIndex: 0 }, traceback),
          ),
        ),
      );
    },
  };
}
