import { stockLevel, thresholdLevel, unknownLevel } from '@store/page-protocol';
import { expect, test } from 'vitest';

test('an empty shelf is 0, a full one rises with its stock, and the reorder point is where it is said to be', () => {
  expect(stockLevel(0, 20)).toBe(0);
  expect(stockLevel(-3, 20)).toBe(0);
  expect(stockLevel(20, 20)).toBe(thresholdLevel);
  expect(stockLevel(40, 20)).toBe(2 * thresholdLevel);
});

test('a shelf that holds anything is never shown as empty, and never as unknown', () => {
  for (const [stock, threshold] of [
    [1, 1_000_000],
    [1, 0],
    [1_000_000, 1],
  ] as const) {
    const level = stockLevel(stock, threshold);
    expect(level).toBeGreaterThan(0);
    expect(level).toBeLessThan(unknownLevel);
  }
});

test('more stock is never a lower level', () => {
  for (let stock = 0; stock < 200; stock++)
    expect(stockLevel(stock + 1, 30)).toBeGreaterThanOrEqual(stockLevel(stock, 30));
});
