import { log } from '../model/exact-math.js';

/** Days of a block, within which a series' level is taken to be one. */
const BLOCK_DAYS = 7;
/** How much a neighbouring block says of a block's level. */
const NEIGHBOUR = 0.5;
/** Bounds of a level over the series' mean. */
const LEAST = 0.25;
const MOST = 4;

/**
 * Levels of series for a week at a time, over their means: busy weeks run out more often, and more was wanted on their
 * days than on others. How far levels move is found over all series: where nothing moves, every level is 1.
 */
export class LocalLevels {
  readonly #blocks: number;
  /** What blocks say with the last round's means, and with this one's. */
  #score: Float64Array;
  #information: Float64Array;
  #nextScore: Float64Array;
  #nextInformation: Float64Array;
  #variance = 0;

  constructor(series: number, days: number) {
    // One block stays empty between two series.
    this.#blocks = Math.ceil(days / BLOCK_DAYS) + 1;
    const size = series * this.#blocks + 2;
    this.#score = new Float64Array(size);
    this.#information = new Float64Array(size);
    this.#nextScore = new Float64Array(size);
    this.#nextInformation = new Float64Array(size);
  }

  /** Standard deviation of a level's logarithm. */
  get deviation(): number {
    return Math.sqrt(log(1 + this.#variance));
  }

  /** The level of a series on the nth of its days. */
  at(i: number, n: number): number {
    if (this.#variance === 0) return 1;
    const b = 1 + i * this.#blocks + Math.floor(n / BLOCK_DAYS);
    const score = this.#around(this.#score, b);
    const level = 1 + score / (1 / this.#variance + this.#around(this.#information, b));
    return level < LEAST ? LEAST : level > MOST ? MOST : level;
  }

  /** The dispersion of a day around its level, of one that has both in it. */
  around(dispersion: number): number {
    const left = (1 / dispersion - this.#variance) / (1 + this.#variance);
    return left <= 0.01 ? 100 : 1 / left;
  }

  /** Notes what a day says of its block: what was wanted beyond its mean, and the dispersion around its level. */
  note(i: number, n: number, beyond: number, mean: number, dispersion: number): void {
    const b = 1 + i * this.#blocks + Math.floor(n / BLOCK_DAYS);
    const weight = dispersion / (dispersion + mean);
    this.#nextScore[b] = (this.#nextScore[b] ?? 0) + weight * beyond;
    this.#nextInformation[b] = (this.#nextInformation[b] ?? 0) + weight * mean;
  }

  /** A block with half of its neighbours. */
  #around(values: Float64Array, b: number): number {
    return (values[b] ?? 0) + NEIGHBOUR * ((values[b - 1] ?? 0) + (values[b + 1] ?? 0));
  }

  /** Ends a round: a score's square is its information where nothing moves, and more by how far levels do. */
  update(): void {
    [this.#score, this.#nextScore] = [this.#nextScore, this.#score];
    [this.#information, this.#nextInformation] = [this.#nextInformation, this.#information];
    this.#nextScore.fill(0);
    this.#nextInformation.fill(0);
    let [beyond, squares] = [0, 0];
    for (const [b, score] of this.#score.entries()) {
      const information = this.#information[b] ?? 0;
      beyond += score * score - information;
      squares += information * information;
    }
    this.#variance = squares === 0 ? 0 : Math.max(0, Math.min(1, beyond / squares));
  }
}
