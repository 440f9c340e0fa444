import { shiftOf } from '../model/demand.js';
import { exp, log } from '../model/exact-math.js';
import type { DemandSettings } from './demand-settings.js';

/** The least that a dip leaves of demand. */
const LEAST_LEFT = 0.2;

/**
 * What a promotion does to demand, in rate classes, by the share of the everyday price that it asks. A week later its
 * buyers have some of what they wanted at home: on the same day of the next week this many units are missing
 * as are a share of those that it sold in addition.
 */
export class PriceEffects {
  /** Whether demand dips after promotions. */
  readonly dips: boolean;
  readonly #elasticity: number;
  readonly #dip: number;
  readonly #rises = new Map<number, number>();
  readonly #dipsOf = new Map<number, number>();

  constructor({ elasticity, dip }: Pick<DemandSettings, 'elasticity' | 'dip'>) {
    this.#elasticity = elasticity;
    this.#dip = dip;
    this.dips = dip > 0 && elasticity > 0;
  }

  /** Rate classes that a price of this share adds. */
  rise(share: number): number {
    let shift = this.#rises.get(share);
    if (shift === undefined) this.#rises.set(share, (shift = shiftOf(-this.#elasticity * log(share))));
    return shift;
  }

  /** Rate classes, none or below 0, a week after a day at a price of this share. */
  dip(share: number): number {
    let shift = this.#dipsOf.get(share);
    if (shift === undefined) {
      const sold = exp(-this.#elasticity * log(share)) - 1;
      shift = shiftOf(log(Math.max(LEAST_LEFT, 1 - this.#dip * Math.max(0, sold))));
      this.#dipsOf.set(share, shift);
    }
    return shift;
  }
}
