import type { Clock } from '@store/foundation';
import type { FirehoseError } from '../errors.js';
import type { FlushOptions } from '../options.js';

interface Waiter {
  readonly done: () => void;
  readonly blocked: (cause: FirehoseError) => void;
}

/**
 * Who waits for which records. Each flush begins an epoch, and is done when no record of its own or an
 * earlier epoch is unsettled: so a flush ends even if events keep coming.
 */
export class FlushWaiters {
  /** The epoch of records that open now. */
  epoch = 0;
  /** All epochs below are settled. */
  #settledBelow = 0;
  /** Unsettled sealed records of each epoch. */
  readonly #unsettled = new Map<number, number>();
  /** By the epoch that each waits for. */
  readonly #waiters = new Map<number, Waiter>();

  get waiting(): boolean {
    return this.#waiters.size > 0;
  }

  sealed(epoch: number): void {
    this.#unsettled.set(epoch, (this.#unsettled.get(epoch) ?? 0) + 1);
  }

  settled(epoch: number): void {
    const left = (this.#unsettled.get(epoch) ?? 0) - 1;
    if (left > 0) {
      this.#unsettled.set(epoch, left);
      return;
    }
    this.#unsettled.delete(epoch);
    this.#wake();
  }

  /** Nothing can go out: those who wait learn why. */
  blocked(cause: FirehoseError): void {
    for (const waiter of [...this.#waiters.values()]) waiter.blocked(cause);
  }

  /** Calls `done` once all records up to now are settled; the result calls it off. */
  wait(done: () => void, blocked: (cause: FirehoseError) => void): () => void {
    const { epoch } = this;
    this.epoch++;
    this.#waiters.set(epoch, { done, blocked });
    this.#wake();
    return () => {
      this.#waiters.delete(epoch);
    };
  }

  /** Looks at each epoch once, however many wait. */
  #wake(): void {
    while (this.#settledBelow < this.epoch && !this.#unsettled.has(this.#settledBelow)) {
      const waiter = this.#waiters.get(this.#settledBelow);
      this.#waiters.delete(this.#settledBelow++);
      waiter?.done();
    }
  }
}

/**
 * Waits for everything up to now; false when a limit ended the waiting.
 *
 * @param begin - called once the waiting is set up, to send what is there
 */
export function waitForFlush(
  waiters: FlushWaiters,
  clock: Clock,
  { deadlineMs, signal }: FlushOptions,
  begin: () => void,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cleanUp: (() => void)[] = [];
    const end = (settle: () => void): void => {
      for (const action of cleanUp) action();
      settle();
    };
    const stop = (): void => {
      end(() => {
        resolve(false);
      });
    };
    if (deadlineMs !== undefined) {
      cleanUp.push(clock.schedule(stop, Math.max(0, deadlineMs), { keepAlive: true }));
    }
    if (signal !== undefined) {
      signal.addEventListener('abort', stop);
      cleanUp.push(() => {
        signal.removeEventListener('abort', stop);
      });
    }
    const done = (): void => {
      end(() => {
        resolve(true);
      });
    };
    const blocked = (cause: FirehoseError): void => {
      end(() => {
        reject(cause);
      });
    };
    cleanUp.push(waiters.wait(done, blocked));
    if (signal?.aborted === true) stop();
    begin();
  });
}
