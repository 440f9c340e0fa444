import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, presets } from '../src/index.js';
import { worldEvents, worlds } from '../src/fast-check/index.js';

/** The smallest value that fast-check finds for which something does not hold. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => boolean): T | undefined {
  const { counterexample } = fc.check(fc.property(arbitrary, holds), { seed: 1, numRuns: 200 });
  return counterexample?.[0];
}

test('worlds are those that createWorld takes, within the constraints', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(worlds({ maxStores: 3, maxProducts: 5, maxDays: 2, chaos: true }), (options) => {
      const world = createWorld(options);
      expect(world.stores.length).toBeLessThanOrEqual(3);
      expect(world.products.length).toBeLessThanOrEqual(5);
      expect(world.endMs - world.startMs).toBeLessThanOrEqual(2 * 86_400_000);
      seen.add(options.preset).add(`chaos ${String(options.chaos)}`);
    }),
    { seed: 3 },
  );
  expect([...seen].sort()).toEqual([
    'audit',
    'chaos false',
    'chaos true',
    'fresh',
    'highLow',
    'm5',
    'theory',
  ]);
  for (const { preset } of fc.sample(worlds({ presets: ['fresh'] }), 20))
    expect(preset in presets).toBe(true);
});

test('worlds shrink to the smallest one that fails', () => {
  expect(smallest(worlds({ chaos: true }), () => false)).toEqual({
    stores: 1,
    products: 1,
    days: 1,
    preset: 'm5',
    chaos: false,
    start: '2026-01-05',
    seed: 0,
  });
  expect(smallest(worlds(), ({ stores, products }) => stores * products < 12)).toMatchObject({
    days: 1,
    preset: 'm5',
  });
  expect(smallest(worlds(), ({ preset }) => preset !== 'theory')).toMatchObject({
    stores: 1,
    preset: 'theory',
  });
});

test('events are the first ones of a world, and shrink to a short history of few series', () => {
  const failing = smallest(worldEvents({ minEvents: 1 }), (events) => events.length < 20) ?? [];
  expect(failing.length).toBeGreaterThanOrEqual(20);
  expect(failing.length).toBeLessThan(40);
  expect(new Set(failing.map(({ store_id }) => store_id)).size).toBeLessThanOrEqual(2);
  for (const events of fc.sample(worldEvents({ maxEvents: 5 }), 20))
    expect(events.length).toBeLessThanOrEqual(5);
});

test('constraints are checked', () => {
  const refused = (option: string): Error =>
    expect.objectContaining({ code: 'INVALID_OPTION', option }) as Error;
  expect(() => worlds({ maxStores: 0 })).toThrow(refused('maxStores'));
  expect(() => worldEvents({ minEvents: 9, maxEvents: 3 })).toThrow(refused('minEvents'));
  // No world of these has as many: none would ever be drawn.
  const few = { maxStores: 1, maxProducts: 1, maxDays: 1 };
  expect(() => worldEvents({ ...few, minEvents: 900 })).toThrow(refused('minEvents'));
});
