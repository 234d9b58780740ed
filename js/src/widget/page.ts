/**
 * What all models of one notebook page share. Each model evaluates its own copy of this module,
 * so a module-level variable would not be shared: a registered symbol on `globalThis` is.
 */
import type { AssetName } from "../wire";
import type { FrontEnd } from "./front-end";

interface Page {
  frontEnds: Map<string, FrontEnd>;
  assets: Map<string, Promise<string>>;
}

const PAGE = Symbol.for("owidget_jupyter.page");

function page(): Page {
  const owner = globalThis as unknown as Record<symbol, Page | undefined>;
  owner[PAGE] ??= { frontEnds: new Map(), assets: new Map() };
  return owner[PAGE];
}

/** The front ends of this page, by the key of their model. */
export function frontEnds(): Map<string, FrontEnd> {
  return page().frontEnds;
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
