import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  costDefaults,
  createWorld,
  economicOrderQuantity,
  presets,
  readWorldFile,
  type Costs,
  type ReplenishmentPolicy,
  type ScoreLine,
  type World,
  type WorldOptions,
} from '../src/index.js';
import { zhengFedergruen } from '../bench/measure-theory.js';
import { linesOf } from './lines.js';
import { repeated, restless } from './policies.js';
import { worldFiles } from './world-files.js';

const policies = fc.constantFrom<NonNullable<WorldOptions['policy']>>(
  'sS',
  'sQ',
  'RS',
  'newsvendor',
  restless,
  repeated.sS,
  () => [],
  ({ products }) =>
    products.map(({ product_id, promotions }) => ({ product_id, quantity: 3 + promotions.length })),
);
const costs = fc.record({
  holding: fc.double({ min: 0, max: 0.5, noNaN: true }),
  ordering: fc.double({ min: 0, max: 20, noNaN: true }),
  lostMargin: fc.double({ min: 0, max: 2, noNaN: true }),
  waste: fc.double({ min: 0, max: 2, noNaN: true }),
});
const model = fc.constantFrom(
  presets.m5.model,
  presets.fresh.model,
  { ...presets.m5.model, leadDays: [0, 2] as const, lateRate: 0.4, receivingErrorRate: 0.4, returnRate: 0.2 },
  { ...presets.theory.model, fixedMean: 0, shrinkRate: 0.1, shelfFailureRate: 0.1, returnRate: 0.1 },
);
const start = fc.integer({ min: Date.UTC(2026, 2, 5), max: Date.UTC(2026, 2, 12) }).map((ms) => new Date(ms));

function whole({ serviceLevel, fillRate, wasteRate, costs: { total, ...parts }, units }: ScoreLine): void {
  expect(units.sold + units.lost).toBe(units.demand + units.substituted);
  expect(units.opening + units.received + units.returned).toBe(
    units.closing + units.sold + units.wasted + units.shrunk,
  );
  for (const share of [serviceLevel, fillRate, wasteRate]) expect(share).toBeGreaterThanOrEqual(0);
  for (const share of [serviceLevel, fillRate]) expect(share).toBeLessThanOrEqual(1);
  expect(total).toBeCloseTo(parts.holding + parts.ordering + parts.lostMargin + parts.waste, 6);
}

test('a score conserves units, is that of the truth, adds up over stores, and is never below the bound', () => {
  fc.assert(
    fc.property(worldFiles, policies, costs, model, start, (file, policy, costs, model, start) => {
      const open = (shard = { index: 0, count: 1 }): World => {
        const preset = { ...presets.m5, model };
        // A theory model has demand of its own in each series only where it draws it.
        return createWorld({
          ...readWorldFile(JSON.stringify(file)),
          preset,
          start,
          days: 15,
          policy,
          costs,
          shard,
        });
      };
      const world = open();
      const score = world.score();
      const bound = world.costBound();
      for (const line of [score, ...score.byStore, ...score.byCategory]) whole(line);
      const lines = linesOf(world);
      expect(world.score()).toEqual(score);
      const { seriesDays, demand, sold, lost, substituted, shrunk } = world.truth().totals();
      expect(score).toMatchObject({ seriesDays, units: { demand, sold, lost, substituted } });
      expect(score.units.shrunk + score.units.wasted).toBe(shrunk);
      expect(score.orders).toBe(lines.filter((line) => line.includes('"order_placed"')).length);
      const least = (bounds: readonly number[], lines: readonly ScoreLine[]): void => {
        for (const [n, cost] of bounds.entries())
          expect(cost).toBeLessThanOrEqual((lines[n]?.costs.total ?? 0) + 1e-6);
      };
      least([bound.total], [score]);
      least(
        bound.byStore.map(({ total }) => total),
        score.byStore,
      );
      least(
        bound.byCategory.map(({ total }) => total),
        score.byCategory,
      );
      const parts = [0, 1].map((index) => open({ index, count: 2 }).score());
      expect(parts.flatMap(({ byStore }) => byStore)).toEqual(score.byStore);
      expect(parts.reduce((sum, { units }) => sum + units.sold, 0)).toBe(sold);
    }),
    { numRuns: 40 },
  );
});

test('demand that is waiting when a world ends before a store closes costs nothing, and is in no bound', () => {
  let waiting = 0;
  for (let seed = 0; seed < 40; seed++) {
    const world = createWorld({
      seed,
      preset: 'theory',
      stores: [{ store_id: 'shop', timeZone: 'America/Los_Angeles' }],
      products: [{ product_id: 'p', launched: '2026-01-13' }],
      start: '2026-01-05',
      days: 10,
      policy: () => [],
    });
    const { costs, units } = world.score();
    if (units.closing < 0) waiting++;
    expect(world.costBound().total).toBeLessThanOrEqual(costs.total + 1e-9);
  }
  expect(waiting).toBeGreaterThan(5);
});

/** A shop of theory: Poisson demand, backorders, no lead time, products of price 1. */
function shop(mean: number, policy: ReplenishmentPolicy, costs: Partial<Costs>, seed = 1): World {
  return createWorld({
    seed,
    preset: { ...presets.theory, model: { ...presets.theory.model, fixedMean: mean } },
    stores: [{ store_id: 'shop', timeZone: 'Europe/London', currency: 'GBP' }],
    products: Array.from({ length: 150 }, (_, n) => ({ product_id: `p${n}`, unit_price: 1 })),
    days: 330,
    policy,
    costs: { waste: 0, ...costs },
  });
}

const upTo = (s: number, S: number): ReplenishmentPolicy => {
  return ({ products }) =>
    products
      .filter(({ recordedStock }) => recordedStock <= s)
      .map(({ product_id, recordedStock }) => ({ product_id, quantity: S - recordedStock }));
};

test.each(zhengFedergruen.filter(([mean]) => [10, 15].includes(mean)))(
  'a function that orders by the optimal (s, S) of a demand of %d, (%d, %d), scores the published cost of %d a day',
  (mean, s, S, cost) => {
    const score = shop(mean, upTo(s, S), { holding: 1, ordering: 64, lostMargin: 9 }).score();
    expect(Math.abs(score.costs.total / score.seriesDays / cost - 1)).toBeLessThan(0.006);
  },
);

test('a function that is a newsvendor scores the expected cost, and its neighbours cost more', () => {
  // Poisson demand of 20, shortage 4 times holding: the smallest level that covers 80 % of days.
  const mass = [Math.exp(-20)];
  for (let n = 1; n < 80; n++) mass.push(((mass[n - 1] ?? 0) * 20) / n);
  const expected = (level: number): number =>
    mass.reduce((sum, p, n) => sum + p * (n <= level ? level - n : 4 * (n - level)), 0);
  let level = 0;
  for (let covered = mass[0] ?? 0; covered < 0.8; covered += mass[level] ?? 0) level++;
  const scored = (S: number): number => {
    const { costs, seriesDays } = shop(20, upTo(S - 1, S), {
      holding: 1,
      ordering: 0,
      lostMargin: 4,
    }).score();
    return costs.total / seriesDays;
  };
  const found = scored(level);
  expect(Math.abs(found / expected(level) - 1)).toBeLessThan(0.01);
  for (const other of [level - 2, level + 2]) expect(scored(other)).toBeGreaterThan(found);
});

test('the economic order quantity is the batch that a function orders cheapest, at the cost of the formula', () => {
  const best = Math.round(economicOrderQuantity(450, 1, 1));
  const scored = (quantity: number): number => {
    const policy: ReplenishmentPolicy = ({ products }) =>
      products
        .filter(({ recordedStock }) => recordedStock <= 0)
        .map(({ product_id }) => ({ product_id, quantity }));
    const { costs, seriesDays } = shop(1, policy, { holding: 1, ordering: 450, lostMargin: 0 }).score();
    return costs.total / seriesDays;
  };
  const [least, half, twice] = [scored(best), scored(best / 2), scored(best * 2)];
  // The formula's curve is flat at its best: half and twice the batch cost a quarter more.
  expect(Math.abs(least / best - 1)).toBeLessThan(0.04);
  expect(Math.abs(half / least - 1.25)).toBeLessThan(0.05);
  expect(Math.abs(twice / least - 1.25)).toBeLessThan(0.05);
});

test('costs have defaults and ranges, and may be in a world file', () => {
  expect(Object.isFrozen(costDefaults)).toBe(true);
  const size = { stores: 2, products: 20, days: 9 };
  const usual = createWorld(size).score();
  expect(createWorld({ ...size, costs: { ...costDefaults } }).score()).toEqual(usual);
  const free = createWorld({
    ...size,
    costs: { lostMargin: 0, ordering: undefined as unknown as number },
  }).score();
  expect(free.costs).toMatchObject({ ordering: usual.costs.ordering, lostMargin: 0 });
  expect(() => createWorld({ costs: { holding: -1 } })).toThrow(
    'Expected `costs.holding` to be 0 to 1000, got -1.',
  );
  expect(() => createWorld({ costs: { lostmargin: 1 } as Partial<Costs> })).toThrow('costs.lostMargin');
  const file = readWorldFile('{ "worldFile": 1, "costs": { "ordering": 2 } }');
  expect(createWorld({ ...size, ...file }).score().costs.ordering).toBeCloseTo(2 * usual.orders, 6);
  const ids = (options: WorldOptions): string[] =>
    Array.from(createWorld(options).events(), ({ event_id }) => event_id);
  expect(ids({ ...size, costs: { waste: 1 } })).toEqual(ids(size));
});
