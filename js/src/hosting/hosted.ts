import type * as Cards from "../card/index";
import type { Assets } from "../widget/assets";
import { foreseen, type Model } from "../widget/model";
import type { Situation } from "../widget/situation";
import { Stage, type StageContext } from "./stage";

/** What a front end gives its stages. */
export interface Host
  extends Pick<StageContext, "frontend" | "key" | "deliver" | "changed" | "inquire" | "taken"> {
  readonly assets: Assets;
  /** Changes what the model's views show. */
  show(change: Pick<Situation, "question" | "aside">): void;
  /** Asks for a fresh stage. */
  renew(): void;
}

/** A stage for a slot, and the card that asks for its isolation. */
export function newStage(slot: HTMLElement, host: Host): Stage {
  const { assets, show, renew, ...context } = host;
  return new Stage(slot, {
    ...context,
    fetchAsset: (...asked) => assets.text(...asked),
    ask: async (run, reason, signal, asking) => {
      const { Card } = await assets.module<typeof Cards>("card", signal);
      return new Card(show, renew).ask(run, reason, signal, asking);
    },
    detached: renew,
  });
}

/** Prepares a stage while the kernel is still asked for the lease, where that can be foreseen. */
export function prepare(stage: Stage, model: Model): void {
  const isolation = foreseen(model);
  if (isolation === null) return;
  stage.prepare(isolation, model.get("allow_media"), model.get("_simulated"));
}
