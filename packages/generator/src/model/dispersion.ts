import { exp, log } from './exact-math.js';

/** Largest part of the variance that `k` gives a day which may come from levels and shocks. */
const MOST_OF_IT = 0.75;
/** The highest dispersion of a day: what is left is as good as Poisson. */
const MOST = 100;

/** Standard deviations of logarithms that all series of a world share: slow levels, and shocks of stores and products. */
export interface Movement {
  readonly memory: number;
  readonly shocks: { readonly store: number; readonly storeWeek: number; readonly local: number };
}

/** How the variance of a series' day is divided. */
export interface DividedVariance {
  /** k of a day around its level. */
  readonly dispersion: number;
  /** Standard deviation of the level's logarithm. */
  readonly deviation: number;
}

/**
 * Divides the variance mean² / k of a series' days into that of its slow level, of the shocks, and of the day itself, so
 * that all of them together have the k that was given: demand classes and days without a sale stay what they are. Where k
 * is too high for all, the level moves less; where it is too high for the shocks alone, the days are Poisson.
 */
export function divideVariance(dispersion: number, { memory, shocks }: Movement): DividedVariance {
  if (dispersion === Infinity) return { dispersion, deviation: 0 };
  const { store, storeWeek, local } = shocks;
  if (memory + store + storeWeek + local === 0) return { dispersion, deviation: 0 };
  const whole = 1 / dispersion;
  const ofShocks = exp(store * store + storeWeek * storeWeek + local * local) - 1;
  const most = Math.max(0, (1 + MOST_OF_IT * whole) / (1 + ofShocks) - 1);
  const ofLevel = Math.min(exp(memory * memory) - 1, most);
  const moved = (1 + ofShocks) * (1 + ofLevel);
  const left = (1 + whole) / moved - 1;
  return {
    dispersion: left <= 1 / MOST ? MOST : 1 / left,
    deviation: ofLevel === 0 ? 0 : Math.sqrt(log(1 + ofLevel)),
  };
}
