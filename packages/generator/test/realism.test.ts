import { expect, test } from 'vitest';
import { measureRealism } from '../bench/measure-realism.js';
import { presets } from '../src/index.js';
import { m5Weekdays } from '../src/model/world-model.js';

// A bounded share of what bench/campaign-realism.ts measures on 30,490 series for a year, there with seeds that nothing
// was fitted to. With 600 products instead of 3,049, a seed's mean of ln(demand) has a larger standard error,
// 1.1 * sqrt(0.01 / 10 + 0.49 / products): 0.047 instead of 0.038. Two such differences times the steepest slope of a
// share in that mean, 0.4 / 1.1, are 0.007: by so much are the tolerances of two shares and of the median of zero-sales
// days wider than the campaign's 0.025 and 0.03. Every other tolerance is the campaign's. The parameters were fitted to seeds 1, 2, 3, 42 and 777 together, none
// to one alone.
test.each([42, 777, 1])('the m5 world of seed %i has the published statistics', (seed) => {
  const found = measureRealism(presets.m5.model, { seed, stores: 10, products: 600, days: 126 });
  const [intermittent, lumpy, smooth, erratic] = found.classes;
  // M5 by ADI 1.32 and CV² 0.49, counted: 22,175, 5,580, 1,883 and 852 of 30,490 series (an exploratory analysis of
  // the M5 data; the same table's 73/17/7/3 % is in "The M5 competition: Background, organization, and
  // implementation", International Journal of Forecasting 2022).
  expect(Math.abs(intermittent - 0.727)).toBeLessThan(0.032);
  expect(Math.abs(lumpy - 0.183)).toBeLessThan(0.032);
  expect(Math.abs(smooth - 0.062)).toBeLessThan(0.025);
  expect(Math.abs(erratic - 0.028)).toBeLessThan(0.025);
  // Shares of days without a sale, over the same series: median 0.6337, third quartile 0.7960.
  expect(Math.abs(found.zeroMedian - 0.634)).toBeLessThan(0.037);
  expect(Math.abs(found.zeroThirdQuartile - 0.796)).toBeLessThan(0.05);
  for (const [day, factor] of m5Weekdays.entries()) {
    expect(Math.abs((found.weekdays[day] ?? 0) - factor)).toBeLessThan(0.04);
  }
  // Gruen, Corsten and Bharadwaj, "Retail Out-of-Stocks", 2002 (FMI press release, 14 October 2002): 8.3 % of
  // products out of stock; 47 % of cases from ordering, 25 % from the shelf, the rest upstream.
  expect(Math.abs(found.outOfStock - 0.083)).toBeLessThan(0.01);
  expect(Math.abs(found.causes[0] - 0.47)).toBeLessThan(0.05);
  expect(Math.abs(found.causes[1] - 0.25)).toBeLessThan(0.05);
  expect(Math.abs(found.causes[2] - 0.28)).toBeLessThan(0.05);
  // National Retail Federation, security surveys 2022 and 2023: 1.4 % and 1.6 % of sales.
  expect(found.shrink).toBeGreaterThan(0.014);
  expect(found.shrink).toBeLessThan(0.016);
});

test.each([1, 2, 3])(
  'in the audit world of seed %i two records in three are wrong when they are counted',
  (seed) => {
    // DeHoratius and Raman, "Inventory Record Inaccuracy", Management Science 2008: 65 % of nearly 370,000 records.
    const world = { seed, stores: 4, products: 200, days: 365 };
    expect(Math.abs(measureRealism(presets.audit.model, world, 365).wrongRecords - 0.65)).toBeLessThan(0.04);
  },
);

test.each([1, 2, 3])('in the fresh world of seed %i about a fifth of days end in a stockout', (seed) => {
  // FreshRetailNet-50K, data set card: "approximately 20%" of the data are stockouts.
  const world = { seed, stores: 20, products: 60, days: 84 };
  expect(Math.abs(measureRealism(presets.fresh.model, world).outOfStock - 0.2)).toBeLessThan(0.03);
});
