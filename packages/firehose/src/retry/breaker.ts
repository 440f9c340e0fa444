import type { FirehoseError } from '../errors.js';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Stops sending while nothing can be delivered, such as to a stream that does not exist. It lets one batch
 * through now and then to see whether somebody has mended it.
 */
export class Breaker {
  /** Why nothing goes out; undefined while closed. */
  cause: FirehoseError | undefined;
  #probeAt = 0;
  #pauseMs = FIRST_PAUSE_MS;

  /** When the next batch may try. */
  get probeAt(): number {
    return this.cause === undefined ? 0 : this.#probeAt;
  }

  trip(cause: FirehoseError, now: number): void {
    this.cause = cause;
    this.#probeAt = now + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }

  /** Somebody waits for the data: try at once. */
  probeNow(): void {
    this.#probeAt = 0;
  }

  reset(): void {
    this.cause = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }
}
