/** How a world behaves: every parameter of demand, replenishment and error. Spread a preset's model to change some. */
export interface WorldModel {
    /** Mean of ln(mean daily demand) over the series. */
    readonly logMean: number;
    /** Standard deviation of ln(mean daily demand). */
    readonly logMeanSpread: number;
    /** Share of that variance that belongs to the store. */
    readonly storeShare: number;
    /** Share of that variance that belongs to the product, both at most 1; the pair has the rest. */
    readonly productShare: number;
    /** Mean of ln(k), the dispersion of the negative binomial demand. */
    readonly logDispersion: number;
    /** Standard deviation of ln(k). */
    readonly logDispersionSpread: number;
    /** Poisson demand with this mean for every series, units a day; 0 draws means instead. */
    readonly fixedMean: number;
    /** Sales factor of each weekday from Monday on, 0 to 100; 0 closes the stores on that local day. */
    readonly weekdays: readonly number[];
    /** Sales factor of each month from January on, 0 to 100; 0 closes the stores in that local month. */
    readonly months: readonly number[];
    /** Whether the holidays of the calendar raise and lower sales, and Christmas closes the stores. */
    readonly holidays: boolean;
    /** Share of product-weeks at a promotional price. */
    readonly promotionRate: number;
    /** How strongly demand answers price: demand is multiplied by (price ratio) to the power of minus this. */
    readonly priceElasticity: number;
    /** How stores order: reorder point and level, reorder point and quantity, level at each review, newsvendor. */
    readonly policy: 'sS' | 'sQ' | 'RS' | 'newsvendor';
    /** z of the safety stock z * sqrt((L + 1) * var(demand) + mean^2 * var(L)). */
    readonly safetyFactor: number;
    /** Cost of an order over the cost of holding a unit for a day: decides the economic order quantity. */
    readonly orderCostRatio: number;
    /** Days between reviews under `RS`. */
    readonly reviewDays: number;
    /** Share of days' demand that a newsvendor covers. */
    readonly criticalRatio: number;
    /** Least and most days from order to delivery; a series keeps its own. */
    readonly leadDays: readonly [least: number, most: number];
    /** Share of due orders that a store forgets each evening. */
    readonly missedOrderRate: number;
    /** Share of trucks that come late. */
    readonly lateRate: number;
    /** By how many days. */
    readonly lateDays: number;
    /** Least reorder point, units. */
    readonly leastReorderPoint: number;
    /** Reorder point of every series; -1 computes one each. */
    readonly fixedReorderPoint: number;
    /** Order-up-to level of every series; -1 computes one each. */
    readonly fixedOrderUpTo: number;
    /** Whether demand waits when the shelf is empty (stock falls below 0) instead of being lost. */
    readonly backorders: boolean;
    /** Units lost to theft, damage and error over units sold. */
    readonly shrinkRate: number;
    /** Share of those losses that go unseen, so that the record keeps counting them as stock. */
    readonly unseenShrinkShare: number;
    /** Units brought back over units sold. */
    readonly returnRate: number;
    /** Share of series-days on which the product is in the store but not on its shelf until closing. */
    readonly shelfFailureRate: number;
    /** Share of deliveries whose units are not the units on paper. */
    readonly receivingErrorRate: number;
    /** Days between two counts of a series; 0 never counts. */
    readonly countIntervalDays: number;
    /** Share of buyers of a missing product who take its neighbour of the same category. */
    readonly substitutionRate: number;
    /** Days a unit keeps: each unit left at closing spoils with chance one in this many; 0 never spoils. */
    readonly shelfLifeDays: number;
}
/** Weekday factors, mean 1: 535,640 rows of M5 (krzjoa/m5, data/tiny_m5.rda; 28 items, 10 stores, 1,913 days). */
export declare const m5Weekdays: readonly number[];
/** Month factors of the same rows. */
export declare const m5Months: readonly number[];
/** The same model, in memory of its own that nobody can change. */
export declare function frozenModel(model: WorldModel): WorldModel;
/** The models that have a name. */
export declare const models: Readonly<Record<'m5' | 'fresh' | 'audit' | 'theory', WorldModel>>;
//# sourceMappingURL=world-model.d.ts.map