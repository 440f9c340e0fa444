/** Runs work on one name in the order of the calls, and work on different names at the same time. */
export class KeyedTurns {
  /** The last work on each name, as long as it has not ended. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the work after all earlier work on the name, and returns its result. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const turn = before === undefined ? work() : before.then(work);
    // The next call only waits for the end; the error goes to this caller.
    const done = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(name, done);
    try {
      return await turn;
    } finally {
      if (this.#last.get(name) === done) this.#last.delete(name);
    }
  }
}
