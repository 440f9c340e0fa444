import { normalTable } from '../model/exact-math.js';
import { RATE_STEP } from '../model/demand.js';
import { threefry2x32 } from '../model/threefry.js';
import type { SeriesLayout } from './series-layout.js';
import { groupOf } from './series-state.js';

/** Draw of the weekly normals; a series' day has the draws 0 to 4, 6, and from 16 on. */
const WEEKLY = 5;
/** Weeks of which a level is the mean, and weeks that one address has the normals of. */
const WEEKS = 8;
const TOGETHER = 4;

/**
 * Slow levels of the series: busy weeks follow busy weeks. A level is the mean of eight weekly normals, each at its
 * address, and so a function of the week: seek and shards need no memory of it. It is kept for the week, one byte each.
 */
export class SlowLevels {
  /** Rate classes to add to each series' own. */
  readonly steps: Int8Array;
  readonly #layout: SeriesLayout;
  readonly #traits: Uint8Array;
  /** Of each dispersion group: rate classes of one normal, and what keeps the mean of the demand. */
  readonly #scale: Float64Array;
  readonly #middle: Float64Array;
  readonly #weeks: Int32Array;
  readonly #out = new Uint32Array(2);
  /** Normals of the weeks that the addresses of a level have, in their order. */
  readonly #normals = new Float64Array(WEEKS + 2 * TOGETHER);

  /**
   * @param traits - of the series, with their dispersion groups
   * @param deviations - standard deviation of the level's logarithm in each group
   */
  constructor(layout: SeriesLayout, traits: Uint8Array, deviations: Float64Array) {
    this.#layout = layout;
    this.#traits = traits;
    this.#scale = deviations.map((deviation) => deviation / Math.sqrt(WEEKS) / RATE_STEP);
    this.#middle = deviations.map((deviation) => (deviation * deviation) / 2 / RATE_STEP);
    this.steps = new Int8Array(layout.length);
    this.#weeks = new Int32Array(layout.lists.length).fill(-1);
  }

  /** Turns a store's series to the week of a day. */
  turnTo(s: number, day: number): void {
    const week = Math.floor((day + 3) / 7);
    if (this.#weeks[s] === week) return;
    this.#weeks[s] = week;
    const { lists, offsets, key0, key1, firstId } = this.#layout;
    const table = normalTable();
    const out = this.#out;
    const normals = this.#normals;
    const first = week - WEEKS + 1;
    const firstBlock = Math.floor(first / TOGETHER);
    const lastBlock = Math.floor(week / TOGETHER);
    const from = first - firstBlock * TOGETHER;
    let i = offsets[s] ?? 0;
    for (const p of lists[s] ?? []) {
      const g = (firstId[s] ?? 0) + p;
      let n = 0;
      for (let block = firstBlock; block <= lastBlock; block++) {
        threefry2x32(out, key0[s] ?? 0, key1[s] ?? 0, g, ((block << 8) | WEEKLY) >>> 0);
        const a = out[0] ?? 0;
        const b = out[1] ?? 0;
        normals[n++] = table[a >>> 20] ?? 0;
        normals[n++] = table[(a >>> 8) & 0xfff] ?? 0;
        normals[n++] = table[b >>> 20] ?? 0;
        normals[n++] = table[(b >>> 8) & 0xfff] ?? 0;
      }
      let sum = 0;
      for (n = from; n < from + WEEKS; n++) sum += normals[n] ?? 0;
      const group = groupOf(this.#traits[i] ?? 0);
      const step = Math.round(sum * (this.#scale[group] ?? 0) - (this.#middle[group] ?? 0));
      this.steps[i++] = step < -127 ? -127 : step > 127 ? 127 : step;
    }
  }
}
