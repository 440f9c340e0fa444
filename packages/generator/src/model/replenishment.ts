import { checkArgument, checkOptions, numberBetween, required, type OptionRules } from '@store/foundation';
import { invalidOption } from '../errors.js';
import { normalDensity, normalQuantile } from './exact-math.js';
import { demandProbabilities } from './demand.js';
import type { WorldModel } from './world-model.js';

const amount = required(numberBetween(0, Number.MAX_VALUE));
const positive = required(numberBetween(0, Number.MAX_VALUE, { above: true }));

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
export function reorderPoint(input: {
  readonly meanPerDay: number;
  readonly variancePerDay: number;
  readonly leadDays: number;
  readonly leadVariance: number;
  readonly safetyFactor: number;
}): number {
  checkOptions(input, reorderRules, invalidOption);
  return reorderLevel(input);
}

/** {@link reorderPoint} of numbers that are checked already. */
export function reorderLevel(input: Parameters<typeof reorderPoint>[0]): number {
  const { meanPerDay, variancePerDay, leadDays, leadVariance, safetyFactor } = input;
  const exposed = leadDays + 1;
  const safety = safetyFactor * Math.sqrt(exposed * variancePerDay + meanPerDay * meanPerDay * leadVariance);
  return Math.ceil(meanPerDay * exposed + safety);
}

const reorderRules: OptionRules<Parameters<typeof reorderPoint>[0]> = {
  meanPerDay: amount,
  variancePerDay: amount,
  leadDays: amount,
  leadVariance: amount,
  safetyFactor: required(numberBetween(-Number.MAX_VALUE, Number.MAX_VALUE)),
};

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
export function economicOrderQuantity(orderCost: number, holdingCost: number, demandRate: number): number {
  checkArgument('orderCost', orderCost, amount, invalidOption);
  checkArgument('holdingCost', holdingCost, positive, invalidOption);
  checkArgument('demandRate', demandRate, amount, invalidOption);
  return orderSize(orderCost, holdingCost, demandRate);
}

/** {@link economicOrderQuantity} of numbers that are checked already. */
export function orderSize(orderCost: number, holdingCost: number, demandRate: number): number {
  return Math.sqrt((2 * orderCost * demandRate) / holdingCost);
}

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
export function newsvendorNormal(input: {
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly mean: number;
  readonly deviation: number;
}): { readonly level: number; readonly cost: number } {
  checkOptions(input, newsvendorRules, invalidOption);
  const { holdingCost, shortageCost, mean, deviation } = input;
  const z = normalQuantile(shortageCost / (shortageCost + holdingCost));
  return {
    level: mean + z * deviation,
    cost: (holdingCost + shortageCost) * normalDensity(z) * deviation,
  };
}

const newsvendorRules: OptionRules<Parameters<typeof newsvendorNormal>[0]> = {
  holdingCost: positive,
  shortageCost: positive,
  mean: amount,
  deviation: amount,
};

/** Whether a model's stores order single units, not whole cases. */
export const ordersSingleUnits = ({ policy, fixedOrderUpTo }: WorldModel): boolean =>
  policy === 'newsvendor' || fixedOrderUpTo >= 0;

/** Newsvendor under negative binomial demand: the smallest level that covers this share of periods. */
export function newsvendorLevel(mean: number, dispersion: number, criticalRatio: number): number {
  const pmf = demandProbabilities(mean, dispersion);
  let covered = 0;
  for (let level = 0; level < 255; level++) {
    covered += pmf[level] ?? 0;
    if (covered >= criticalRatio) return level;
  }
  return 255;
}
