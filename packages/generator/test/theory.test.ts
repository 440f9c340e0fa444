import { expect, test } from 'vitest';
import { measureCost, zhengFedergruen } from '../bench/measure-theory.js';
import { economicOrderQuantity, newsvendorNormal, reorderPoint } from '../src/index.js';

// Three of the 24; bench/campaign-realism.ts runs them all with two million periods each.
test.each(zhengFedergruen.filter(([mean]) => [10, 15, 20].includes(mean)))(
  'a demand of %d under (s, S) = (%d, %d) has the published cost of %d a period',
  (mean, s, S, cost) => {
    const found = measureCost(
      { mean, s, S },
      { holding: 1, shortage: 9, order: 64 },
      { seed: 1, series: 700, days: 300 },
    );
    expect(Math.abs(found / cost - 1)).toBeLessThan(0.002);
  },
);

test('the optimal (s, S) of a textbook costs what the textbook says', () => {
  // Snyder and Shen, "Fundamentals of Supply Chain Theory", example 4.7, as in stockpyl.
  const found = measureCost(
    { mean: 6, s: 4, S: 10 },
    { holding: 1, shortage: 4, order: 5 },
    { seed: 2, series: 700, days: 300 },
  );
  expect(Math.abs(found / 8.034111561471644 - 1)).toBeLessThan(0.002);
});

test('newsvendor and EOQ give the published numbers', () => {
  // Snyder and Shen, examples 4.3 and 3.1 and problem 4.3, as on the page of the stockpyl package.
  const first = newsvendorNormal({ holdingCost: 2, shortageCost: 18, mean: 120, deviation: 10 });
  expect(first.level).toBeCloseTo(132.815515655446, 6);
  expect(first.cost).toBeCloseTo(35.09966638649737, 6);
  const second = newsvendorNormal({ holdingCost: 0.18, shortageCost: 0.7, mean: 50, deviation: 8 });
  expect(second.level).toBeCloseTo(56.60395592743389, 6);
  expect(second.cost).toBeCloseTo(1.9976051931766445, 6);
  const quantity = economicOrderQuantity(8, 0.225, 1300);
  expect(quantity).toBeCloseTo(304.0467800264368, 9);
  expect((8 * 1300) / quantity + (0.225 * quantity) / 2).toBeCloseTo(68.41052550594829, 9);
});

test('the reorder point covers lead time, review day and safety stock', () => {
  const input = { meanPerDay: 4, variancePerDay: 9, leadDays: 3, leadVariance: 1, safetyFactor: 2 };
  expect(reorderPoint(input)).toBe(Math.ceil(16 + 2 * Math.sqrt(4 * 9 + 16 * 1)));
});
