import type { WeekdayName } from '../own/world-file.js';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';

/** How far a policy sees, and how much it may order. */
export const policyLimits: {
  /** Local days of `calendar` and of `promotions`, today included. */
  readonly aheadDays: number;
  /** Local days of `recentSales`, today included. */
  readonly salesDays: number;
  /** Most units of one order. */
  readonly quantity: number;
  /** Most units on record and on order of one product in one store. */
  readonly position: number;
} = Object.freeze({ aheadDays: 15, salesDays: 28, quantity: 1_000_000, position: 100_000_000 });

/** A local day of a store's calendar. */
export interface PolicyDay {
  /** Local day, `2026-01-05`. */
  readonly date: string;
  /** Its weekday. */
  readonly weekday: WeekdayName;
  /** Whether a holiday of the store's calendar changes its sales. */
  readonly holiday: boolean;
  /** Opening hours, local time; `null` is closed: no customer, no truck and no review. */
  readonly opens: readonly [opens: string, closes: string] | null;
}

/** An order on its way. */
export interface OpenOrder {
  /** Units on paper. */
  readonly quantity: number;
  /** Local day on which the supplier has promised it, `2026-01-05`; one in the past is late. */
  readonly due: string;
}

/** A lower price that is known. */
export interface PlannedPromotion {
  /** First local day that is not over, `2026-04-06`. */
  readonly from: string;
  /** Last local day within the calendar's days. */
  readonly to: string;
  /** Price of a unit on these days. */
  readonly price: number;
}

/** What a retailer knows of one product in one store in the evening. */
export interface PolicyProduct {
  /** SKU. */
  readonly product_id: string;
  /** The product as `world.products` has it. */
  readonly product: Product;
  /** Units on record at closing, `current_stock` of the events: thefts stay in it until a count. */
  readonly recordedStock: number;
  /** Units of all open orders. */
  readonly onOrder: number;
  /** Open orders, the one that is due first in front. */
  readonly openOrders: readonly OpenOrder[];
  /** Units sold at this shelf today. */
  readonly soldToday: number;
  /**
   * Units sold at this shelf on each of the last 28 local days, today's last; null where the store was closed, the product
   * not on sale, or the day before the world's first one.
   */
  readonly recentSales: readonly (number | null)[];
  /** Price of a unit today. */
  readonly price: number;
  /** Price of a unit without promotions. */
  readonly everydayPrice: number;
  /** Promotions within the calendar's days, today's too, in the order of time. */
  readonly promotions: readonly PlannedPromotion[];
  /** Days from an order to its promised delivery; 0 is tonight. */
  readonly leadDays: number;
  /** Units of a case: what is ordered is rounded up to whole cases. 1 where single units come. */
  readonly packUnits: number;
  /** Days a unit keeps; null keeps for good. */
  readonly shelfLifeDays: number | null;
  /** Reorder point in the store's system, `min_threshold` of the events. */
  readonly reorderPoint: number;
  /**
   * Level that the preset's own policy orders up to: a setting of the store's system, as `reorderPoint` is. A preset sets
   * both for the mean demand of the series.
   */
  readonly orderUpTo: number;
}

/**
 * What a retailer knows in the evening of a store's open day, after closing. Everything is derived from events that the
 * store has seen, and from what it plans itself; never from the truth. Nothing in it is shared with the world: a policy
 * may keep or change it.
 */
export interface PolicyState {
  /** The local day that has closed, `2026-01-05`. */
  readonly date: string;
  /** The store that orders, as `world.stores` has it. */
  readonly store: Store;
  /** Today and the coming 14 local days. */
  readonly calendar: readonly PolicyDay[];
  /** Days until the next evening on which the store can order; null where none is in `calendar`. */
  readonly daysToReview: number | null;
  /** Products that the store has on sale today, in the order of `world.products`. */
  readonly products: readonly PolicyProduct[];
  /** What this policy returned as `memo` for this store last; undefined at first. */
  readonly memo: unknown;
}

/** An order of one product. */
export interface PolicyOrder {
  /** One of `state.products`, once. */
  readonly product_id: string;
  /** Whole units, 0 to 1,000,000, rounded up to whole cases; 0 orders nothing. */
  readonly quantity: number;
}

/** What a policy answers: orders, or orders with the memo for the store's next evening. */
export type PolicyAnswer =
  | readonly PolicyOrder[]
  | {
      /** What the store orders tonight. */
      readonly orders: readonly PolicyOrder[];
      /** A JSON value for the next evening of this store; left out, the last one stays. */
      readonly memo?: unknown;
    };

/**
 * A replenishment policy: what a store orders in the evening, by what it knows. It must be a pure function of the state:
 * it is called again wherever a world goes over days again (`seek`, `at`, `truth`, `score`), and must answer the same.
 * What it wants to remember it returns as `memo`.
 *
 * @example
 * ```ts
 * import { createWorld, type ReplenishmentPolicy } from '@store/generator';
 *
 * // Orders what will be missing of a week's sales.
 * const weekly: ReplenishmentPolicy = ({ products }) =>
 *   products.map(({ product_id, recentSales, recordedStock, onOrder }) => ({
 *     product_id,
 *     quantity: Math.max(0, recentSales.slice(-7).reduce<number>((sum, n) => sum + (n ?? 0), 0) - recordedStock - onOrder),
 *   }));
 * const world = createWorld({ seed: 7, stores: 2, products: 40, days: 7, policy: weekly });
 * console.log(world.truth().totals().lost);
 * ```
 */
export type ReplenishmentPolicy = (state: PolicyState) => PolicyAnswer;
