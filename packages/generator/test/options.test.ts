import { readdirSync, readFileSync } from 'node:fs';
import { expect, expectTypeOf, test } from 'vitest';
import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import {
  createWorld,
  presets,
  WorldError,
  type EventFormat,
  type World,
  type WorldOptions,
} from '../src/index.js';

test.each([
  [{ stores: 0 }, 'Expected `stores` to be 1 to 1000000, got 0.'],
  [{ products: 1.5 }, 'Expected `products` to be a whole number from 1 to 1000000, got 1.5.'],
  [
    { stores: 1_000_000, products: 101 },
    'Expected `stores × products` to be at most 100000000, got 101000000.',
  ],
  [{ seed: -1 }, 'Expected `seed` to be at least 0, got -1.'],
  [{ days: 0 }, 'Expected `days` to be 1 to 36500, got 0.'],
  [{ shard: { index: 2, count: 2 } }, 'Expected `shard.index` to be 0 to 1, got 2.'],
  [{ shard: { index: 0, count: 0 } }, 'Expected `shard.count` to be 1 to 1000000, got 0.'],
  [{ start: '2026-02-30' }, /^Expected `start` to be a day such as 2026-01-05, .*, got "2026-02-30"\.$/],
  [{ start: 'tomorrow' }, /^Expected `start` to be a day/],
  [{ start: new Date(Number.NaN) }, /^Expected `start` to be .*, got a Date of NaN\.$/],
  [{ start: [Date.UTC(2026, 0, 5)] }, /^Expected `start` to be .*, got a list of 1\.$/],
  [{ start: Date.UTC(2026, 0, 5) }, /^Expected `start` to be .*, got 1767571200000\.$/],
  [{ start: Symbol('now') }, /^Expected `start` to be .*, got Symbol\(now\)\.$/],
  [{ start: Object.create(null) as unknown }, /^Expected `start` to be .*, got an object\.$/],
  [{ chaos: new Map([['late', 1]]) }, 'Expected `chaos` to be an object of options, got an object.'],
  [{ chaos: { late: 2 } }, 'Expected `chaos.late` to be 0 to 1, got 2.'],
  [{ chaos: { lateMinutes: 0 } }, 'Expected `chaos.lateMinutes` to be 1 to 10080, got 0.'],
  [{ preset: 'fersh' }, /^Expected `preset` to be 'm5', .* or an object of options, got "fersh"\./],
  [{ shards: { index: 0, count: 2 } }, /^Unknown option `shards`\. Did you mean `shard`\?/],
  [{ shard: { index: 0 } }, 'Expected `shard.count` to be 1 to 1000000, got undefined.'],
  [{ chaos: { corrupt: 0.7, drift: 0.7 } }, /^Expected `chaos\.drift` to be at most 1 less `corrupt`, /],
  [{ preset: null }, /^Expected `preset` to be /],
  [{ days: null }, 'Expected `days` to be a whole number from 1 to 36500, got null.'],
  [{ chaos: { latee: 1 } }, /^Unknown option `chaos\.latee`\. Did you mean `chaos\.late`\?/],
  [
    { replenishment: 'polcy' },
    "Expected `replenishment` to be 'policy' or 'deliveries', got \"polcy\". Did you mean 'policy'?",
  ],
])('%o is refused with its name, its value and what is allowed', (options, message) => {
  // What a program without types may pass.
  const create = (): unknown => createWorld(options as WorldOptions);
  expect(create).toThrow(WorldError);
  expect(create).toThrow(message);
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

test('another world is at an instant, and the first keeps its place', () => {
  const world = createWorld({ stores: 4, products: 10, days: 3, replenishment: 'deliveries' });
  const [first] = world.events();
  if (first === undefined) throw new Error('The world has no event.');
  const { store_id, product_id } = first;
  world.seek('2026-01-05');
  world.deliver({ store_id, product_id, quantity: 9, at: '2026-01-06T12:00:00Z' });
  const other = world.at('2026-01-06');
  const later = [...other.events()];
  const all = [...world.events()];
  expect(all[0]).toEqual(first);
  expect(later).toEqual(all.filter(({ event_time }) => event_time >= '2026-01-06'));
  expect(later.some(({ event_type }) => event_type === 'restock')).toBe(true);
  expect(() => world.at('2027-01-01')).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
});

test('a format of one’s own decides objects and bytes', () => {
  const { model, format } = presets.m5;
  const named: EventFormat<string> = {
    ...format,
    name: 'names',
    eventAt: (world, batch, n) => world.products[batch.product[n] ?? 0]?.product_name ?? '',
  };
  expectTypeOf(createWorld({ preset: { model, format: named } })).toEqualTypeOf<World<string>>();
  const [name] = createWorld({ preset: { model, format: named }, products: 1 }).events();
  expect(name).toBe(createWorld({ products: 1 }).products[0]?.product_name);
});

test('the preset decides the type of the events', () => {
  expectTypeOf(createWorld()).toEqualTypeOf<World>();
  expectTypeOf(createWorld({ preset: 'fresh' }).events()).toEqualTypeOf<
    Generator<InventoryEvent, void, void>
  >();
  expectTypeOf(createWorld({ preset: presets.workshop }).events()).toEqualTypeOf<
    Generator<WorkshopEvent, void, void>
  >();
});

/** Entries of their own, each with one optional peer that the core never loads. */
const peers: Readonly<Record<string, string>> = {
  'fast-check': 'fast-check',
  arrow: 'apache-arrow',
  parquet: '@duckdb/node-api',
};

test('the source needs no Node: it imports only its own files, the schema and the foundation', () => {
  const folder = new URL('../src/', import.meta.url);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const text = readFileSync(new URL(name, folder), 'utf8');
    const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    const peer = peers[name.split(/[/\\]/)[0] ?? ''];
    for (const [, from = ''] of code.matchAll(/from '([^']+)'/g)) {
      if (from !== peer) expect(from).toMatch(/^(\.{1,2}\/|@store\/(?:schema|foundation)$)/);
      // The core does not reach into such an entry.
      if (peer === undefined) expect(from).not.toMatch(/^\.\.?\/(fast-check|arrow|parquet)\//);
    }
    expect(code).not.toMatch(/\b(process|Buffer|require|__dirname|Math\.(random|exp|log|pow|sin|cos|tan))\b/);
  }
});

test('a reader with a wrong option is refused when it is asked for, not when it is read', () => {
  const world = createWorld();
  const refused = (option: string): unknown => expect.objectContaining({ code: 'INVALID_OPTION', option });
  const untyped = (options: object): object => options;
  expect(() => world.ndjson({ chunkBytes: 10 })).toThrow(refused('chunkBytes'));
  expect(() => world.ndjsonStream({ chunkBytes: 10 })).toThrow(refused('chunkBytes'));
  expect(() => world.batches({ maxEvents: 0 })).toThrow(refused('maxEvents'));
  expect(() => world.live({ speed: 0 })).toThrow(refused('speed'));
  expect(() => world.live({ maxRate: -1 })).toThrow(refused('maxRate'));
  expect(() => world.live(untyped({ sped: 2 }))).toThrow('Unknown option `sped`. Did you mean `speed`?');
  expect(() => world.events(untyped({ signal: 'stop' }))).toThrow(refused('signal'));
  expect(() => world.batches(untyped({ maxevents: 2 }))).toThrow('Did you mean `maxEvents`?');
});
