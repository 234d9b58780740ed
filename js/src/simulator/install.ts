import { createApi, type OWidgetApi } from "./api.js";
import { type Clock, realClock, TIMINGS, type Timings } from "./clock.js";
import { CONTROL, type Control, createControl } from "./control.js";
import { ScriptedOperator } from "./scripted.js";
import { View } from "./view/view.js";
import { callPage } from "./warn.js";
import { Widget } from "./widget.js";

/** The script element as a page prepared it. */
export type OWidgetScript = HTMLOrSVGScriptElement & {
  $owidgetOnLoad?: unknown;
};

export interface OWidgetPage extends Window {
  $owidget?: OWidgetApi;
  [CONTROL]?: Control;
}

/**
 * Puts one widget on the page. A script inserted twice makes two, each handed to its own script
 * element; the names on the window then belong to the later one.
 */
export function install(
  page: OWidgetPage,
  script: OWidgetScript | null,
  clock: Clock = realClock,
  timings: Timings = TIMINGS,
): OWidgetApi {
  const widget = new Widget(page, clock, timings);
  const view = new View(widget);
  const operator = new ScriptedOperator(widget);
  const api = createApi(widget);

  page.$owidget = api;
  page[CONTROL] = createControl(widget, view, operator);

  // Never within the evaluation: pages rely on the script being done when they are called.
  clock.after(timings.load, () => {
    const onLoad = script?.$owidgetOnLoad;
    if (typeof onLoad === "function") {
      callPage("$owidgetOnLoad", onLoad.bind(script) as (owidget: OWidgetApi) => unknown, api);
    }
  });
  return api;
}
