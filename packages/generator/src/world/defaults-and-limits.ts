/** What a world is made of when nothing else is given. */
export const worldDefaults: {
  readonly seed: number;
  readonly stores: number;
  readonly products: number;
  readonly start: string;
  readonly days: number;
  readonly preset: 'm5';
} = Object.freeze({ seed: 42, stores: 50, products: 200, start: '2026-01-05', days: 1, preset: 'm5' });

/** Sizes that one world may have. */
export const worldLimits: {
  readonly stores: number;
  readonly products: number;
  /** Stores times products. */
  readonly series: number;
  readonly days: number;
} = Object.freeze({ stores: 1_000_000, products: 1_000_000, series: 100_000_000, days: 36_500 });

/** Ranges of the numbers that data of one's own may have. */
export const ownLimits: {
  /** Units a day of a series' demand at all factors 1; the classes of demand end there. */
  readonly mean: readonly [least: number, most: number];
  /** k of the negative binomial demand. */
  readonly dispersion: readonly [least: number, most: number];
  /** Price of a unit. */
  readonly price: readonly [least: number, most: number];
} = Object.freeze({
  mean: Object.freeze([0.008, 99] as const),
  dispersion: Object.freeze([0.05, 100] as const),
  price: Object.freeze([0.01, 20_000_000] as const),
});
