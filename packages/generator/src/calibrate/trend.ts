/** A trend needs two of each month, or it is the months. */
export const TREND_DAYS = 700;
/** Days of a block whose means are held against a line. */
const BLOCK_DAYS = 28;
/** Standard errors that a trend must be away from none. */
const EVIDENCE = 4;

/** A chain's trend: the logarithm of demand on a line that ends in 0 on the last day of the history. */
export class Trend {
  /** Logarithm of each day's factor. */
  readonly effect: Float64Array;
  readonly #days: number;
  #slope = 0;
  #found = false;

  constructor(width: number, days: number) {
    this.effect = new Float64Array(width);
    this.#days = days;
  }

  /** Logarithm of growth a day. */
  get slope(): number {
    return this.#slope;
  }

  get found(): boolean {
    return this.#found;
  }

  /** Moves the slope; with `searching` decides first whether there is one. Returns what levels are to be moved by. */
  move(score: Float64Array, information: Float64Array, searching: boolean): number {
    if (searching) this.#found = this.#days >= TREND_DAYS && this.#isLine(score, information);
    if (!this.#found) {
      if (this.#slope === 0) return 0;
      this.#slope = 0;
      this.#draw();
      return 0;
    }
    const [by, middle] = line(score, information, this.#days);
    this.#slope = Math.max(-0.01, Math.min(0.01, this.#slope + by));
    this.#draw();
    return by * (this.#days - 1 - middle);
  }

  /** Whether the means of blocks are on a line that is not flat. */
  #isLine(score: Float64Array, information: Float64Array): boolean {
    const [by, middle] = line(score, information, this.#days);
    let [blocks, squares, across] = [0, 0, 0];
    for (let from = 0; from + BLOCK_DAYS <= this.#days; from += BLOCK_DAYS) {
      let [s, info] = [0, 0];
      for (let t = from; t < from + BLOCK_DAYS; t++) {
        s += score[t] ?? 0;
        info += information[t] ?? 0;
      }
      if (info === 0) continue;
      const x = from + BLOCK_DAYS / 2 - middle;
      const off = s / info - by * x;
      blocks++;
      squares += info * off * off;
      across += info * x * x;
    }
    const variance = squares / Math.max(1, blocks - 2) / across;
    return across > 0 && (by + this.#slope) * (by + this.#slope) > EVIDENCE * EVIDENCE * variance;
  }

  #draw(): void {
    for (let t = 0; t < this.effect.length; t++)
      this.effect[t] = this.#slope * Math.min(0, t - (this.#days - 1));
  }
}

/** Slope of what scores say, and the middle of the days it turns around. */
function line(
  score: Float64Array,
  information: Float64Array,
  days: number,
): readonly [slope: number, middle: number] {
  let [weight, moment] = [0, 0];
  for (let t = 0; t < days; t++) {
    weight += information[t] ?? 0;
    moment += (information[t] ?? 0) * t;
  }
  const middle = weight === 0 ? 0 : moment / weight;
  let [s, across] = [0, 0];
  for (let t = 0; t < days; t++) {
    s += (score[t] ?? 0) * (t - middle);
    across += (information[t] ?? 0) * (t - middle) * (t - middle);
  }
  return [across === 0 ? 0 : s / across, middle];
}
