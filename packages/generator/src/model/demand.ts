import { exp, log } from './exact-math.js';

/** Ratio between neighbouring rate classes: seasonality and price effects are integer steps of 3 %. */
export const RATE_RATIO = 1.03;
/** Number of rate classes, 0.008 to 99 units a day. */
export const RATE_CLASSES = 320;
/** Dispersion groups of a model. */
export const GROUPS = 8;
/** Dispersion groups with those of one's own demand: a fixed grid, so that appending changes no older series. */
export const ALL_GROUPS = 32;
const LOWEST_RATE = 0.008;
const LOG_RATIO = log(RATE_RATIO);
/** Logarithm of the ratio. */
export const RATE_STEP: number = LOG_RATIO;
const LOG_LOWEST = log(LOWEST_RATE);

/** Rate class of a demand whose mean has this logarithm. */
export function rateClassOf(logMean: number): number {
  return Math.max(0, Math.min(RATE_CLASSES - 1, Math.round((logMean - LOG_LOWEST) / LOG_RATIO)));
}

/** How many rate classes a factor is worth. */
export function shiftOf(logFactor: number): number {
  return Math.round(logFactor / LOG_RATIO);
}

/** Mean units a day of each rate class. */
export function rateMeans(): Float64Array {
  return Float64Array.from({ length: RATE_CLASSES }, (_, n) => exp(LOG_LOWEST + n * LOG_RATIO));
}

/** Probabilities of 0 to 255 units of a negative binomial demand; an infinite dispersion is Poisson. */
export function demandProbabilities(mean: number, dispersion: number): Float64Array {
  const poisson = dispersion === Infinity;
  const pmf = new Float64Array(256);
  let p = poisson ? exp(-mean) : exp(dispersion * log(dispersion / (dispersion + mean)));
  let left = 1;
  for (let n = 0; n < 255; n++) {
    pmf[n] = p;
    left -= p;
    p *= poisson ? mean / (n + 1) : (((n + dispersion) / (n + 1)) * mean) / (mean + dispersion);
  }
  pmf[255] = Math.max(0, left); // whatever is left of the tail, so that the row sums to one
  return pmf;
}

/** Outcomes that lie in the head of a row: one cache line holds two heads. */
export const HEAD = 8;
/** Outcomes that lie in its tail. */
export const TAIL: number = 256 - HEAD;

/**
 * Cumulative probabilities of demand in units of 2^-32, one row for each distribution. The first eight outcomes of
 * every row lie together, 80 kB in all, and are enough for most draws: a table of whole rows (an alias table, 2.6 MB)
 * does not fit a core's cache, and cost four times as much per series-day.
 */
export interface DemandTable {
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
}

/** Rows for a list of distributions; undefined is a row that nobody draws from. */
export function demandTable(rows: readonly (Float64Array | undefined)[]): DemandTable {
  const heads = new Uint32Array(rows.length * HEAD);
  const tails = new Uint32Array(rows.length * TAIL);
  for (const [row, pmf] of rows.entries()) {
    if (pmf === undefined) continue;
    let sum = 0;
    for (let units = 0; units < 256; units++) {
      sum += pmf[units] ?? 0;
      const limit = Math.min(0xffff_ffff, Math.floor(sum * 0x1_0000_0000));
      if (units < HEAD) heads[row * HEAD + units] = limit;
      else tails[row * TAIL + units - HEAD] = limit;
    }
  }
  return { heads, tails };
}

/** Units of a draw that no outcome of the head covers. */
export function tailUnits(tails: Uint32Array, row: number, word: number): number {
  let low = 0;
  let high = TAIL - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (word < (tails[row * TAIL + middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return HEAD + low;
}

/** The grid of one's own dispersions, 0.05 to 100 in 24 equal ratios of 1.39: groups 8 to 31. */
export function ownDispersions(): Float64Array {
  return Float64Array.from({ length: LAST_OWN + 1 }, (_, n) =>
    exp(LEAST_OWN + ((MOST_OWN - LEAST_OWN) * n) / LAST_OWN),
  );
}

/** Least and greatest dispersion of one's own. */
export const ownDispersionRange: readonly [least: number, most: number] = Object.freeze([0.05, 100]);
const LEAST_OWN = log(0.05);
const MOST_OWN = log(100);
const LAST_OWN = ALL_GROUPS - GROUPS - 1;

/** The group of the grid that is next to a dispersion, by its logarithm. */
export function ownGroupOf(dispersion: number): number {
  const place = Math.round(((log(dispersion) - LEAST_OWN) / (MOST_OWN - LEAST_OWN)) * LAST_OWN);
  return GROUPS + Math.max(0, Math.min(LAST_OWN, place));
}

/** Distributions of every dispersion group and rate class, `group * RATE_CLASSES + class`; none of a dispersion of 0. */
export function demandDistributions(dispersions: Float64Array): (Float64Array | undefined)[] {
  const means = rateMeans();
  return Array.from(dispersions).flatMap((dispersion) =>
    Array.from(means, (mean) => (dispersion === 0 ? undefined : demandProbabilities(mean, dispersion))),
  );
}
