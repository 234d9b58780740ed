import { carrying } from "../carried";
import type { AssetName, NumbersOfRun, NumbersOfStage, Tagged, ToStage } from "../wire";
import type { FrameSource } from "./frame";

/** What the kernel tells a stage that runs. */
export type Order = Tagged<
  Pick<ToStage, "connect" | "call" | "act" | "answer"> & { numbers: { rules: NumbersOfRun } }
>;

/** Puts together what a stage needs of the heavy parts. */
export class Supplies {
  /** @param fetch - gets one of them; rejects once nobody wants it any more. */
  constructor(private readonly fetch: (name: AssetName) => Promise<string>) {}

  /**
   * The stage's document; with the simulator in it there is nothing left to be sent for.
   *
   * @param base - the stage server's address, where the document is to come from there.
   */
  async document(simulated: boolean, base: string | null): Promise<FrameSource> {
    if (base) return { url: `${base}stage` };
    if (!simulated) return { html: await this.fetch("stage") };
    const [html, script] = await Promise.all([this.fetch("stage"), this.fetch("simulator")]);
    return { html: carrying(html, script) };
  }

  /** An order as the stage takes it. */
  async order(order: Order): Promise<Tagged<ToStage>> {
    if (order.kind !== "numbers") return order;
    return { ...order, rules: await this.numbers(order.rules) };
  }

  /** A policy needs its script, and the numbering plans that it names. */
  async numbers({ policy, ...numbers }: NumbersOfRun): Promise<NumbersOfStage> {
    if (!policy) return { ...numbers, policy };
    const [code, metadata] = await Promise.all([
      this.fetch("numbers"),
      this.fetch(policy.metadata),
    ]);
    return { ...numbers, policy: { ...policy, code, metadata } };
  }
}
