import type * as Cards from "../card/index";
import type { Assets } from "../widget/assets";
import { foreseen, type Model } from "../widget/model";
import type { Situation } from "../widget/situation";
import { makeNest } from "./frame";
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

/**
 * A stage, and the card that asks for its isolation; what can be foreseen of it is made ready,
 * as the kernel may still have to grant it.
 *
 * @param slot - where it is shown; null while a view is only expected.
 * @returns null where it cannot begin before there is one.
 */
export function newStage(slot: HTMLElement | null, model: Model, host: Host): Stage | null {
  const isolation = foreseen(model);
  const place = slot ?? (isolation && makeNest());
  if (!place) return null;
  const { assets, show, renew, ...rest } = host;
  const context: StageContext = {
    ...rest,
    fetchAsset: (...asked) => assets.text(...asked),
    ask: async (run, reason, signal, asking) => {
      const { Card } = await assets.module<typeof Cards>("card", signal);
      return new Card(show, renew).ask(run, reason, signal, asking);
    },
    detached: renew,
  };
  const stage = new Stage(place, context, slot === null);
  if (isolation) stage.prepare(isolation, model.get("allow_media"), model.get("_simulated"));
  return stage;
}
