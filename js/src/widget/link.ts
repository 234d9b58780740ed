import type { Tagged, ToFrontEnd, ToKernel } from "../wire";
import type { Model } from "./model";

type Heard = { [Kind in keyof ToFrontEnd]: (message: ToFrontEnd[Kind]) => void };

/** The comm of one model, typed: what this page says to the kernel and hears from it. */
export class Link {
  constructor(private readonly model: Model) {}

  send(message: Tagged<ToKernel>): void {
    this.model.send(message);
  }

  /** Messages that came early wait for this; called once, in `initialize`. */
  hear(heard: Heard): void {
    this.model.on("msg:custom", (message: Tagged<ToFrontEnd>) => {
      const handler = heard[message.kind] as ((message: unknown) => void) | undefined;
      handler?.(message);
    });
  }
}
