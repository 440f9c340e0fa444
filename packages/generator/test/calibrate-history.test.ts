import { expect, test } from 'vitest';
import { salesRows, simulateHistory } from '../bench/sales-history.js';
import { calibrate, type SalesRow } from '../src/calibrate/index.js';
import { createWorld, WorldError } from '../src/index.js';

const oats = (date: string, rest: object = {}): SalesRow => ({
  store_id: 'lx-1',
  product_id: 'oats',
  date,
  units_sold: 1,
  ...rest,
});

test.each<[column: string, row: unknown, message: string]>([
  [
    'units_sold',
    oats('2026-01-06', { units_sold: 1.5 }),
    'Row 2: expected `units_sold` to be a whole number from 0 to 1000000, got 1.5. Leave returns out of sales, and round weights to units.',
  ],
  ['units_sold', oats('2026-01-06', { units_sold: -1 }), 'a whole number'],
  ['units_sold', oats('2026-01-06', { units_sold: '' }), 'Write 0, or leave the row out.'],
  ['units_sold', oats('2026-01-06', { units_sold: '1,5' }), 'decimals behind a point.'],
  ['price', oats('2026-01-06', { price: '2,50' }), 'decimals behind a point.'],
  ['units_sold', oats('2026-01-06', { units_sold: '3' }), 'a whole number'],
  ['units_sold', { store_id: 'lx-1', product_id: 'oats', date: '2026-01-06' }, 'got undefined'],
  ['date', oats('2026-02-30'), "a local day such as '2026-01-05'"],
  ['date', oats('2026-01-06T08:00:00Z'), "Write the store's own day, year first, without a time."],
  [
    'date',
    oats('2026-01-05'),
    'Row 1 is the same day of the same series; take out what is there twice, and add up what is not.',
  ],
  ['store_id', oats('2026-01-06', { store_id: '' }), 'text of 1 to 200 characters'],
  ['product_id', oats('2026-01-06', { product_id: 7 }), 'got 7'],
  ['on_hand', oats('2026-01-06', { on_hand: 0.5 }), 'a whole number'],
  ['in_stock', oats('2026-01-06', { in_stock: 'yes' }), 'true, false, 1 or 0'],
  ['price', oats('2026-01-06', { price: 0 }), 'above 0'],
  ['price', oats('2026-01-06', { price: Number.NaN }), 'above 0'],
  ['promotion', oats('2026-01-06', { promotion: 2 }), 'true, false, 1 or 0'],
  ['onhand', oats('2026-01-06', { onhand: 4 }), 'Did you mean `on_hand`?'],
  ['row', null, 'an object'],
  ['row', [1, 2], 'an object'],
])('a row with a wrong %s is named', (column, row, message) => {
  // What JavaScript may hand in.
  const rows = [oats('2026-01-05'), row as SalesRow];
  try {
    calibrate(rows);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(WorldError);
    expect(error).toMatchObject({ code: 'INVALID_HISTORY', row: 2, column });
    expect(String(error)).toContain(message);
  }
});

test('the world does not depend on the days that the report is on', () => {
  const history = simulateHistory({ seed: 5, stores: 2, products: 4, start: '2025-02-01', days: 60 });
  const world = (holdOutDays: number): string =>
    JSON.stringify(calibrate(salesRows(history, 'both'), { holdOutDays }).world);
  expect(world(15)).toBe(world(0));
});

test('a small history has a world that runs, and says what it cannot tell', () => {
  const rows = Array.from({ length: 30 }, (_, n) =>
    oats(new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)),
  );
  const { world, report } = calibrate(rows);
  expect(report).toMatchObject({ rows: 30, series: 1, holdOutDays: 7 });
  expect(report.warnings.map((warning) => warning.slice(0, 24))).toMatchInlineSnapshot(`
    [
      "No stock column: demand ",
      "No price column: the fil",
      "30 days: what months sel",
      "30 days: a trend cannot ",
      "1 series with a dispersi",
      "Stores have the time zon",
    ]
  `);
  expect(
    createWorld({ ...world, days: 2 })
      .truth()
      .totals().demand,
  ).toBeGreaterThanOrEqual(0);
});

/** Rows of 400 days from 2024-01-01 on, as a function of the day says. */
const rowsOf = (row: (day: number, weekday: number) => object | undefined): SalesRow[] =>
  Array.from({ length: 400 }, (_, n) => {
    const date = new Date(Date.UTC(2024, 0, 1 + n));
    const found = row(n, date.getUTCDay());
    return found === undefined
      ? []
      : [oats(date.toISOString().slice(0, 10), { units_sold: 2 + (n % 3), ...found })];
  }).flat();

test('a weekday without rows is closed, and so is a holiday; rows of sales alone say neither', () => {
  const christmas = 359;
  const week = calibrate(rowsOf((n, weekday) => (weekday === 0 || n === christmas ? undefined : {})));
  expect(week.world.stores).toMatchObject([{ opens: { sun: null }, holidays: { '12-25': 0 } }]);
  const sparse = calibrate(rowsOf((n) => (n % 9 < 2 ? {} : undefined)));
  expect(sparse.world.stores).toMatchObject([{ holidays: false }]);
  expect(sparse.world.stores).not.toMatchObject([{ opens: {} }]);
  expect(sparse.report.warnings.join()).toContain('1 store with rows on fewer than 80 % of their days');
});

test('days of a small store without rows are days of no sale where it sells that seldom, and closed where it does not', () => {
  // Twelve products that sell on one day in thirty each, and one in a hundred rows at other times.
  const sales = (zeros: boolean): SalesRow[] =>
    Array.from({ length: 12 }, (_, p) =>
      rowsOf((n) => {
        const sold = ((n * 37 + p * 101) % 997) % 30 === 0;
        return sold || (zeros && n % 100 === 0)
          ? { product_id: `p${p}`, units_sold: sold ? 3 : 0 }
          : undefined;
      }),
    ).flat();
  const found = (rows: SalesRow[]): readonly [perDay: number, warnings: string] => {
    const { world, report } = calibrate(rows, { substitution: 0 });
    const perDay = (world.demand?.series ?? []).reduce((sum, { mean }) => sum + mean, 0);
    return [perDay, report.warnings.join()];
  };
  const [perDay, warnings] = found(sales(false));
  expect(perDay).toBeGreaterThan(1.2 * 0.8);
  expect(perDay).toBeLessThan(1.2 * 1.25);
  expect(warnings).toContain('taken for days without a sale');
  // Who writes down days of no sale has none on the others.
  const [perOpenDay, others] = found(sales(true));
  expect(perOpenDay).toBeGreaterThan(2 * perDay);
  expect(others).toContain('taken for closed');
});

test('sums of weeks are not taken silently for sales of days', () => {
  const weekly = calibrate(rowsOf((n) => (n % 7 === 6 ? { units_sold: 20 } : undefined)));
  expect(weekly.report.warnings.join()).toContain(
    "1 store without rows on two days that follow each other: a row is one day's sales",
  );
});

test('what a store sells no more is in no world: products that others still sell, and stores that closed', () => {
  const until = (store_id: string, product_id: string, last: number): SalesRow[] =>
    rowsOf((n) => (n > last ? undefined : { store_id, product_id }));
  const { world, report } = calibrate([
    ...until('a', 'oats', 400),
    ...until('a', 'figs', 250),
    ...until('b', 'oats', 400),
    ...until('b', 'figs', 400),
    ...until('b', 'rice', 300),
    // Four weeks are a gap, such as of an export, and so is a product that was not delivered.
    ...until('b', 'peas', 380),
    ...until('c', 'oats', 300),
  ]);
  expect(world.stores).toMatchObject([{ store_id: 'a', assortment: ['oats'] }, { store_id: 'b' }]);
  expect(world.products).toEqual([
    { product_id: 'figs' },
    { product_id: 'oats' },
    { product_id: 'peas' },
    { product_id: 'rice', withdrawn: '2024-10-27' },
  ]);
  expect(report.warnings).toEqual(
    expect.arrayContaining([
      '1 store left out as closed, whose rows end before the history does: c.',
      '1 series left out, whose rows end before those of their store and product do: a/figs.',
      '1 product withdrawn in the file, whose rows end before the history does: rice.',
    ]),
  );
});

test('a series that sold most of its units on one day is named', () => {
  const warnings = (most: number): string =>
    calibrate(rowsOf((n) => ({ units_sold: n === 99 ? most : n % 2 }))).report.warnings.join('\n');
  const named = /^1 series with more than half of their units on one day.*: lx-1\/oats\.$/m;
  expect(warnings(300)).toMatch(named);
  expect(warnings(150)).not.toMatch(named);
});

test('a series that sold nothing for a year is left out by name', () => {
  const other = rowsOf(() => ({ product_id: 'figs' }));
  const { world, report } = calibrate([...rowsOf((n) => ({ units_sold: n < 20 ? 2 : 0 })), ...other]);
  expect(world.products).toMatchObject([{ product_id: 'figs' }]);
  expect(report).toMatchObject({ rows: 800, series: 1 });
  expect(report.warnings).toContain('1 series left out, without a sale in the last 365 days: lx-1/oats.');
});

test('a missing day is a day of no sale where the store has rows, and a shelf left empty says nothing', () => {
  const figs = rowsOf(() => ({ product_id: 'figs' }));
  const mean = (rows: SalesRow[]): number =>
    (calibrate([...rows, ...figs], { substitution: 0 }).world.demand?.series ?? []).find(
      ({ product_id }) => product_id === 'oats',
    )?.mean ?? 0;
  const sold = mean(rowsOf((n) => (n % 2 === 0 ? { units_sold: 4, on_hand: 5 } : undefined)));
  expect(sold).toBeGreaterThan(1.9);
  expect(sold).toBeLessThan(2.1);
  const left = mean(
    rowsOf((n) => (n % 2 === 0 ? { units_sold: 4, on_hand: n % 4 === 0 ? 0 : 5 } : undefined)),
  );
  expect(left).toBeGreaterThan(2.5);
});

test('growth of two years is no season: the file has the level of the last day', () => {
  const rows = [0, 1].flatMap((year) =>
    rowsOf((n) => ({ units_sold: Math.round((10 + ((n * 7) % 5)) * 1.25 ** (year + n / 366)) })).flatMap(
      (row, n) => (n < 366 ? [{ ...row, date: `${2024 + year}${row.date.slice(4)}` }] : []),
    ),
  );
  const kept = rows.filter(({ date }) => date !== '2025-02-29');
  const { world, report } = calibrate(kept);
  expect(report.warnings.join()).toMatch(/Trend: demand changes by (2[3-7])\.\d % a year/);
  const [series] = world.demand?.series ?? [];
  expect(Math.abs((series?.mean ?? 0) / (12 * 1.25 ** 2) - 1)).toBeLessThan(0.04);
});

test('promotions of a history without prices are prices that sell as much', () => {
  const promoted = (n: number): boolean => n % 60 >= 53;
  const rows = rowsOf((n) => ({
    units_sold: (promoted(n) ? 9 : 3) + (n % 3),
    promotion: promoted(n) ? 1 : 0,
  }));
  const { world, report } = calibrate(rows);
  const { promotions = [] } = world.calendar ?? {};
  expect(promotions).toHaveLength(6);
  expect(promotions[0]).toMatchObject({ product_id: 'oats', from: '2024-02-23', to: '2024-02-29' });
  const lift = (promotions[0]?.price ?? 1) ** -(world.demand?.elasticity ?? 0);
  expect(Math.abs(lift - 2.5)).toBeLessThan(0.25);
  expect(report.warnings.join()).toContain('No price column');
});

test('a warning of an elasticity of 0 is true of the file', () => {
  // Reduced prices alone sell less; with a promotion they sell more, which the file has as an elasticity.
  const lower = (n: number, from: number): boolean => n % 60 >= from && n % 60 < from + 7;
  const fitted = (promotedUnits: number): ReturnType<typeof calibrate> =>
    calibrate(
      rowsOf((n) => ({
        units_sold: (lower(n, 20) ? 2 : lower(n, 50) ? promotedUnits : 5) + (n % 3),
        price: lower(n, 20) || lower(n, 50) ? 1.6 : 2,
        promotion: lower(n, 50) ? 1 : 0,
      })),
    );
  const [more, fewer] = [fitted(19), fitted(2)];
  const warning = 'Demand is no higher at lower prices: the file has an elasticity of 0.';
  expect(more.world.demand?.elasticity).toBeGreaterThan(1);
  expect(more.report.warnings).not.toContain(warning);
  expect(fewer.world.demand?.elasticity).toBe(0);
  expect(fewer.report.warnings).toContain(warning);
});

/** Seventy days of products that sell three a day. */
function everyDay(products: Readonly<Record<string, object>>): readonly SalesRow[] {
  return Array.from({ length: 70 }, (_, n) =>
    new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10),
  ).flatMap((date) =>
    Object.entries(products).map(([product_id, rest]) => oats(date, { product_id, units_sold: 3, ...rest })),
  );
}

test('a shelf that ran out every day wants what it sold, is named, and takes no buyer from its neighbour', () => {
  const { world, report } = calibrate(
    everyDay({ bread: { in_stock: 0 }, milk: { in_stock: 1 }, rolls: { in_stock: 0 } }),
  );
  for (const { mean } of world.demand?.series ?? []) expect(mean).toBeCloseTo(3, 0);
  expect(report.warnings[0]).toMatch(
    /^2 series that ran out on nearly every day.*: lx-1\/bread, lx-1\/rolls\.$/,
  );
});

test('the report judges the means that the file has', () => {
  const { world, report } = calibrate(everyDay({ water: { units_sold: 990 } }));
  expect(world.demand?.series?.[0]?.mean).toBe(99);
  expect(report.totals.model / report.totals.history).toBeCloseTo(0.1, 1);
  expect(report.warnings[0]).toMatch(
    /^1 series with a mean beyond .* the file wants 10 % of the units: lx-1\/water\.$/,
  );
});

test('a mistyped year is a wrong row, whatever its place', () => {
  const rows = [...everyDay({ bread: {} }), oats('8990-01-01', { product_id: 'bread' })];
  for (const [row, some] of [
    [71, rows],
    [1, rows.toReversed()],
  ] as const) {
    expect(() => calibrate(some)).toThrow(
      expect.objectContaining({ code: 'INVALID_HISTORY', column: 'date', row }),
    );
  }
});
