import type { Scenario, Simulation } from "../../src/simulation.js";
import { simulation } from "../simulation.js";

/** How long the parts of the tests' play take, as far as a test does not change them; ms. */
export const PACE = {
  load: 0,
  connect: 1,
  accept: 1200,
  greet: 600,
  think: 200,
  type: 600,
  /** From a message to its answer. */
  answer: 800,
  /** From taking leave to hanging up. */
  farewell: 200,
} as const;

export type Changes = Partial<Omit<Scenario, "operator" | "queue">> & {
  operator?: Partial<Scenario["operator"]>;
  queue?: Partial<Scenario["queue"]>;
  speed?: number;
};

/** A play in real time with an operator who comes, greets and answers, and no queue. */
export function play({ operator, queue, speed = 1, ...changes }: Changes = {}): Simulation {
  const { scenario: quiet } = simulation();
  const { load, connect, accept, think, type } = PACE;
  return simulation(
    {
      load,
      connect,
      ...changes,
      queue: { ...quiet.queue, ...queue },
      operator: { ...quiet.operator, comes: true, accept, think, type, ...operator },
    },
    speed,
  );
}
