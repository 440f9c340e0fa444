import type { FirehoseError } from './errors.js';

/** How long and how often records are tried; see `RetryOptions` for the words. */
export interface RetryBounds {
  readonly baseMs: number;
  readonly capMs: number;
  readonly maxAttempts: number;
  readonly maxAgeMs: number;
}

/** No retry comes sooner, however the dice fall. */
const FLOOR_MS = 50;
/** Beyond every cap; without it a base of 0 would be multiplied by Infinity one day. */
const MOST_DOUBLINGS = 64;

/** Full jitter: anything between the floor and the doubling limit, so that producers do not return together. */
export function backOffMs(
  { baseMs, capMs }: Pick<RetryBounds, 'baseMs' | 'capMs'>,
  attempts: number,
  random: () => number,
): number {
  return FLOOR_MS + random() * Math.min(capMs, baseMs * 2 ** Math.min(attempts, MOST_DOUBLINGS));
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Stops sending while nothing can be delivered, such as to a stream that does not exist. It lets one batch
 * through now and then to see whether somebody has fixed it.
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
    const isStale = this.cause !== undefined && now < this.#probeAt;
    this.cause = cause;
    // Calls that were under way fail like the one that tripped: they are no probes, and the pause is as long as for one.
    if (isStale) return;
    this.#probeAt = now + this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }

  /** Somebody waits for the data: try immediately. */
  probeNow(): void {
    this.#probeAt = 0;
  }

  reset(): void {
    this.cause = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }
}

/** Calls that may be saved up. */
const MOST_CALLS = 10;
/** Retries that are always allowed, in calls per second. */
const TRICKLE_PER_SEC = 5;

/**
 * Bounds calls that carry nothing but retries to a share of the others, and a trickle: an outage must not be
 * answered with a storm, however many records wait.
 */
export class RetryBudget {
  readonly #share: number;
  #calls = MOST_CALLS;
  #filledAt: number;

  constructor(share: number, now: number) {
    this.#share = share;
    this.#filledAt = now;
  }

  /** When a call of retries alone may go: now or later. */
  readyAt(now: number): number {
    this.#fill(now);
    // Less than this is a rounding error: waiting for it would never end.
    return this.#calls > 1 - 1e-9 ? now : now + ((1 - this.#calls) * 1000) / TRICKLE_PER_SEC;
  }

  /** A call with fresh records went out. */
  earn(): void {
    this.#calls = Math.min(MOST_CALLS, this.#calls + this.#share);
  }

  /** A call of retries alone went out. */
  spend(): void {
    this.#calls -= 1;
  }

  #fill(now: number): void {
    this.#calls = Math.min(MOST_CALLS, this.#calls + ((now - this.#filledAt) / 1000) * TRICKLE_PER_SEC);
    this.#filledAt = now;
  }
}
