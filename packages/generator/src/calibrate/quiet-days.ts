import { weekdayOf } from '../model/calendar.js';
import { exp, log } from '../model/exact-math.js';
import type { SalesTable } from './sales-row.js';

/** Share of days with rows from which on a store's days without are closed days, and not days without a sale. */
export const OPEN_SHARE = 0.8;
/** Of `Panel.open`: a day with rows, and one without that is one of no sale. */
export const ROWS = 1;
export const QUIET = 2;
/** The largest share of days on which a series sells, so that its logarithm is finite. */
const MOST_SHARE = 1 - 1e-9;

/** Series of a history: their stores, and their first and last days. */
interface SeriesDays {
  readonly store: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Series of each row. */
  readonly seriesOf: Int32Array;
}

/**
 * Marks the days without rows of stores that have rows of sales alone, where few of their days have any: nothing was sold on
 * them, as far as chance would have it. Of each series the share of days with a sale is known, and so is, of them all, how
 * many days should have none.
 */
export function markQuietDays(
  open: Uint8Array,
  shut: readonly (readonly boolean[])[],
  firstDay: number,
  series: SeriesDays,
  { rows, units }: SalesTable,
): void {
  const days = open.length / Math.max(1, shut.length);
  const sold = new Int32Array(series.store.length);
  const hasZeros = new Uint8Array(shut.length);
  for (let row = 0; row < rows; row++) {
    const i = series.seriesOf[row] ?? 0;
    sold[i] = (sold[i] ?? 0) + 1;
    if (units[row] === 0) hasZeros[series.store[i] ?? 0] = 1;
  }
  /** Logarithm of the chance of no sale, by its steps from one day of a store to the next. */
  const steps = new Float64Array(open.length + 1);
  for (const [i, s] of series.store.entries()) {
    const [from, to] = [(series.first[i] ?? 0) - firstDay, (series.last[i] ?? 0) - firstDay + 1];
    const step = log(1 - Math.min(MOST_SHARE, (sold[i] ?? 0) / (to - from)));
    steps[s * days + from] = (steps[s * days + from] ?? 0) + step;
    if (to < days) steps[s * days + to] = (steps[s * days + to] ?? 0) - step;
  }
  for (const [s, own] of shut.entries()) {
    if (hasZeros[s] === 1) continue;
    const at = open.subarray(s * days, (s + 1) * days);
    const [from, to] = [at.indexOf(ROWS), at.lastIndexOf(ROWS)];
    const missing: number[] = [];
    let [all, expected, sum] = [0, 0, 0];
    for (let t = from; t >= 0 && t <= to; t++) {
      sum += steps[s * days + t] ?? 0;
      if (own[weekdayOf(firstDay + t)] === true) continue;
      all++;
      expected += exp(Math.min(0, sum));
      if (at[t] === 0) missing.push(t);
    }
    const isSparse = all - missing.length < OPEN_SHARE * all;
    if (isSparse && 2 * expected >= missing.length) for (const t of missing) at[t] = QUIET;
  }
}
