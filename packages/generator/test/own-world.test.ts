import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import type { InventoryEvent } from '@store/schema';
import { createWorld, readWorldFile, type World } from '../src/index.js';
import { linesOf } from './lines.js';
import { lisbon, worldFiles } from './world-files.js';

const where = { start: '2026-03-08', days: 12, seed: 3 };

test('shards, bytes, conservation, truth and resume are as exact under a world file as without', () => {
  fc.assert(
    fc.property(worldFiles, fc.integer({ min: 2, max: 4 }), fc.nat(200), (file, count, read) => {
      const open = (shard = { index: 0, count: 1 }): World =>
        createWorld({ ...readWorldFile(JSON.stringify(file)), ...where, shard });
      const world = open();
      const events = [...world.events()];
      const lines = linesOf(open());
      expect(lines).toEqual(events.map((event) => JSON.stringify(event)));
      const parts = Array.from({ length: count }, (_, index) => linesOf(open({ index, count })));
      expect(parts.flat().sort()).toEqual([...lines].sort());
      conserved(events);
      const { demand, substituted, sold, lost } = world.truth().totals();
      expect(sold + lost).toBe(demand + substituted);
      expect(sold).toBe(
        events.reduce(
          (sum, { event_type, quantity_delta }) => sum - (event_type === 'sale' ? quantity_delta : 0),
          0,
        ),
      );
      const again = open();
      const reader = again.events();
      for (let n = 0; n < read; n++) reader.next();
      const other = open();
      other.restore(Buffer.from(again.snapshot()));
      expect(linesOf(other)).toEqual(lines.slice(read));
      const [at] = [events[Math.min(read, events.length - 1)]];
      if (at === undefined) return;
      other.seek(at.event_time);
      expect(other.events().next().value).toEqual(
        events.find(({ event_time }) => event_time >= at.event_time),
      );
    }),
    { numRuns: 25 },
  );
});

function conserved(events: readonly InventoryEvent[]): void {
  const stock = new Map<string, number>();
  let time = '';
  for (const event of events) {
    const series = `${event.store_id} ${event.product_id}`;
    const before = stock.get(series) ?? event.current_stock - event.quantity_delta;
    expect(event.current_stock).toBe(before + event.quantity_delta);
    stock.set(series, event.current_stock);
    expect(event.event_time >= time).toBe(true);
    time = event.event_time;
  }
}

test('what is appended leaves older series as they are, and another order is another world', () => {
  const told = (file: object): string[] =>
    Array.from(createWorld({ ...readWorldFile(JSON.stringify(file)), ...where }).events(), (event) =>
      JSON.stringify({ ...event, event_id: '', sequence: 0 }),
    );
  fc.assert(
    fc.property(worldFiles, (file) => {
      const { stores, products } = file;
      if (typeof stores !== 'object' || typeof products !== 'object') return;
      const older = told(file);
      const grown = {
        ...file,
        stores: [
          ...stores.map((store) => ({ assortment: products.map(({ product_id }) => product_id), ...store })),
          { store_id: 'new', currency: 'EUR' },
        ],
        products: [...products, { product_id: 'new', category: 'A' }],
      };
      const kept = told(grown).filter((line) => !line.includes('"store_id":"new"'));
      expect(kept).toEqual(older);
    }),
    { numRuns: 12 },
  );
  const turned = { ...lisbon, stores: [...lisbon.stores].reverse() };
  expect(told(turned)).not.toEqual(told(lisbon));
});

test('the store keeps its hours, closed days, holidays, language, prices and extra columns', () => {
  const world = createWorld({
    ...readWorldFile(JSON.stringify(lisbon)),
    seed: 1,
    start: '2026-02-01',
    days: 120,
  });
  const mine = [...world.events()].filter(({ store_id }) => store_id === 'lx-1');
  const local = (time: string): Date => new Date(Date.parse(time) + (time >= '2026-03-29' ? 3_600_000 : 0));
  for (const { event_type, event_time, product_id, product_name, unit_price } of mine) {
    const at = local(event_time);
    const minute = at.getUTCHours() * 60 + at.getUTCMinutes();
    expect(at.getUTCDay()).not.toBe(0);
    if (event_type === 'sale') {
      const saturday = at.getUTCDay() === 6;
      // A day that is missing is 08:00 to 20:00.
      expect(minute).toBeGreaterThanOrEqual(saturday || at.getUTCDay() === 1 ? 540 : 480);
      expect(minute).toBeLessThan(saturday ? 840 : 1200);
    }
    if (product_id !== 'oats') continue;
    expect(product_name).toBe('Aveia');
    expect(event_time >= '2026-03-02').toBe(true);
    const promoted = event_time >= '2026-04-06' && event_time < '2026-04-13';
    expect(unit_price).toBe(promoted ? 1.88 : 2.35);
  }
  const prices = mine.filter(({ event_type }) => event_type === 'price_change');
  expect(prices.map(({ event_time, unit_price }) => [event_time.slice(0, 10), unit_price])).toEqual([
    ['2026-04-06', 1.88],
    ['2026-04-13', 2.35],
  ]);
  expect(mine.every((event) => Reflect.get(event, 'currency') === 'EUR')).toBe(true);
  expect(world.columns.at(-1)).toMatchObject({ Name: 'currency', Type: 'string' });
  const other = [...createWorld({ ...readWorldFile(JSON.stringify(lisbon)), start: '2026-04-01' }).events()];
  expect(
    other.find(({ store_id, product_id }) => store_id === 'lx-2' && product_id === 'oats')?.product_name,
  ).toBe('Aveia');
});

test('a promotional price has no fraction in a currency without hundredths', () => {
  const world = createWorld({
    stores: [
      { store_id: 'tokyo', timeZone: 'Asia/Tokyo', currency: 'JPY' },
      { store_id: 'berlin', timeZone: 'Europe/Berlin', currency: 'EUR' },
    ],
    products: [{ product_id: 'oats', unit_price: { JPY: 333, EUR: 3.33 } }],
    demand: { series: ['tokyo', 'berlin'].map((store_id) => ({ store_id, product_id: 'oats', mean: 20 })) },
    calendar: { promotions: [{ product_id: 'oats', from: '2026-01-06', to: '2026-01-07', price: 0.79 }] },
    seed: 1,
    start: '2026-01-05',
    days: 5,
  });
  const events = [...world.events()];
  const prices = (store: string): ReadonlySet<number> =>
    new Set(events.filter(({ store_id }) => store_id === store).map((event) => Number(event.unit_price)));
  expect(prices('tokyo')).toEqual(new Set([333, 263]));
  expect(prices('berlin')).toEqual(new Set([3.33, 2.63]));
});

test('a mean is what is wanted on an average open day, and a memory and shocks keep it', () => {
  for (const demand of [{}, { memory: 0.5 }, { shocks: { store: 0.3, local: 0.3 } }]) {
    const stores = Array.from({ length: 12 }, (_, s) => ({ store_id: `s${s}`, timeZone: 'UTC' }));
    const products = Array.from({ length: 12 }, (_, p) => ({ product_id: `p${p}` }));
    const series = stores.flatMap(({ store_id }) =>
      products.map(({ product_id }) => ({ store_id, product_id, mean: 4, dispersion: 2 })),
    );
    const calendar = {
      weekdays: Array(7).fill(1),
      months: Array(12).fill(1),
      holidays: false,
      promotions: [],
    };
    const world = createWorld({ stores, products, calendar, demand: { series, ...demand }, days: 200 });
    world.seek(new Date(world.endMs));
    const totals = world.truth().totals();
    expect(Math.abs(totals.demand / totals.seriesDays / 4 - 1)).toBeLessThan(0.06);
  }
});

test('extra fields by function are typed, given store and product as they were given, and no bytes', () => {
  const stores = [{ store_id: 'a', timeZone: 'UTC', facts: { brand: 'Lidia' } }];
  const world = createWorld({
    stores,
    products: 3,
    days: 9,
    extra: (event, { store }) => ({ twice: event.sequence * 2, brand: store.facts?.brand }),
  });
  const [event] = world.events();
  expect(event).toMatchObject({ sequence: 1, twice: 2, brand: 'Lidia' });
  expectTypeOf(event?.twice).toEqualTypeOf<number | undefined>();
  for (const read of [() => world.ndjson(), () => world.ndjsonStream()])
    expect(read).toThrow(/`extra` .* Declare the columns/);
  for (const [fields, message] of [
    [{ store_id: 'x' }, "extra: the function returned 'store_id', which the events have already"],
    [JSON.parse('{"__proto__":1}'), "extra: the function returned '__proto__'"],
    [Promise.resolve({ a: 1 }), 'extra: the function did not return an object'],
    [null, 'extra: the function did not return an object'],
  ] as const)
    expect(() =>
      createWorld({ stores, products: 3, days: 9, extra: () => fields as object })
        .events()
        .next(),
    ).toThrow(message);
  // The event whose fields could not be made is the next one still.
  let made = 0;
  const failing = createWorld({
    stores,
    products: 3,
    days: 9,
    extra: () => {
      if (made++ === 3) throw new RangeError('no rate');
      return {};
    },
  });
  const sequences: number[] = [];
  const readOn = (): void => {
    for (const { sequence } of failing.events()) sequences.push(sequence);
  };
  expect(readOn).toThrow('no rate');
  readOn();
  expect(sequences).toEqual(Array.from({ length: sequences.length }, (_, n) => n + 1));
  expect(sequences.length).toBeGreaterThan(5);
  const declared = createWorld({
    stores,
    products: 3,
    extra: [{ name: 'brand', type: 'string', from: 'store.facts.brand' }],
  });
  expectTypeOf(declared.events().next().value?.brand).toEqualTypeOf<string | null | undefined>();
});

test.each([
  ['Europe/Berlin', 3, '2026-03-28'],
  ['Europe/Berlin', 3, '2026-10-24'],
  ['Europe/Lisbon', 2, '2026-03-28'],
  ['Europe/Lisbon', 2, '2026-10-24'],
  ['Europe/Athens', 4, '2026-03-28'],
  ['Atlantic/Azores', 1, '2026-03-28'],
  ['America/Chicago', 3, '2026-03-07'],
  ['America/Chicago', 3, '2026-10-31'],
  ['America/St_Johns', 3, '2026-03-07'],
  ['Australia/Sydney', 3, '2026-10-03'],
  ['Australia/Sydney', 3, '2026-04-04'],
  ['Pacific/Auckland', 3, '2026-09-26'],
])(
  'sales in %s are in the first hour that may be opened, %i, on the Sunday after %s',
  (timeZone, from, start) => {
    const location = { city: 'x', region: '', country: 'PT', latitude: 1, longitude: 1 };
    const closed = { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null };
    const hour = (at: number): string => `0${at}:00`;
    const opening = (first: number): World =>
      createWorld({
        stores: [
          { store_id: 's', timeZone, location, opens: { ...closed, sun: [hour(first), hour(first + 1)] } },
        ],
        products: 40,
        start,
        days: 3,
      });
    const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    const sales = [...opening(from).events()].filter(({ event_type }) => event_type === 'sale');
    expect(new Set(sales.map(({ event_time }) => Number(format.format(new Date(event_time)))))).toEqual(
      new Set([from]),
    );
    if (from > 1) expect(() => opening(from - 1)).toThrow('on a Sunday; open at');
  },
);
