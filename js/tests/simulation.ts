import type { Scenario, Simulation } from "../src/simulation";

/** A play in which nothing happens by itself, but for what a test wants of it. */
export function simulation(wanted: Partial<Scenario> = {}, speed = 1): Simulation {
  const scenario: Scenario = {
    title: "A test's",
    supported: true,
    load: 0,
    connect: 0,
    timeline: [],
    queue: { ahead: 0, each: 0 },
    operator: {
      comes: false,
      name: null,
      accept: 0,
      think: 0,
      type: 0,
      greeting: null,
      answers: [],
      replies: [],
      says: [],
      leave: null,
      leaveOnGoodbye: true,
    },
    ...wanted,
  };
  return { scenario, speed };
}
