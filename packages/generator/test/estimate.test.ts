import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, type WorldOptions } from '../src/index.js';
import { linesOf } from './lines.js';
import { worldFiles } from './world-files.js';

/** What a world tells: events, and bytes of their lines. */
function toldBy(options: WorldOptions): { readonly events: number; readonly bytes: number } {
  const sums = { events: 0, bytes: 0 };
  for (const chunk of createWorld(options).ndjson({ lend: true })) {
    sums.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) sums.events++;
  }
  return sums;
}

test('a large world is estimated within 5 % from its options alone', () => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.nat(1000),
        stores: fc.integer({ min: 5, max: 120 }),
        products: fc.integer({ min: 20, max: 400 }),
        days: fc.integer({ min: 8, max: 60 }),
        preset: fc.constantFrom('m5' as const, 'fresh' as const),
      }),
      (options) => {
        // Some hundred thousand events each.
        const days = Math.min(options.days, Math.ceil(100_000 / (options.stores * options.products)) + 7);
        const world = createWorld({ ...options, days });
        const { events, bytes } = world.estimate();
        const told = toldBy({ ...options, days });
        expect(Math.abs(events / told.events - 1)).toBeLessThan(0.05);
        expect(Math.abs(bytes / told.bytes - 1)).toBeLessThan(0.05);
      },
    ),
    { numRuns: 3 },
  );
});

test('a few large stores over some months are estimated within 5 %', () => {
  // Of few products, and of small ones, a unit is more events; stores and weeks differ from one another.
  for (const { preset, days } of [
    { preset: 'audit', days: 122 },
    { preset: 'fresh', days: 50 },
  ] as const) {
    const options = { seed: 54, stores: 4, products: 455, start: '2026-06-16', days, preset };
    const { events, exact } = createWorld(options).estimate();
    expect(exact).toBe(false);
    expect(Math.abs(events / toldBy(options).events - 1)).toBeLessThan(0.05);
  }
});

test('a small world is counted, from wherever it stands, with data of your own too, and keeps its place', () => {
  fc.assert(
    fc.property(worldFiles, fc.nat(9), fc.nat(40), (file, seed, read) => {
      const options = { ...file, seed, start: '2026-03-08', days: 9 };
      const all = linesOf(createWorld(options));
      const world = createWorld(options);
      expect(Array.from(world.events({ maxEvents: read + 1 }))).toHaveLength(Math.min(all.length, read + 1));
      const left = all.slice(read + 1);
      expect(world.estimate()).toMatchObject({ events: left.length, exact: true });
      expect(linesOf(world)).toEqual(left);
      expect(world.estimate()).toMatchObject({ events: 0, bytes: 0 });
    }),
    { numRuns: 25 },
  );
});

test('an estimate is of one shard, up to its bound, and with what chaos drops and repeats', () => {
  const options = { seed: 3, stores: 60, products: 100, days: 14 };
  const whole = createWorld(options).estimate();
  const shards = [0, 1, 2].map((index) => createWorld({ ...options, shard: { index, count: 3 } }).estimate());
  const sum = shards.reduce((events, shard) => events + shard.events, 0);
  expect(Math.abs(sum / whole.events - 1)).toBeLessThan(0.05);
  const half = createWorld({ ...options, maxEvents: Math.round(whole.events / 2) }).estimate();
  expect(half.events).toBe(Math.round(whole.events / 2));
  expect(Math.abs(half.bytes / whole.bytes - 0.5)).toBeLessThan(0.01);
  const chaos = { dropped: 0.5, duplicate: 0.2 };
  const faulty = createWorld({ ...options, chaos }).estimate();
  expect(faulty.exact).toBe(false);
  expect(Math.abs(faulty.events / toldBy({ ...options, chaos }).events - 1)).toBeLessThan(0.05);
});
