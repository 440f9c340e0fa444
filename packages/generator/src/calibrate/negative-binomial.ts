import { exp, log } from '../model/exact-math.js';

/** Below this share of outcomes, a tail is summed by itself: one less the head would be rounding error. */
const THIN = 1e-6;
/** The most terms of a sum: a world's series wants some 255 units a day at most, and larger ones are only named. */
const MOST_TERMS = 4096;

/**
 * Expected demand of a day that sold `sold` units and then ran out, D negative binomial with this mean and dispersion k:
 * E[D | D >= s] = mean * P(D' >= s - 1) / P(D >= s), where D' has dispersion k + 1 and the same p.
 */
export function censoredMean(mean: number, dispersion: number, sold: number): number {
  if (sold <= 0) return mean;
  if (sold > MOST_TERMS) return Math.max(sold, mean);
  const p = dispersion / (dispersion + mean);
  const q = 1 - p;
  // P(D = n), and P(D' = n) = P(D = n) * p * (n + k) / k.
  let chance = exp(dispersion * log(p));
  let head = 0;
  let otherHead = 0;
  for (let n = 0; n < sold; n++) {
    head += chance;
    if (n < sold - 1) otherHead += (chance * p * (n + dispersion)) / dispersion;
    chance *= ((n + dispersion) / (n + 1)) * q;
  }
  const tail = 1 - head;
  if (tail > THIN) return Math.max(sold, (mean * (1 - otherHead)) / tail);
  // Relative to P(D = s): sums of n * t(n) and of t(n) from s on.
  let weight = 1;
  let sum = 1;
  let units = 0;
  for (let n = sold, turn = 0; turn < MOST_TERMS && weight > 1e-12 * sum; turn++, n++) {
    weight *= ((n + dispersion) / (n + 1)) * q;
    sum += weight;
    units += weight * (turn + 1);
  }
  return sold + units / sum;
}

/** P(D < n) and P(D = n). */
export function cumulative(
  mean: number,
  dispersion: number,
  n: number,
): readonly [below: number, at: number] {
  const q = mean / (dispersion + mean);
  let chance = exp(dispersion * log(1 - q));
  let below = 0;
  for (let m = 0; m < Math.min(n, MOST_TERMS); m++) {
    below += chance;
    chance *= ((m + dispersion) / (m + 1)) * q;
  }
  return [Math.min(1, below), chance];
}

/** The least n with P(D <= n) above u, 0 <= u < 1; at most `MOST_TERMS`. */
export function quantile(mean: number, dispersion: number, u: number): number {
  const q = mean / (dispersion + mean);
  let chance = exp(dispersion * log(1 - q));
  let n = 0;
  for (let below = chance; below <= u && n < MOST_TERMS; below += chance) {
    chance *= ((n + dispersion) / (n + 1)) * q;
    n++;
  }
  return n;
}
