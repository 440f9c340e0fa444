import type { WorldModel } from './world-model.js';
/**
 * Reorder point: mean demand over lead time and review day, and the safety stock
 * z * sqrt((L + 1) * sd^2 + mean^2 * sdL^2) (Silver, Pyke & Thomas, "Inventory and Production Management in Supply
 * Chains", chapter 6). Whole units, rounded up.
 *
 * @example
 * ```ts
 * import { reorderPoint } from '@store/generator';
 *
 * const demand = { meanPerDay: 4, variancePerDay: 9, leadDays: 3, leadVariance: 1, safetyFactor: 2 };
 * console.log(reorderPoint(demand)); // 31
 * ```
 */
export declare function reorderPoint(input: {
    readonly meanPerDay: number;
    readonly variancePerDay: number;
    readonly leadDays: number;
    readonly leadVariance: number;
    readonly safetyFactor: number;
}): number;
/** {@link reorderPoint} of numbers that are checked already. */
export declare function reorderLevel(input: Parameters<typeof reorderPoint>[0]): number;
/**
 * Economic order quantity (Harris, 1913): the batch at which ordering and holding cost the same.
 *
 * @example
 * ```ts
 * import { economicOrderQuantity } from '@store/generator';
 *
 * console.log(economicOrderQuantity(8, 0.225, 1300).toFixed(1)); // 304.0
 * ```
 */
export declare function economicOrderQuantity(orderCost: number, holdingCost: number, demandRate: number): number;
/** {@link economicOrderQuantity} of numbers that are checked already. */
export declare function orderSize(orderCost: number, holdingCost: number, demandRate: number): number;
/**
 * Newsvendor under normal demand: the level whose critical ratio is p / (p + h), and its expected cost.
 *
 * @example
 * ```ts
 * import { newsvendorNormal } from '@store/generator';
 *
 * const { level, cost } = newsvendorNormal({ holdingCost: 2, shortageCost: 18, mean: 120, deviation: 10 });
 * console.log(level.toFixed(1), cost.toFixed(1)); // 132.8 35.1
 * ```
 */
export declare function newsvendorNormal(input: {
    readonly holdingCost: number;
    readonly shortageCost: number;
    readonly mean: number;
    readonly deviation: number;
}): {
    readonly level: number;
    readonly cost: number;
};
/** Whether a model's stores order single units, not whole cases. */
export declare const ordersSingleUnits: ({ policy, fixedOrderUpTo }: WorldModel) => boolean;
/** Newsvendor under negative binomial demand: the smallest level that covers this share of periods. */
export declare function newsvendorLevel(mean: number, dispersion: number, criticalRatio: number): number;
//# sourceMappingURL=replenishment.d.ts.map