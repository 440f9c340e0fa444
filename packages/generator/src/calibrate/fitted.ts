import { exp } from '../model/exact-math.js';
import type { CalendarEffects } from './calendar-effects.js';
import { LEAST_STEP, STEPS } from './everyday-price.js';

/** A fitted model. */
export interface Fit {
  /** Logarithm of each series' mean at the end of the history, at the everyday price, with all factors 1. */
  readonly level: Float64Array;
  readonly dispersion: Float64Array;
  /** 1 where a dispersion is at an end of its range. */
  readonly bounded: Uint8Array;
  readonly effects: CalendarEffects;
  elasticity: number;
  /** Logarithm of what a promotion sells beyond its price. */
  lift: number;
  /** Standard deviation of the logarithm of the series' slow levels. */
  memory: number;
  /** Days of the panel that were fitted, from its first. */
  readonly days: number;
}

/** Factors of reduced prices: by promotion and step. */
export function priceFactors({ elasticity, lift }: Fit): Float64Array {
  const width = 1 - LEAST_STEP;
  return Float64Array.from({ length: 2 * width }, (_, n) =>
    exp((elasticity * (n % width)) / STEPS + (n >= width ? lift : 0)),
  );
}

/** Index of a cell in `priceFactors`. */
export const priceIndex = (step: number, promoted: number): number => promoted * (1 - LEAST_STEP) - step;
