/** Lets work on one name run by turns, and work on different names side by side. */
export class KeyedTurns {
  /** The last in each line; a line that is empty has none. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs the work when its turn comes. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    const turn = before === undefined ? work() : before.then(work);
    // Whoever is next only waits; the error is the caller's.
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
