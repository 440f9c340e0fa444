import { expect, test } from 'vitest';
import { aims, measureAll } from '../bench/realism-aims.js';

// A bounded share of bench/campaign-realism.ts, with its aims and tolerances: there 30,490 series for a year, with seeds that
// nothing was fitted to. Sources are in docs/realism.md.
test.each([42, 777])('worlds of seed %i have the published statistics', (seed) => {
  const found = measureAll(seed, {
    m5: { stores: 10, products: 600, days: 182 },
    moves: { stores: 10, products: 150, days: 364 },
    promotions: { stores: 10, products: 150, days: 364 },
    highLow: { stores: 10, products: 60, days: 364 },
    fresh: { stores: 20, products: 60, days: 84 },
    audit: { stores: 8, products: 200, days: 365 },
  });
  const off = aims.flatMap(({ name, least, most, of }) => {
    // 2 % of 1,000 series-weeks tell no dip from chance.
    if (name.startsWith('dip')) return [];
    const value = of(found);
    return value >= least && value <= most ? [] : [`${name}: ${value}, and ${least} to ${most} is the aim`];
  });
  expect(off).toEqual([]);
});
