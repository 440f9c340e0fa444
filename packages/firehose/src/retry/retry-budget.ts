/** Calls that may be saved up. */
const MOST = 10;
/** Retries that are always allowed, in calls per second. */
const TRICKLE_PER_SEC = 5;

/**
 * Bounds calls that carry nothing but retries to a share of the others, and a trickle: an outage must not be
 * answered with a storm, however many records wait.
 */
export class RetryBudget {
  readonly #share: number;
  #calls = MOST;
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
    this.#calls = Math.min(MOST, this.#calls + this.#share);
  }

  /** A call of retries alone went out. */
  spend(): void {
    this.#calls -= 1;
  }

  #fill(now: number): void {
    this.#calls = Math.min(MOST, this.#calls + ((now - this.#filledAt) / 1000) * TRICKLE_PER_SEC);
    this.#filledAt = now;
  }
}
