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
  return Math.round(logFactor / LOG_RATIO) | 0;
}

/** Mean units a day of each rate class. */
export function rateMeans(): Float64Array {
  return Float64Array.from({ length: RATE_CLASSES }, (_, n) => exp(LOG_LOWEST + n * LOG_RATIO));
}

/**
 * Probabilities of 0 to 255 units of a negative binomial demand; an infinite dispersion is Poisson. A shorter array takes
 * the first of them.
 */
export function demandProbabilities(
  mean: number,
  dispersion: number,
  pmf: Float64Array = new Float64Array(256),
): Float64Array {
  const poisson = dispersion === Infinity;
  let p = poisson ? exp(-mean) : exp(dispersion * log(dispersion / (dispersion + mean)));
  let left = 1;
  const last = Math.min(pmf.length, 255);
  for (let n = 0; n < last; n++) {
    pmf[n] = p;
    left -= p;
    p *= poisson ? mean / (n + 1) : (((n + dispersion) / (n + 1)) * mean) / (mean + dispersion);
  }
  if (pmf.length > last) pmf[last] = left > 0 ? left : 0; // whatever is left of the tail, so that the row sums to one
  return pmf;
}

/** Outcomes that are in the head of a row: one cache line holds two heads. */
export const HEAD = 8;
/** Outcomes that are in its tail. */
export const TAIL: number = 256 - HEAD;

/**
 * Cumulative probabilities of demand in units of 2^-32, one row for each distribution, `group * RATE_CLASSES + class`. The
 * first eight outcomes of every row lie together, 80 kB in all, and are enough for most draws: a table of whole rows (an
 * alias table, 2.6 MB) does not fit a core's cache, and cost four times as much per series-day.
 *
 * The tail of a row is computed when it is drawn from first: most never are, and all of them took a third of the CPU of a
 * process' first 20,000 events (bench/first-event.bench.ts).
 */
export class DemandTable {
  readonly heads: Uint32Array;
  readonly #tails: Uint32Array;
  /** 1 where the tail of a row is known. */
  readonly #known: Uint8Array;
  readonly #means: Float64Array;
  readonly #dispersions: Float64Array;

  /** @param dispersions - of each group; infinite is Poisson, and nobody draws from a group of 0 */
  constructor(means: Float64Array, dispersions: Float64Array) {
    const groups = dispersions.length;
    const rows = (groups - 1) * RATE_CLASSES + means.length;
    this.heads = new Uint32Array(rows * HEAD);
    this.#tails = new Uint32Array(rows * TAIL);
    this.#known = new Uint8Array(rows);
    this.#means = means;
    this.#dispersions = dispersions;
    // A whole row first: compiled for heads alone, the code is thrown away and compiled again at the first tail.
    let pmf = wholePmf;
    for (let group = 0; group < groups; group++) {
      const most = Math.min(RATE_CLASSES, rows - group * RATE_CLASSES);
      if (dispersions[group] === 0) continue;
      for (let rate = 0; rate < most; rate++) {
        this.#compute(group, rate, pmf);
        pmf = headPmf;
      }
    }
  }

  /** Units of a draw that no outcome of the head covers. */
  tailUnits(row: number, word: number): number {
    if (this.#known[row] === 0) {
      this.#known[row] = 1;
      const group = (row / RATE_CLASSES) | 0;
      this.#compute(group, row - group * RATE_CLASSES, wholePmf);
    }
    return tailUnits(this.#tails, row, word);
  }

  #compute(group: number, rate: number, pmf: Float64Array): void {
    const row = group * RATE_CLASSES + rate;
    demandProbabilities(this.#means[rate] ?? 0, this.#dispersions[group] ?? 0, pmf);
    let sum = 0;
    for (let units = 0; units < pmf.length; units++) {
      sum += pmf[units] ?? 0;
      const limit = Math.min(0xffff_ffff, Math.floor(sum * 0x1_0000_0000));
      if (units < HEAD) this.heads[row * HEAD + units] = limit;
      else this.#tails[row * TAIL + units - HEAD] = limit;
    }
  }
}

/** Probabilities of the row that is computed now. */
const headPmf = new Float64Array(HEAD);
const wholePmf = new Float64Array(256);

/** Finds a draw in the tail of a row. */
function tailUnits(tails: Uint32Array, row: number, word: number): number {
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
const LEAST_OWN = log(0.05);
const MOST_OWN = log(100);
const LAST_OWN = ALL_GROUPS - GROUPS - 1;

/** The group of the grid that is next to a dispersion, by its logarithm. */
export function ownGroupOf(dispersion: number): number {
  const place = Math.round(((log(dispersion) - LEAST_OWN) / (MOST_OWN - LEAST_OWN)) * LAST_OWN);
  return GROUPS + Math.max(0, Math.min(LAST_OWN, place));
}
