import { ALL_TIME } from '../src/day/day-parts.js';
import { ShardClock } from '../src/day/shard-clock.js';
import { settle } from '../src/world/options.js';
import { presets } from '../src/world/presets.js';

/**
 * The 24 instances of Zheng and Federgruen, "Finding optimal (s, S) policies is about as simple as evaluating a
 * single policy", Operations Research 1991, table 1: Poisson demand, holding 1, shortage 9, order 64; mean demand,
 * optimal s and S, optimal cost a period (values as in LarrySnyder/stockpyl, tests/test_ss.py).
 */
export const zhengFedergruen: readonly (readonly [mean: number, s: number, S: number, cost: number])[] = [
  [10, 6, 40, 35.022],
  [15, 10, 49, 42.698],
  [20, 14, 62, 49.173],
  [25, 19, 56, 54.262],
  [30, 23, 66, 57.819],
  [35, 28, 77, 61.215],
  [40, 33, 87, 64.512],
  [45, 37, 97, 67.776],
  [50, 42, 108, 70.975],
  [55, 47, 118, 74.149],
  [60, 52, 129, 77.306],
  [65, 56, 75, 78.518],
  [70, 62, 81, 79.037],
  [75, 67, 86, 79.554],
  [21, 15, 65, 50.406],
  [22, 16, 68, 51.632],
  [23, 17, 52, 52.757],
  [24, 18, 54, 53.518],
  [51, 43, 110, 71.611],
  [52, 44, 112, 72.246],
  [59, 51, 126, 76.679],
  [61, 52, 131, 77.929],
  [63, 54, 73, 78.287],
  [64, 55, 74, 78.402],
];

/** Cost a period of the theory world under an (s, S) policy, over `series` times `days` periods. */
export function measureCost(
  policy: { readonly mean: number; readonly s: number; readonly S: number },
  costs: { readonly holding: number; readonly shortage: number; readonly order: number },
  size: { readonly seed: number; readonly series: number; readonly days: number },
): number {
  const settling = 50;
  const { settings } = settle({
    seed: size.seed,
    stores: 1,
    products: size.series,
    days: settling + size.days,
    preset: {
      ...presets.theory,
      model: {
        ...presets.theory.model,
        fixedMean: policy.mean,
        fixedReorderPoint: policy.s + 1,
        fixedOrderUpTo: policy.S,
      },
    },
  });
  const clock = new ShardClock(settings);
  const firstDay = clock.day + settling;
  let cost = 0;
  let periods = 0;
  clock.observe({
    window: ALL_TIME,
    closed(_series, day, { physical }) {
      if (day < firstDay) return;
      periods++;
      cost += physical >= 0 ? physical * costs.holding : -physical * costs.shortage;
    },
    ordered(_series, day) {
      if (day >= firstDay) cost += costs.order;
    },
    shrunk: () => undefined,
    counted: () => undefined,
  });
  clock.skipTo(settings.endMs);
  return cost / periods;
}
