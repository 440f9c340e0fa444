import { systemClock } from '@store/foundation';
import { deliveryLimits } from './delivery-limits.js';

const LOOK_EVERY_MS = 250;

/**
 * Ends a wait for deliveries that do not come: by the machine's own clock, since it is a caller who waits, whatever
 * time the endpoint plays.
 */
export class StallLimit {
  /** Resolves when the limit is reached. */
  readonly reached: Promise<void>;
  readonly #startedAt = systemClock.now();
  readonly #deadlineMs: number;
  readonly #movedAt: () => number;
  /** Asked whether the disk is all that is waited for. */
  waitsForDisk: () => boolean = () => false;
  #cancel: () => void = () => undefined;

  /** @param movedAt - when something was last delivered */
  constructor(deadlineMs: number, movedAt: () => number) {
    this.#deadlineMs = deadlineMs;
    this.#movedAt = movedAt;
    this.reached = new Promise((resolve) => {
      const look = (): void => {
        if (this.#isReached()) resolve();
        else this.#cancel = systemClock.schedule(look, LOOK_EVERY_MS, { keepAlive: true });
      };
      look();
    });
  }

  /** Looks no more; nobody waits. */
  cancel(): void {
    this.#cancel();
  }

  #isReached(): boolean {
    const now = systemClock.now();
    return (
      now - Math.max(this.#startedAt, this.#movedAt()) >= deliveryLimits.stallMs ||
      now - this.#startedAt >= this.#deadlineMs ||
      (now - this.#startedAt >= deliveryLimits.diskMs && this.waitsForDisk())
    );
  }
}

/** Resolves when all of it has settled, at the latest after `patienceMs` of real time. */
export async function settledWithin(work: Iterable<Promise<unknown>>, patienceMs: number): Promise<void> {
  let cancel: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = systemClock.schedule(resolve, patienceMs, { keepAlive: true });
  });
  await Promise.race([Promise.allSettled([...work]), over]);
  cancel();
}
