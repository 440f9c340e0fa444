import { numberBetween, wholeNumber, type OptionRules } from '@store/foundation';

/** When a low-stock episode is over. */
export interface EpisodeOptions {
  /**
   * Units above the reorder point that the stock must reach before an episode ends: hysteresis, so that a
   * shelf that hovers around its threshold makes one request, not ten. 0 or more; where the threshold is 0 there is none.
   *
   * @defaultValue 0
   */
  readonly recoveryMargin?: number;
}

/** How much a restock request asks for. */
export interface QuantityOptions {
  /** Order-up-to level as a multiple of the reorder point, 1 to 1000. @defaultValue 2 */
  readonly orderUpToFactor?: number;
  /** Units come in packs of this many. @defaultValue 1 */
  readonly packSize?: number;
}

/** What is taken for an option that is not given. */
export const restockDefaults: {
  readonly recoveryMargin: number;
  readonly orderUpToFactor: number;
  readonly packSize: number;
  readonly truckCapacity: number;
  readonly maxStops: number;
  readonly minimumLoad: number;
  readonly stopMinutes: number;
  readonly lookBackHours: number;
  readonly episodes: 'all';
  readonly maxAttempts: number;
  readonly firstWaitMs: number;
  readonly leaseMs: number;
  readonly resendAfterHours: number;
} = Object.freeze({
  recoveryMargin: 0,
  orderUpToFactor: 2,
  packSize: 1,
  truckCapacity: 500,
  maxStops: 1,
  minimumLoad: 1,
  stopMinutes: 30,
  lookBackHours: 168,
  episodes: 'all',
  maxAttempts: 5,
  firstWaitMs: 100,
  leaseMs: 300_000,
  resendAfterHours: 96,
});

export const episodeRules: OptionRules<EpisodeOptions> = { recoveryMargin: wholeNumber(0) };

export const quantityRules: OptionRules<QuantityOptions> = {
  orderUpToFactor: numberBetween(1, 1000),
  packSize: wholeNumber(1),
};
