import { readdirSync, readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import { createWorld, presets, WorldError, type World } from '../src/index.js';

test.each([
  [{ stores: 0 }, 'Expected `stores` to be 1 to 1000000, got 0.'],
  [{ products: 1.5 }, 'Expected `products` to be 1 to 1000000, got 1.5.'],
  [
    { stores: 1_000_000, products: 101 },
    'Expected `stores × products` to be at most 100000000, got 101000000.',
  ],
  [{ seed: -1 }, 'Expected `seed` to be 0 to 9007199254740991, got -1.'],
  [{ days: 0 }, 'Expected `days` to be 1 to 36500, got 0.'],
  [{ shard: { index: 2, count: 2 } }, 'Expected `shard.index` to be 0 to 1, got 2.'],
  [{ shard: { index: 0, count: 0 } }, 'Expected `shard.count` to be 1 to 1000000, got 0.'],
  [{ start: '2026-02-30' }, /^Expected `start` to be a day such as 2026-01-05, .*, got "2026-02-30"\.$/],
  [{ start: 'tomorrow' }, /^Expected `start` to be a day/],
  [{ start: new Date(Number.NaN) }, /^Expected `start` to be .*, got a Date of NaN\.$/],
  [{ chaos: { late: 2 } }, 'Expected `chaos.late` to be 0 to 1, got 2.'],
  [{ chaos: { lateMinutes: 0 } }, 'Expected `chaos.lateMinutes` to be 1 to 10080, got 0.'],
  [{ preset: { ...presets.m5, lateRate: 7 } }, 'Expected `preset.lateRate` to be 0 to 1, got 7.'],
])('%o is refused with its name, its value and what is allowed', (options, message) => {
  expect(() => createWorld(options)).toThrow(WorldError);
  expect(() => createWorld(options)).toThrow(message);
});

test('a world may start at any instant, and has only events from there to its end', () => {
  const world = createWorld({ stores: 32, products: 5, start: '2026-03-28T21:30:00+02:00', days: 3 });
  const times = Array.from(world.events(), ({ event_time }) => Date.parse(event_time));
  expect(world.startMs).toBe(Date.UTC(2026, 2, 28, 19, 30));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(world.startMs);
  expect(Math.max(...times)).toBeLessThan(world.endMs);
  expect(createWorld({ start: new Date(world.startMs) }).startMs).toBe(world.startMs);
  expect(() => {
    world.seek('2026-05-01');
  }).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
});

test('stores are open in their own time: no sale lies outside local opening hours', () => {
  const world = createWorld({ stores: 32, products: 10, days: 2, start: '2026-07-04' });
  const stores = new Map(world.stores.map((store) => [store.store_id, store]));
  for (const { event_type, event_time, store_id } of world.events()) {
    const store = stores.get(store_id);
    if (event_type !== 'sale' || store === undefined) continue;
    const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', {
      timeZone: store.timeZone.name,
      hour: '2-digit',
      minute: '2-digit',
    })
      .format(new Date(event_time))
      .split(':')
      .map(Number);
    expect(hour * 60 + minute).toBeGreaterThanOrEqual(store.opensAtMinute);
    expect(hour * 60 + minute).toBeLessThan(store.closesAtMinute);
  }
});

test('the preset decides the type of the events', () => {
  expectTypeOf(createWorld()).toEqualTypeOf<World>();
  expectTypeOf(createWorld({ preset: 'fresh' }).events()).toEqualTypeOf<
    Generator<InventoryEvent, void, void>
  >();
  expectTypeOf(createWorld({ preset: 'workshop' }).events()).toEqualTypeOf<
    Generator<WorkshopEvent, void, void>
  >();
});

test('the source needs no Node: it imports only its own files and the schema', () => {
  const folder = new URL('../src/', import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(new URL(name, folder), 'utf8');
    for (const [, from] of text.matchAll(/from '([^']+)'/g))
      expect(from).toMatch(/^(\.{1,2}\/|@store\/schema$)/);
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code).not.toMatch(/\b(process|Buffer|require|__dirname|Math\.(random|exp|log|pow|sin|cos|tan))\b/);
  }
});

test('a reader with a wrong option is refused when it is asked for, not when it is read', () => {
  const world = createWorld();
  const refused = (option: string): unknown => expect.objectContaining({ code: 'INVALID_OPTION', option });
  expect(() => world.ndjson({ chunkBytes: 10 })).toThrow(refused('chunkBytes'));
  expect(() => world.ndjsonStream({ chunkBytes: 10 })).toThrow(refused('chunkBytes'));
  expect(() => world.batches({ maxEvents: 0 })).toThrow(refused('maxEvents'));
  expect(() => world.live({ speed: 0 })).toThrow(refused('speed'));
  expect(() => world.live({ maxRate: -1 })).toThrow(refused('maxRate'));
});
