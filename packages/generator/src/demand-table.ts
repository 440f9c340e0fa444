import { exp, ln } from './elementary.js';

/** Neighbouring rate classes differ by this factor in mean daily demand. */
const classRatio = 1.05;
/** Mean daily demand of class 0, units. */
const lowestMean = 0.004;
/** Classes from 0.004 to about 1,000 units a day. */
export const classCount = 256;
/** Dispersion k of the negative binomial, from lumpy to near Poisson. */
const dispersions = [0.15, 0.3, 0.6, 1.2, 2.5, 5, 10, 40];
/** No series sells more than this in a day. */
const mostUnits = 4095;

/** Mean daily demand of a class, units. */
export const meanOf = (rateClass: number): number => lowestMean * exp(rateClass * ln(classRatio));

/** Class whose mean is nearest to `exp(logMean)`. */
export function classOf(logMean: number): number {
  const nearest = Math.round((logMean - ln(lowestMean)) / ln(classRatio));
  return Math.min(classCount - 1, Math.max(0, nearest));
}

/** Index of the dispersion nearest to `exp(logDispersion)`. */
export function dispersionOf(logDispersion: number): number {
  let best = 0;
  const gap = (index: number): number => Math.abs(ln(dispersions[index] ?? 1) - logDispersion);
  for (let index = 1; index < dispersions.length; index++) if (gap(index) < gap(best)) best = index;
  return best;
}

/** Variance of daily demand, units squared. */
export function varianceOf(rateClass: number, dispersion: number): number {
  const mean = meanOf(rateClass);
  return mean + (mean * mean) / (dispersions[dispersion] ?? 1);
}

const tables = new Map<number, Float64Array>();

/** Cumulative distribution scaled to 2^32. */
function table(rateClass: number, dispersion: number): Float64Array {
  const key = dispersion * classCount + rateClass;
  let cumulative = tables.get(key);
  if (cumulative === undefined) {
    const k = dispersions[dispersion] ?? 1;
    const mean = meanOf(rateClass);
    const success = mean / (mean + k);
    let probability = exp(k * ln(k / (k + mean)));
    let sum = probability;
    const steps = [Math.floor(sum * 2 ** 32)];
    for (let n = 1; n <= mostUnits && sum < 1 - 2 ** -33; n++) {
      probability = (probability * success * (n - 1 + k)) / n;
      sum += probability;
      steps.push(Math.floor(sum * 2 ** 32));
    }
    cumulative = Float64Array.from(steps);
    tables.set(key, cumulative);
  }
  return cumulative;
}

/** Units demanded on a day: negative binomial by inversion of a 32-bit uniform word. */
export function demand(rateClass: number, dispersion: number, word: number): number {
  const cumulative = table(rateClass, dispersion);
  let low = 0;
  let high = cumulative.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cumulative[middle] ?? 0) > word) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, cumulative.length - 1);
}
