import { CONTROL, type Control, SIMULATION, type Simulation } from "../simulation.js";
import { createApi, type OWidgetApi } from "./api.js";
import { createControl } from "./control.js";
import { serveQueue } from "./queue.js";
import { ScriptedOperator } from "./scripted.js";
import { sharedOf } from "./shared.js";
import { playTimeline } from "./timeline.js";
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
  [SIMULATION]?: Simulation | Promise<Simulation>;
}

/**
 * Puts one widget on the page, which begins once it is known what it is to play. A script inserted
 * twice makes two, each handed to its own script element; the names on the window then belong to
 * the later one.
 */
export function install(page: OWidgetPage, script: OWidgetScript | null): OWidgetApi {
  const widget = new Widget(page, sharedOf(page), script?.nonce);
  const view = new View(widget);
  const api = createApi(widget);
  const loaded = (): void => {
    const onLoad = script?.$owidgetOnLoad;
    if (typeof onLoad === "function") {
      callPage("$owidgetOnLoad", onLoad.bind(script) as (owidget: OWidgetApi) => unknown, api);
    }
  };

  page.$owidget = api;
  page[CONTROL] = createControl(widget, view);

  const given = page[SIMULATION];
  const play = (simulation: Simulation | undefined): void => begin(widget, api, simulation, loaded);
  if (given instanceof Promise) given.then(play, refuse);
  else play(given);
  return api;
}

function begin(
  widget: Widget,
  api: OWidgetApi,
  simulation: Simulation | undefined,
  loaded: () => void,
): void {
  if (!simulation?.scenario) return refuse();
  const { scenario, speed } = simulation;
  const { clock, shared } = widget;
  // A second widget joins in at the pace that the first has come to.
  if (!shared.paced) clock.speed = speed;
  shared.paced = true;
  api.isSupported = scenario.supported;
  serveQueue(widget, scenario.queue.each);
  new ScriptedOperator(widget, scenario);
  widget.whenConnected(() => playTimeline(widget, scenario.timeline));
  widget.begin(scenario);
  // Never within the evaluation: pages rely on the script being done when they are called.
  clock.after(scenario.load, loaded);
}

function refuse(...reason: unknown[]): void {
  console.error(
    "OOWidget simulator: it was not told what to play, so nothing happens. Load it from its own " +
      "host (python -m owidget_jupyter.simulator), or through OWidget.simulated().",
    ...reason,
  );
}
