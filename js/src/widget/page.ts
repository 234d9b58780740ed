/**
 * What all models of one notebook page share. Each model evaluates its own copy of this module,
 * so a module-level variable would not be shared: a registered symbol on `globalThis` is.
 */
import type { AssetName } from "../wire";
import type { FrontEnd } from "./front-end";
import type { Model } from "./model";

interface Page {
  /** By model: a notebook and its console are two of them, each with a widget manager. */
  frontEnds: Map<string, FrontEnd>;
  managers: WeakMap<object, number>;
  count: number;
  assets: Map<string, Promise<string>>;
  modules: Map<string, Promise<unknown>>;
}

const PAGE = Symbol.for("owidget_jupyter.page");

function page(): Page {
  const owner = globalThis as unknown as Record<symbol, Page | undefined>;
  owner[PAGE] ??= {
    frontEnds: new Map(),
    managers: new WeakMap(),
    count: 0,
    assets: new Map(),
    modules: new Map(),
  };
  return owner[PAGE];
}

function keyOf(model: Model): string {
  const { managers } = page();
  const manager: object = model.widget_manager ?? globalThis;
  const number = managers.get(manager) ?? page().count++;
  managers.set(manager, number);
  return `${number} ${model.get("_key")}`;
}

/** The front end of a model in this page, wherever `initialize` has made it. */
export function frontEndOf(model: Model): FrontEnd | undefined {
  return page().frontEnds.get(keyOf(model));
}

/** Makes a front end the one of its model; returns what takes that back. */
export function enter(model: Model, frontEnd: FrontEnd): () => void {
  const { frontEnds } = page();
  const key = keyOf(model);
  frontEnds.set(key, frontEnd);
  return () => {
    if (frontEnds.get(key) === frontEnd) frontEnds.delete(key);
  };
}

/**
 * The text of one of the heavy parts, fetched once per page and build. A fetch whose asker went
 * away is forgotten, and whoever else waited for it asks on its own.
 */
export async function assetText(
  build: string,
  name: AssetName,
  signal: AbortSignal,
  fetchText: (name: AssetName, signal: AbortSignal) => Promise<string>,
): Promise<string> {
  const { assets } = page();
  const key = `${build}/${name}`;
  for (;;) {
    let text = assets.get(key);
    if (!text) {
      text = fetchText(name, signal);
      assets.set(key, text);
      text.catch(() => assets.delete(key));
    }
    try {
      return await text;
    } catch (reason) {
      if (signal.aborted) throw reason;
    }
  }
}

/** A part that is a module, evaluated once per page and text. */
export function evaluated<Module>(text: string): Promise<Module> {
  const { modules } = page();
  let module = modules.get(text);
  if (!module) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    module = import(url).finally(() => URL.revokeObjectURL(url));
    modules.set(text, module);
    module.catch(() => modules.delete(text));
  }
  return module as Promise<Module>;
}
