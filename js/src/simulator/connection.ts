/** The way to the pretended server: there after connecting, and lost and back now and then. */
export class Connection {
  state: "none" | "connecting" | "connected" = "none";
  lost = false;
  readonly #afterConnecting: (() => void)[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  /** Does `task` now, or as soon as there is a connection for the first time. */
  whenConnected(task: () => void): void {
    if (this.state === "connected") task();
    else this.#afterConnecting.push(task);
  }

  /**
   * Does `task` in its turn: after all that waits already, and not within another one, whatever a
   * page calls in its callbacks. Where the connection is lost, that is once it is back.
   */
  whenBack(task: () => void): void {
    this.#waiting.push(task);
    this.carryOn();
  }

  /** Does what waited for the first connection. */
  connected(): void {
    for (const task of this.#afterConnecting.splice(0)) task();
  }

  /** Does what waits, if there is a connection. */
  carryOn(): void {
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (!this.lost && this.#waiting.length > 0) this.#waiting.shift()?.();
    } finally {
      this.#busy = false;
    }
  }
}
