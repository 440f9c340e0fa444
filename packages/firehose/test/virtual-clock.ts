import type { Clock } from '../src/clock.js';

/** Time that stands still until a test turns it. */
export class VirtualClock implements Clock {
  #now = 0;
  #next = 0;
  readonly #timers = new Map<number, { at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const id = this.#next++;
    this.#timers.set(id, { at: this.#now + delayMs, callback });
    return () => {
      this.#timers.delete(id);
    };
  }

  /** Goes to the next timer and runs it; false when there is none. */
  step(): boolean {
    let due: { id: number; at: number; callback: () => void } | undefined;
    for (const [id, timer] of this.#timers)
      if (due === undefined || timer.at < due.at) due = { id, ...timer };
    if (due === undefined) return false;
    this.#timers.delete(due.id);
    this.#now = Math.max(this.#now, due.at);
    due.callback();
    return true;
  }

  /** Turns time until `done` settles, letting promises run between timers. */
  async until<R>(done: Promise<R>, afterEachStep?: () => void): Promise<R> {
    let open = true;
    const watched = done.finally(() => {
      open = false;
    });
    watched.catch(() => undefined);
    for (let idle = 0; idle < 3;) {
      await settlePromises();
      afterEachStep?.();
      // `open` changes while promises run, which the type checker cannot see.
      if (!(open as boolean)) return watched;
      idle = this.step() ? 0 : idle + 1;
    }
    throw new Error('Nothing is left to happen, yet the promise is open.');
  }
}

/** Lets every promise that can go on do so. */
export async function settlePromises(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
