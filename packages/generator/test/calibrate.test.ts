import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { salesRows, simulateHistory, type SalesHistory } from '../bench/sales-history.js';
import { calibrate, type Calibration, type SalesRow } from '../src/calibrate/index.js';
import { createWorld, readWorldFile, type World, type WorldFile } from '../src/index.js';

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

/** A world file of this many stores and products with means, dispersions, weekdays and months of its own. */
const worldFile: fc.Arbitrary<WorldFile> = fc
  .record({
    means: fc.array(fc.double({ min: 0.3, max: 6, noNaN: true }), { minLength: 72, maxLength: 72 }),
    dispersion: fc.constantFrom(1.5, 4),
    saturday: fc.double({ min: 1, max: 1.8, noNaN: true }),
    june: fc.double({ min: 0.8, max: 1.5, noNaN: true }),
    elasticity: fc.double({ min: 1.5, max: 2.5, noNaN: true }),
  })
  .map(({ means, dispersion, saturday, june, elasticity }) => {
    const ids = (prefix: string, count: number): string[] =>
      Array.from({ length: count }, (_, n) => `${prefix}${n}`);
    const [stores, products] = [ids('s', 3), ids('p', 24)];
    return {
      worldFile: 1,
      stores: stores.map((store_id) => ({ store_id, timeZone: 'UTC', currency: 'USD', holidays: false })),
      products: products.map((product_id, p) => ({
        product_id,
        unit_price: round(2 + p / 8, 2),
        category: p < 12 ? 'Dairy' : 'Pantry',
      })),
      calendar: {
        weekdays: [0.9, 0.9, 0.9, 0.9, 1, saturday, 1.1],
        months: [1, 1, 1, 1, 1, june, 1, 1, 1, 1, 1, 1],
        promotions: products.flatMap((product_id, p) =>
          [3, 8].map((month) => {
            const day = (d: number): string =>
              new Date(Date.UTC(2024, month, 1 + ((p * 10) % 30) + d)).toISOString().slice(0, 10);
            return { product_id, from: day(0), to: day(8), price: 0.8 };
          }),
        ),
      },
      demand: {
        elasticity,
        series: stores.flatMap((store_id, s) =>
          products.map((product_id, p) => ({
            store_id,
            product_id,
            mean: means[s * 24 + p] ?? 1,
            dispersion,
          })),
        ),
      },
    };
  });

/** A world of a file, at its end. */
function simulate(file: WorldFile, seed: number, days: number): World {
  const world = createWorld({ ...file, seed, start: '2024-01-01', days });
  world.seek(new Date(world.endMs));
  return world;
}

/** The books of a world's stores, with a flag of empty shelves that is true: records may be wrong. */
function* booksOf(world: World): Generator<SalesRow, void, void> {
  const key = (row: { store_id: string; product_id: string; date: string }): string =>
    `${row.store_id} ${row.product_id} ${row.date}`;
  const served = new Set<string>();
  for (const record of world.truth()) {
    if (record.kind === 'day' && record.stockout === null && record.lost === 0) served.add(key(record));
  }
  for (const row of world.dailySeries()) yield { ...row, in_stock: served.has(key(row)) };
}

/** Means of a world file, in the order of its stores and products. */
const meansOf = ({ world }: Calibration): Map<string, number> =>
  new Map(
    (world.demand?.series ?? []).map(({ store_id, product_id, mean }) => [`${store_id}/${product_id}`, mean]),
  );

describe('a known world', () => {
  test('comes back from a year of its sales, with a flag of empty shelves', () => {
    fc.assert(
      fc.property(worldFile, fc.integer({ min: 1, max: 1e6 }), (file, seed) => {
        const first = simulate(file, seed, 395);
        const { stores = 0, products = 0 } = file;
        const found = calibrate(booksOf(first), { world: { worldFile: 1, stores, products } });
        const { world, report } = found;
        const means = meansOf(found);
        const average = (factors: readonly number[] = []): number => sum(factors) / factors.length;
        // A file of ours has factors around 1, and this one's need not be.
        const usual = average(file.calendar?.weekdays) * average(file.calendar?.months);
        const off = (file.demand?.series ?? []).map(
          ({ store_id, product_id, mean }) =>
            (means.get(`${store_id}/${product_id}`) ?? 0) / (mean * usual) - 1,
        );
        expect(Math.abs(median(off))).toBeLessThan(0.05);
        expect(median(off.map(Math.abs))).toBeLessThan(0.08);
        for (const [key, share] of Object.entries(report.coverage))
          expect(Math.abs(share - Number(key)), key).toBeLessThan(0.045);
        // Buyers who find a promoted neighbour gone come here at the usual price, and flatten what is seen.
        // 1,300 days of promotions tell it within .2 or so.
        const elasticity = (world.demand?.elasticity ?? 0) - (file.demand?.elasticity ?? 0);
        expect(Math.abs(elasticity)).toBeLessThan(1);
        // Its weeks are alike.
        expect(world.demand?.memory ?? 0).toBeLessThan(0.2);

        // The file is one that can be read, and the world of it wants and sells as the first one did.
        const again = simulate(readWorldFile(JSON.stringify(world)), seed + 1, 395)
          .truth()
          .totals();
        const known = first.truth().totals();
        expect(Math.abs(again.demand / known.demand - 1)).toBeLessThan(0.03);
        expect(Math.abs(again.sold / known.sold - 1)).toBeLessThan(0.03);
        expect(known.sold / known.demand).toBeLessThan(0.98);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

/** Agrawal and Smith (Naval Research Logistics 43, 1996): complete data, cut off where a stock would have ended. */
test('truncated data give what complete data give', () => {
  const complete = simulateHistory({ seed: 3, stores: 2, products: 24, start: '2024-01-01', days: 365 });
  const { demand, days } = complete;
  const sold = new Int32Array(demand.length);
  const inStock = new Uint8Array(demand.length);
  for (let at = 0; at < demand.length; at++) {
    const series = Math.floor(at / days) * days;
    const mean = sum(demand.subarray(series, series + days)) / days;
    const stock = Math.max(1, Math.round(mean * (1.5 + ((at * 7919) % 16) / 8)));
    sold[at] = Math.min(demand[at] ?? 0, stock);
    inStock[at] = (demand[at] ?? 0) < stock ? 1 : 0;
  }
  const fit = (history: SalesHistory, stock: 'flag' | 'none'): Map<string, number> =>
    meansOf(calibrate(salesRows(history, stock), { substitution: 0 }));
  const whole = fit({ ...complete, sold: demand }, 'none');
  const cut = fit({ ...complete, sold, inStock }, 'flag');
  const uncorrected = fit({ ...complete, sold }, 'none');
  const total = (means: Map<string, number>): number => sum(means.values()) / sum(whole.values()) - 1;
  expect(Math.abs(total(cut))).toBeLessThan(0.03);
  expect(total(uncorrected)).toBeLessThan(-0.1);
  const off = [...whole].map(([name, mean]) => Math.abs((cut.get(name) ?? 0) / mean - 1));
  expect(median(off)).toBeLessThan(0.05);
});

test('busy weeks, whose shelves are empty from the morning on, are in the means, and the file says that weeks differ', () => {
  const history = simulateHistory({ seed: 11, stores: 5, products: 80, start: '2024-01-01', days: 365 });
  const fit = (rows: Iterable<SalesRow>): Calibration => calibrate(rows, { substitution: 0, holdOutDays: 0 });
  const complete = fit(salesRows({ ...history, sold: history.wanted }, 'none'));
  const found = fit(salesRows(history, 'flag'));
  expect(Math.abs(sum(meansOf(found).values()) / sum(meansOf(complete).values()) - 1)).toBeLessThan(0.01);
  expect(found.world.demand?.memory).toBeGreaterThan(0.2);
});

test('the same rows in any order give the same bytes', () => {
  const history = simulateHistory({ seed: 5, stores: 2, products: 9, start: '2025-02-01', days: 90 });
  const rows = [...salesRows(history, 'both')];
  const first = JSON.stringify(calibrate(rows));
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }), (shuffled) => {
      expect(JSON.stringify(calibrate(shuffled))).toBe(first);
    }),
    { numRuns: 3 },
  );
});
