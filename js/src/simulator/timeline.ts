import type { Moment } from "../simulation.js";
import type { OWidgetPage } from "./install.js";
import { callPage, warn } from "./warn.js";
import type { Widget } from "./widget.js";

/** Has everything happen in its time, counted from now. A status at 0 has been told already. */
export function playTimeline(widget: Widget, timeline: readonly Moment[]): void {
  for (const moment of timeline) widget.clock.after(moment.at, () => play(widget, moment));
}

function play(widget: Widget, moment: Moment): void {
  if ("call" in moment) {
    callOfPage(widget.page, moment.call);
  } else if ("connection" in moment) {
    if (moment.connection === "lost") widget.loseConnection();
    else widget.returnConnection();
  } else if (!widget.manual) {
    // Otherwise it is the affair of whoever drives the operator.
    widget.setStatus(moment.status);
  }
}

/** As an admin's rule calls what a page has put on the object for it. */
function callOfPage(page: OWidgetPage, name: string): void {
  const owner = page.$owidget as unknown as Record<string, () => unknown> | undefined;
  if (typeof owner?.[name] === "function") callPage(`$owidget.${name}`, () => owner[name]?.());
  else warn(`the scenario calls $owidget.${name}(), and the page has no such function.`);
}
