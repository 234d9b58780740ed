/**
 * What all models of one notebook page share. Models of another build bring another copy of this
 * module, so a module-level variable would not be shared: a registered symbol on `globalThis` is.
 */
import type { AssetName } from "../wire";
import type { FrontEnd } from "./front-end";
import type { Model } from "./model";

interface Page {
  /** A notebook and its console have one each of the same model: each has a widget manager. */
  frontEnds: Set<FrontEnd>;
  /** Texts by build and name. */
  assets: Map<string, Promise<string>>;
  /** Modules by text. */
  modules: Map<string, Promise<unknown>>;
}

const PAGE = Symbol.for("owidget_jupyter.page");

function page(): Page {
  const owner = globalThis as unknown as Record<symbol, Page | undefined>;
  owner[PAGE] ??= {
    frontEnds: new Set(),
    assets: new Map(),
    modules: new Map(),
  };
  return owner[PAGE];
}

/** The front end of a model in this page, wherever `initialize` has made it. */
export function frontEndOf(model: Model): FrontEnd | undefined {
  const key = model.get("_key");
  const found = [...page().frontEnds].filter((known) => known.model.get("_key") === key).reverse();
  // Some hosts hand out another manager each time; then there is no other notebook's, either.
  return found.find((known) => known.model.widget_manager === model.widget_manager) ?? found[0];
}

/** Makes a front end the one of its model; returns what takes that back. */
export function enter(frontEnd: FrontEnd): () => void {
  const { frontEnds } = page();
  frontEnds.add(frontEnd);
  return () => frontEnds.delete(frontEnd);
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

/** Keeps a part that came without being asked for. */
export function keepAsset(build: string, name: AssetName, text: string): void {
  const { assets } = page();
  const key = `${build}/${name}`;
  if (!assets.has(key)) assets.set(key, Promise.resolve(text));
}

/** A part that is a module, evaluated once per page and text. */
export function evaluated<Module>(text: string): Promise<Module> {
  const { modules } = page();
  let module = modules.get(text);
  if (!module) {
    module = made(text);
    modules.set(text, module);
    module.catch(() => modules.delete(text));
  }
  return module as Promise<Module>;
}

/** Made of a script that puts what it exports into a variable `part`: js/build.mjs has it do so. */
async function made(text: string): Promise<unknown> {
  let make: () => unknown;
  try {
    // Here and now: for whatever is imported a browser goes a long way round.
    make = new Function(`${text}\nreturn part\n//# sourceURL=owidget_jupyter.js`) as typeof make;
  } catch {
    // Where a policy forbids that, blobs are allowed, as anywidget needs them; any other fault
    // comes again.
    const code = new Blob([text, "\nexport default part"], { type: "text/javascript" });
    const url = URL.createObjectURL(code);
    return (await import(url).finally(() => URL.revokeObjectURL(url))).default;
  }
  return make();
}
