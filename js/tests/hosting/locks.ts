interface Request {
  hold: () => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/** A stand-in for `navigator.locks`: one holder of a name, the others in a row, or stealing. */
export class LocksDouble {
  readonly #holders = new Map<string, Request>();
  readonly #waiting = new Map<string, Request[]>();

  request(name: string, options: LockOptions, hold: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const request = { hold, resolve, reject };
      if (options.steal) {
        this.#holders.get(name)?.reject(new DOMException("stolen", "AbortError"));
        return this.#grant(name, request);
      }
      const { signal } = options;
      if (signal?.aborted) return reject(signal.reason);
      this.#waiting.set(name, [...this.#row(name), request]);
      signal?.addEventListener("abort", () => {
        if (!this.#row(name).includes(request)) return;
        this.#leaveRow(name, request);
        reject(signal.reason);
      });
      this.#next(name);
    });
  }

  /** How many have the lock and how many want it. */
  count(name: string): { holding: number; waiting: number } {
    return { holding: Number(this.#holders.has(name)), waiting: this.#row(name).length };
  }

  #row(name: string): Request[] {
    return this.#waiting.get(name) ?? [];
  }

  #leaveRow(name: string, request: Request): void {
    this.#waiting.set(
      name,
      this.#row(name).filter((one) => one !== request),
    );
  }

  #next(name: string): void {
    const [first] = this.#row(name);
    if (!first || this.#holders.has(name)) return;
    this.#leaveRow(name, first);
    this.#grant(name, first);
  }

  #grant(name: string, request: Request): void {
    this.#holders.set(name, request);
    queueMicrotask(async () => {
      request.resolve(await request.hold());
      if (this.#holders.get(name) !== request) return;
      this.#holders.delete(name);
      this.#next(name);
    });
  }
}
