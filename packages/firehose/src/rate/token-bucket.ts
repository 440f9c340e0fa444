/**
 * Tokens that flow in at a rate, up to what `burstMs` bring. Something larger than the whole bucket may go
 * when the bucket is full, and leaves a debt: so a batch may be larger than the burst, yet the mean holds.
 */
export class TokenBucket {
  readonly #burstMs: number;
  #perMs: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSec: number, burstMs: number, now: number) {
    this.#burstMs = burstMs;
    this.#perMs = perSec / 1000;
    this.#tokens = this.#capacity;
    this.#filledAt = now;
  }

  get #capacity(): number {
    return this.#perMs * this.#burstMs;
  }

  setRate(perSec: number, now: number): void {
    if (perSec / 1000 === this.#perMs) return;
    this.#fill(now);
    this.#perMs = perSec / 1000;
    if (this.#perMs === Infinity) this.#tokens = Infinity;
    else this.#tokens = Math.min(this.#tokens, this.#capacity);
  }

  /** Milliseconds until `amount` may go; 0 is now. */
  waitMs(amount: number, now: number): number {
    this.#fill(now);
    const missing = Math.min(amount, this.#capacity) - this.#tokens;
    // Less than a token is a rounding error of the line above: waiting for it would never end.
    return missing < 1e-6 ? 0 : missing / this.#perMs;
  }

  take(amount: number): void {
    if (this.#perMs !== Infinity) this.#tokens -= amount;
  }

  #fill(now: number): void {
    if (this.#perMs === Infinity) return;
    const elapsedMs = Math.max(0, now - this.#filledAt);
    this.#tokens = Math.min(this.#capacity, this.#tokens + elapsedMs * this.#perMs);
    this.#filledAt = now;
  }
}
