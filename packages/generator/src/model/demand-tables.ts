import { exp, log } from './exact-math.js';

/** Ratio between neighbouring rate classes: seasonality and price effects are integer steps of 3 %. */
export const RATE_RATIO = 1.03;
/** Number of rate classes, 0.008 to 99 units a day. */
export const RATE_CLASSES = 320;
/** Number of dispersion groups. */
export const GROUPS = 8;
const LOWEST_RATE = 0.008;
const LOG_RATIO = log(RATE_RATIO);
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

/**
 * Writes one row of Walker's alias method into `table`, with Vose's pairing: 256 words of a 24-bit bar and an 8-bit
 * alias. One draw of 32 bits is then one look-up and one comparison, whatever the distribution.
 */
export function writeAliasRow(table: Uint32Array, row: number, pmf: Float64Array): void {
  const scaled = pmf.map((p) => p * 256);
  const small: number[] = [];
  const large: number[] = [];
  scaled.forEach((p, n) => (p < 1 ? small : large).push(n));
  const write = (slot: number, bar: number, alias: number): void => {
    table[row * 256 + slot] = ((Math.min(0xffffff, Math.floor(bar * 0x1000000)) << 8) | alias) >>> 0;
  };
  while (small.length > 0 && large.length > 0) {
    const slot = small.pop() ?? 0;
    const alias = large.pop() ?? 0;
    const bar = scaled[slot] ?? 0;
    write(slot, bar, alias);
    const rest = (scaled[alias] ?? 0) - (1 - bar);
    scaled[alias] = rest;
    (rest < 1 ? small : large).push(alias);
  }
  for (const slot of [...small, ...large]) write(slot, 1, slot);
}

/** Rows for every dispersion group and rate class, `group * RATE_CLASSES + class`. */
export function demandTable(dispersions: Float64Array): Uint32Array {
  const means = rateMeans();
  const table = new Uint32Array(GROUPS * RATE_CLASSES * 256);
  for (let group = 0; group < GROUPS; group++) {
    for (let rate = 0; rate < RATE_CLASSES; rate++) {
      const pmf = demandProbabilities(means[rate] ?? 0, dispersions[group] ?? 1);
      writeAliasRow(table, group * RATE_CLASSES + rate, pmf);
    }
  }
  return table;
}
