import type { Costs } from './costs.js';

/** Sums over the days of shelves. Units are those of the world's time, as in `truth()`. */
export interface ScoreUnits {
  /** Units wanted, before any substitution. */
  readonly demand: number;
  /** Units wanted instead of a missing neighbour. */
  readonly substituted: number;
  /** Units sold: `sold + lost = demand + substituted`. */
  readonly sold: number;
  /** Units wanted where the shelf was empty. */
  readonly lost: number;
  /** Units of `demand` alone that the shelf did not have, whether or not their buyers took the neighbour. */
  readonly missed: number;
  /** Units that came off trucks. */
  readonly received: number;
  /** Units brought back by customers. */
  readonly returned: number;
  /** Units that spoiled. */
  readonly wasted: number;
  /** Units stolen or broken. */
  readonly shrunk: number;
  /** Units in the stores at the beginning of the world's time and at its end: `opening + received + returned` = `closing + sold + wasted + shrunk`. */
  readonly opening: number;
  /** See `opening`. */
  readonly closing: number;
}

/** How a part of a world did. */
export interface ScoreLine {
  /** Share of the days of shelves that closed with units in the store; 1 of no days. */
  readonly serviceLevel: number;
  /** Units sold over units wanted, buyers who took the neighbour included; 1 where nothing was wanted. */
  readonly fillRate: number;
  /** Units spoiled over units received; 0 where nothing came. */
  readonly wasteRate: number;
  /** What it cost, in the stores' currency, and the sum. */
  readonly costs: Costs & { readonly total: number };
  /** Days of shelves: each product on sale in each open store, where closing is in the world's time. */
  readonly seriesDays: number;
  /** Orders placed. */
  readonly orders: number;
  /** The sums behind these. */
  readonly units: ScoreUnits;
}

/** The score of a store. */
export interface StoreScore extends ScoreLine {
  /** Which store. */
  readonly store_id: string;
}

/** The score of a category in all stores. */
export interface CategoryScore extends ScoreLine {
  /** Which category. */
  readonly category: string;
}

/** How the stores of a world did, by its truth. */
export interface Score extends ScoreLine {
  /**
   * Currencies of the sums; with several, sums over stores add up different money. Where products have no prices of one's
   * own, built-in ones above all, everything is valued in euros.
   */
  readonly currencies: readonly string[];
  /** Each store of this shard. */
  readonly byStore: readonly StoreScore[];
  /** Each category of its products, in the order of its first product. */
  readonly byCategory: readonly CategoryScore[];
}
