/**
 * The anywidget module. `initialize` only listens: a saved notebook runs it when it is merely
 * opened, so nothing may be contacted and nothing on the page may change before `render`.
 */
import type { AnyWidget } from "@anywidget/types";
import { NOT_HERE } from "../texts/widget";
import { FrontEnd } from "./front-end";
import type { Model, Traits } from "./model";
import { frontEndOf } from "./page";
import { View } from "./view";

const widget: AnyWidget<{ [Name in keyof Traits]: Traits[Name] }> = {
  initialize({ model, signal }) {
    new FrontEnd(model as Model, signal);
  },
  render({ model, el, signal }) {
    const frontEnd = frontEndOf(model as Model);
    if (!frontEnd) throw new Error(NOT_HERE);
    new View(frontEnd, model as Model, el, signal);
  },
};

export default widget;
