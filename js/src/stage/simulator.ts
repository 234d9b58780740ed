import type { Reporter } from "../reporter";
import { CONTROL, type Control, SIMULATION, type Simulation } from "../simulation";

const page = window as unknown as {
  [SIMULATION]?: Promise<Simulation>;
  [CONTROL]?: Control;
};

export interface Act {
  side: string;
  action: string;
  args: unknown[];
}

/** The way to the bundled simulator, past the API that it has in common with the vendor's script. */
export class Simulator {
  #play: (simulation: Simulation) => void = () => {};
  #found: (control: Control | null) => void = () => {};
  #begin: () => void = () => {};
  #begun = false;
  readonly #control = new Promise<Control | null>((resolve) => {
    this.#found = resolve;
  });
  /** Operator and visitor act one after the other, as people do, once there is a button. */
  #acts = new Promise<void>((resolve) => {
    this.#begin = resolve;
  });

  constructor(private readonly reporter: Reporter) {}

  /** Before the script: what it is to play comes with the orders, and it waits for that. */
  expect(): void {
    page[SIMULATION] ??= new Promise<Simulation>((resolve) => {
      this.#play = resolve;
    });
  }

  play(simulation: Simulation): void {
    this.expect();
    this.#play(simulation);
    void this.#control.then((control) => control?.listen((news) => this.reporter.report(news)));
  }

  /** The script was evaluated: now it can be driven, if it is the simulator. */
  loaded(): void {
    this.#found(page[CONTROL] ?? null);
  }

  /** There is a button, and so something to act upon. */
  begin(): void {
    this.#begun = true;
    this.#begin();
  }

  /**
   * Has something done in its turn.
   *
   * @param settle - waits for its outcome, and reports it; never rejects.
   */
  act({ side, action, args }: Act, settle: (outcome: Promise<unknown>) => Promise<void>): void {
    const acted = () =>
      settle(
        this.#control.then((control) => {
          if (!control) throw new Error("only the simulator has an operator and a visitor");
          return control.act(side, action, args);
        }),
      );
    // Where the clock stands, there is no button before a step of it.
    if (side === "clock" && !this.#begun) void acted();
    else this.#acts = this.#acts.then(acted);
  }
}
