import { normalTable } from '../model/exact-math.js';
import { RATE_STEP } from '../model/demand.js';
import { threefry2x32 } from '../model/threefry.js';
import type { SeriesLayout } from './series-layout.js';

/** Draw of the weekly normals; a series' day has the draws 0 to 4 and from 16 on. */
const WEEKLY = 5;
/** Weeks of which a level is the mean. */
const WEEKS = 4;

/**
 * Slow levels of the series: busy weeks follow busy weeks. A level is the mean of four weekly normals, each at its
 * address, and so a function of the week: seek and shards need no memory of it. It is kept for the week, one byte each.
 */
export class SlowLevels {
  /** Rate classes to add to each series' own. */
  readonly steps: Int8Array;
  readonly #layout: SeriesLayout;
  readonly #deviation: number;
  readonly #weeks: Int32Array;
  readonly #out = new Uint32Array(2);

  /** @param deviation - standard deviation of the level's logarithm */
  constructor(layout: SeriesLayout, deviation: number) {
    this.#layout = layout;
    this.#deviation = deviation;
    this.steps = new Int8Array(layout.length);
    this.#weeks = new Int32Array(layout.lists.length).fill(-1);
  }

  /** Turns a store's series to the week of a day. */
  turnTo(s: number, day: number): void {
    const week = Math.floor((day + 3) / 7);
    if (this.#weeks[s] === week) return;
    this.#weeks[s] = week;
    const { lists, offsets, key0, key1, firstId } = this.#layout;
    const normals = normalTable();
    const out = this.#out;
    // The mean of four has half the deviation of one; the last term keeps the mean of the demand.
    const scale = this.#deviation / Math.sqrt(WEEKS) / RATE_STEP;
    const middle = (this.#deviation * this.#deviation) / 2 / RATE_STEP;
    let i = offsets[s] ?? 0;
    for (const p of lists[s] ?? []) {
      let sum = 0;
      for (let w = week - WEEKS + 1; w <= week; w++) {
        threefry2x32(out, key0[s] ?? 0, key1[s] ?? 0, (firstId[s] ?? 0) + p, ((w << 8) | WEEKLY) >>> 0);
        sum += normals[(out[0] ?? 0) >>> 20] ?? 0;
      }
      this.steps[i++] = Math.max(-127, Math.min(127, Math.round(sum * scale - middle)));
    }
  }
}
