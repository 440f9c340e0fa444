/** Growth per cubic second, relative to the rate at the last cut: back there after about 5 seconds. */
const GROWTH = 0.0024;
const MIN_RATE = 64 * 1024;
/** Where no quota is known, throttling says little: this much is always tried. */
const MIN_UNKNOWN_RATE = 1024 * 1024;

/**
 * A rate that grows as TCP CUBIC's window does (RFC 9438): fast toward the rate at which it was last refused,
 * slowly around it, faster beyond. The knob is bytes per second and not requests in flight, since a service
 * that refuses does so quickly, and concurrency then only multiplies the refusals.
 */
export class CubicRate {
  /** The rate never exceeds this. */
  #ceiling: number;
  #rate: number;
  /** Rate at the last cut; undefined before the first one. */
  #peak: number | undefined;
  #floor = MIN_RATE;
  #cutAt = -Infinity;
  /** Seconds from a cut until the peak is reached again. */
  #returnSec = 0;
  #grownAt: number;

  constructor(start: number, ceiling: number, now: number) {
    this.#rate = Math.min(start, ceiling);
    this.#ceiling = ceiling;
    this.#grownAt = now;
  }

  get bytesPerSec(): number {
    return this.#rate;
  }

  /** The quota has become known. */
  setCeiling(ceiling: number, now: number): void {
    this.#ceiling = ceiling;
    if (this.#peak === undefined) this.#rate = ceiling;
    this.#rate = Math.min(this.#rate, ceiling);
    this.#grownAt = now;
  }

  /** Something was accepted while more waited: grow. */
  grow(now: number): void {
    const elapsedSec = (now - this.#grownAt) / 1000;
    this.#grownAt = now;
    if (this.#peak === undefined) {
      // Never refused: double every second until it is.
      this.#rate = Math.min(this.#ceiling, this.#rate * 2 ** Math.min(elapsedSec, 1));
      return;
    }
    const t = (now - this.#cutAt) / 1000 - this.#returnSec;
    const goal = this.#peak * (1 + GROWTH * t ** 3);
    // At most half more per second, however long the cut is ago.
    this.#rate = Math.min(
      this.#ceiling,
      Math.max(this.#rate, Math.min(goal, this.#rate * 1.5 ** elapsedSec)),
    );
  }

  /**
   * Part of a batch was refused. Only the first refusal of the batches that were under way at a cut counts.
   *
   * @param acceptedShare - 0 to 1, of the batch's bytes
   * @param achieved - bytes per second that lately went through: where a rate without a limit is cut from
   */
  cut(startedAt: number, now: number, acceptedShare: number, achieved: number): boolean {
    if (startedAt <= this.#cutAt) return false;
    if (this.#rate === Infinity) this.#floor = MIN_UNKNOWN_RATE;
    const from = this.#rate === Infinity ? Math.max(achieved, this.#floor) : this.#rate;
    const kept = Math.min(0.85, Math.max(0.5, 0.7 + 0.3 * (acceptedShare - 0.5)));
    // Refused below the last peak: others have grown, so aim lower than before.
    const shrinks = this.#peak !== undefined && from < this.#peak;
    this.#peak = shrinks ? (from * (1 + kept)) / 2 : from;
    this.#rate = Math.max(this.#floor, from * kept);
    this.#returnSec = Math.cbrt((1 - this.#rate / this.#peak) / GROWTH);
    this.#cutAt = now;
    this.#grownAt = now;
    return true;
  }
}
