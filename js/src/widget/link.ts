import type { Tagged, ToFrontEnd, ToKernel } from "../wire";
import type { Model } from "./model";

type Heard = { [Kind in keyof ToFrontEnd]: (message: ToFrontEnd[Kind]) => void };

/** The comm of one model, typed: what this page says to the kernel and hears from it. */
export class Link {
  readonly #model: Model;
  readonly #unsent: () => void;

  /** @param unsent - called when there is no kernel to send to; whoever must be heard asks again. */
  constructor(model: Model, unsent: () => void) {
    this.#model = model;
    this.#unsent = unsent;
  }

  send(message: Tagged<ToKernel>): void {
    try {
      this.#model.send(message);
    } catch {
      // The widget manager throws when the kernel is gone or its connection is being closed.
      this.#unsent();
    }
  }

  /** Whether the model was merely saved: in an exported page, or a notebook opened again. */
  async isSaved(): Promise<boolean> {
    try {
      // Python gives the model this id; other hosts than Jupyter have no such manager.
      const model = await this.#model.widget_manager.get_model(this.#model.get("_key"));
      return (model as { comm_live?: boolean }).comm_live === false;
    } catch {
      return false;
    }
  }

  /** Messages that came early wait for this; called once, in `initialize`. */
  hear(heard: Heard): void {
    this.#model.on("msg:custom", (message: Tagged<ToFrontEnd>) => {
      heard[message.kind]?.(message as never);
    });
  }
}
