import type { LogLine, Problem } from "../wire";
import { h, sign } from "./dom";
import * as texts from "./texts";

/** The foldable list of what is in the model's event log: number, time, type; never details. */
export function eventList() {
  const summary = h("summary");
  const list = h("ol", { className: "owidget-events", tabIndex: 0, ariaLabel: "Event log" });
  const element = h("details", { className: "owidget-fold" }, summary, list);
  let shown: LogLine[] = [];
  return {
    element,
    show({ lines, total }: { lines: LogLine[]; total: number }): void {
      if (lines === shown && summary.textContent) return;
      shown = lines;
      summary.textContent = texts.EVENTS(total);
      list.replaceChildren(...(lines.length > 0 ? lines.map(row) : [h("li", {}, texts.NO_EVENTS)]));
      list.scrollTop = list.scrollHeight;
    },
  };
}

function row({ seq, type, at, code }: LogLine): HTMLElement {
  const time = h("time", { dateTime: new Date(at).toISOString() });
  time.textContent = new Date(at).toLocaleTimeString();
  const what = type === "status" ? sign(texts.STATUS[code ?? "unknown"]) : h("span", {}, type);
  return h("li", { value: seq }, time, what);
}

/** What went wrong in Python's callbacks: shown here, because no cell shows it. */
export function problemList() {
  const summary = h("summary");
  const list = h("div");
  const element = h("details", { className: "owidget-fold owidget-problems" }, summary, list);
  let shown: Problem[] = [];
  element.hidden = true;
  return {
    element,
    show(problems: Problem[]): void {
      if (problems === shown) return;
      shown = problems;
      element.hidden = problems.length === 0;
      summary.textContent = texts.PROBLEMS(problems.length);
      list.replaceChildren(
        ...problems.map(({ where, message, traceback }) =>
          h("div", {}, h("strong", {}, `${where}: `), message, h("pre", {}, traceback)),
        ),
      );
    },
  };
}
