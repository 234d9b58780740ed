import type { Scenario, Simulation } from "../../src/simulation.js";

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
  const scenario: Scenario = {
    title: "A test's",
    supported: true,
    load: PACE.load,
    connect: PACE.connect,
    timeline: [],
    ...changes,
    queue: { ahead: 0, each: 0, ...queue },
    operator: {
      comes: true,
      name: null,
      accept: PACE.accept,
      think: PACE.think,
      type: PACE.type,
      greeting: null,
      answers: [],
      replies: [],
      says: [],
      leave: null,
      leaveOnGoodbye: true,
      ...operator,
    },
  };
  return { scenario, speed };
}
