import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, presets, type World, type WorldOptions } from '../src/index.js';
import { repeated, restless } from './policies.js';
import { worldFiles } from './world-files.js';

const keyOf = (shelf: { readonly store_id: string; readonly product_id: string }): string =>
  `${shelf.store_id}/${shelf.product_id}`;

/** Takes a world's events and counts the shelves they are of. Each changes the stock of its shelf by its delta. */
function follow(world: World): number {
  const shelves = new Map(Array.from(world.openingShelves(), (shelf) => [keyOf(shelf), { ...shelf }]));
  const seen = new Set<string>();
  for (const { store_id, product_id, quantity_delta, current_stock, min_threshold } of world.events()) {
    const key = keyOf({ store_id, product_id });
    const before = shelves.get(key)?.current_stock ?? NaN;
    const now = { store_id, product_id, current_stock: before + quantity_delta, min_threshold };
    expect({ store_id, product_id, current_stock, min_threshold }).toEqual(now);
    // 0 from the day on which nothing is ordered any more of a product that is withdrawn.
    if (min_threshold !== 0) expect(shelves.get(key)?.min_threshold).toBe(min_threshold);
    shelves.set(key, now);
    seen.add(key);
  }
  return seen.size;
}

test('opening shelves are of every shelf, wherever the world stands', () => {
  const options = { seed: 7, stores: 4, products: 30, start: '2026-01-05', days: 6 };
  const world = createWorld(options);
  const opening = [...world.openingShelves()];
  expect(opening).toHaveLength(4 * 30);
  expect(follow(world)).toBeGreaterThan(80);
  expect([...world.openingShelves()]).toEqual(opening);
});

test('opening shelves hold what trucks brought before the start, by the record, to products out of season', () => {
  const products = Array.from({ length: 400 }, (_, p) => ({ product_id: `p${p}`, category: 'Melons' }));
  const world = createWorld({
    seed: 7,
    start: '2026-01-05',
    days: 3,
    stores: [{ store_id: 't', timeZone: 'Asia/Tokyo' }],
    products,
    calendar: { byCategory: { Melons: { months: [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0] } } },
    preset: { ...presets.m5, model: { ...presets.m5.model, receivingErrorRate: 1 } },
  });
  expect(follow(world)).toBeGreaterThan(20);
});

test('a product whose launch is so near its withdrawal that nothing is ordered has no reorder point from the start', () => {
  const world = createWorld({
    stores: [{ store_id: 's', timeZone: 'UTC' }],
    products: [
      { product_id: 'day', launched: '2026-01-08', withdrawn: '2026-01-08' },
      { product_id: 'week', launched: '2026-01-08', withdrawn: '2026-01-14' },
    ],
    start: '2026-01-05',
    days: 12,
  });
  const [day, week] = Array.from(world.openingShelves(), ({ min_threshold }) => min_threshold);
  expect(day).toBe(0);
  expect(week).toBeGreaterThan(0);
  expect(follow(world)).toBe(2);
});

const hectic = {
  ...presets.m5.model,
  receivingErrorRate: 1,
  lateRate: 0.3,
  shortRate: 0.5,
  returnRate: 0.2,
  shrinkRate: 0.2,
  countIntervalDays: 2,
};
test('opening shelves of a world that starts between a count and its correction have the record as it was', () => {
  const open = (start: string | Date): World =>
    createWorld({
      seed: 7,
      stores: 3,
      products: 30,
      start,
      days: 1,
      preset: { ...presets.m5, model: hectic },
    });
  const events = [...open('2026-01-05').events()];
  const corrected = events.filter(({ event_type, event_time }) => {
    const count = new Date(Date.parse(event_time) - 1).toISOString();
    return (
      event_type === 'adjustment' &&
      events.some((event) => event.event_time === count && event.event_type === 'stock_count')
    );
  });
  expect(corrected.length).toBeGreaterThan(5);
  for (const { event_time } of corrected.slice(0, 5)) follow(open(new Date(event_time)));
});

const model = fc.constantFrom(
  hectic,
  { ...hectic, leadDays: [0, 2] as const },
  { ...hectic, shelfLifeDays: 3 },
  { ...presets.theory.model, fixedMean: 0, shrinkRate: 0.2, receivingErrorRate: 1, countIntervalDays: 3 },
);
const orders = fc.constantFrom<Pick<WorldOptions, 'policy' | 'replenishment'>[]>(
  {},
  { policy: 'newsvendor' },
  { policy: restless },
  { policy: repeated.sS },
  { replenishment: 'deliveries' },
);
const load = fc.record({
  shelf: fc.nat(),
  quantity: fc.integer({ min: 1, max: 40 }),
  hours: fc.double({ min: 0, max: 96, noNaN: true }),
});

test('opening shelves and the deltas since are the stock of every event, in any world, from any instant', () => {
  fc.assert(
    fc.property(
      worldFiles,
      model,
      orders,
      fc.array(load, { maxLength: 6 }),
      fc.nat(),
      fc.boolean(),
      (file, model, orders, loads, nth, after) => {
        const open = (start: Date): World =>
          createWorld({
            ...file,
            ...orders,
            preset: { ...presets.m5, model },
            start,
            days: 5,
          });
        // At or directly behind an event of its first day: whatever happens at one instant is told or not.
        const midnight = Date.UTC(2026, 2, 13);
        const times = Array.from(open(new Date(midnight)).events(), ({ event_time }) =>
          Date.parse(event_time),
        ).filter((ms) => ms < midnight + 86_400_000);
        const startMs = (times[nth % times.length] ?? midnight) + (after ? 1 : 0);
        const world = open(new Date(startMs));
        const shelves = [...world.openingShelves()];
        for (const { shelf, quantity, hours } of loads) {
          const at = shelves[shelf % shelves.length];
          if (at === undefined) break;
          try {
            const { store_id, product_id } = at;
            world.deliver({ store_id, product_id, quantity, at: new Date(startMs + hours * 3_600_000) });
          } catch (error) {
            expect(error).toMatchObject({ code: 'OUT_OF_RANGE' });
          }
        }
        follow(world);
      },
    ),
    { numRuns: 60 },
  );
});
