import type { ShardClock } from '../day/shard-clock.js';
/**
 * What the till and the stock system of a store know of one product on one local day: a row of sales history as
 * `calibrate` takes it. It is never the truth: units wanted in vain, thefts nobody saw and misplaced goods do not show.
 */
export interface DailySales {
    /** Store, as in its events. */
    readonly store_id: string;
    /** SKU, as in its events. */
    readonly product_id: string;
    /** Local day, `2026-01-05`. */
    readonly date: string;
    /** Units sold over the day. */
    readonly units_sold: number;
    /** Recorded units on hand at closing. */
    readonly on_hand: number;
    /** 0 where the recorded stock was empty at some time between opening and closing, else 1. */
    readonly in_stock: 0 | 1;
    /** Selling price of one unit on that day, in the store's currency. */
    readonly price: number;
    /** 1 where that is below the everyday price, else 0. */
    readonly promotion: 0 | 1;
}
/** Opens a clock that stands at the world's start, with the deliveries accepted so far. */
export type OpenClock = () => ShardClock;
/** Daily sales of a world: each reading simulates it again. */
export declare function dailySeriesOf(open: OpenClock, startMs: number, endMs: number, maxEvents: number): Iterable<DailySales>;
/** The instant at which a world of so many events ends. */
export declare function endOf(open: OpenClock, maxEvents: number): number;
/**
 * Returns daily sales as lines of CSV, the names of the columns first: RFC 4180 with line feeds, as `store calibrate`
 * and `calibrate` read it.
 *
 * @example
 * ```ts
 * import { createWorld, dailyCsv } from '@store/generator';
 *
 * const world = createWorld({ seed: 7, stores: 2, products: 3, days: 60 });
 * let csv = '';
 * for (const line of dailyCsv(world.dailySeries())) csv += line;
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export declare function dailyCsv(rows: Iterable<DailySales>): Generator<string, void, void>;
//# sourceMappingURL=daily-series.d.ts.map