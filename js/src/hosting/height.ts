import { sessionStorageOrNull } from "../keep";
import type { Model } from "../widget/model";

const PREFIX = "owidget_jupyter.height.";
/** As in Python's `height`; px. */
export const LEAST = 160;
export const MOST = 4_000;

/** A height that a person chose, in place of the one that Python gave then. */
interface Chosen {
  given: number;
  px: number;
}

/**
 * How high a model's stage is on this page: as Python says, or as a person has made it since.
 * That outlives views, stages and a reload of the tab, and gives way once Python says otherwise.
 */
export class Height {
  readonly #model: Model;
  readonly #key: string;
  /** Also for pages without storage. */
  #chosen: Chosen | null;

  constructor(model: Model) {
    this.#model = model;
    this.#key = PREFIX + model.get("_key");
    this.#chosen = parse(sessionStorageOrNull()?.getItem(this.#key));
  }

  /** In px. */
  get now(): number {
    const given = this.#model.get("height");
    if (this.#chosen && this.#chosen.given !== given) this.#keep(null);
    return this.#chosen?.px ?? given;
  }

  choose(px: number): void {
    const within = Math.round(Math.min(MOST, Math.max(LEAST, px)));
    this.#keep({ given: this.#model.get("height"), px: within });
  }

  #keep(chosen: Chosen | null): void {
    this.#chosen = chosen;
    const storage = sessionStorageOrNull();
    try {
      if (chosen) storage?.setItem(this.#key, JSON.stringify(chosen));
      else storage?.removeItem(this.#key);
    } catch {
      // Full: then it lasts as long as the page.
    }
  }
}

/** Whatever else runs in the page can write there, too. */
function parse(text: string | null | undefined): Chosen | null {
  const [, given, px] = /^\{"given":(\d+),"px":(\d+)\}$/.exec(text ?? "") ?? [];
  const chosen = { given: Number(given), px: Number(px) };
  return chosen.px >= LEAST && chosen.px <= MOST ? chosen : null;
}
