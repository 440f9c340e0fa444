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
