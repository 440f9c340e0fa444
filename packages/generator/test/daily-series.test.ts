import fc from 'fast-check';
import type { InventoryEvent } from '@store/schema';
import { expect, test } from 'vitest';
import { priceIn } from '../src/model/currencies.js';
import { createWorld, dailyCsv, type DailySales, type World } from '../src/index.js';
import { smallWorld } from './lines.js';
import { lisbon, worldFiles } from './world-files.js';

const keyOf = ({ store_id, product_id, date }: DailySales): string => [store_id, product_id, date].join();

const fields = { dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Local day and minute of an event, by the runtime's own time zones. */
function localOf(zone: string, time: string): readonly [date: string, minute: number] {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...fields });
  formats.set(zone, format);
  const parts = format.format(new Date(time));
  const [date = '', clock = ''] = parts.split(', ');
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return [date, hour * 60 + minute];
}

/** Units sold by series and local day, from the events alone. */
function soldOf(world: World): Map<string, number> {
  const sold = new Map<string, number>();
  const zones = new Map(world.stores.map(({ store_id, timeZone }) => [store_id, timeZone.name]));
  for (const { event_type, event_time, store_id, product_id, quantity_delta } of world.events()) {
    if (event_type !== 'sale') continue;
    const [date] = localOf(zones.get(store_id) ?? 'UTC', event_time);
    const key = [store_id, product_id, date].join();
    sold.set(key, (sold.get(key) ?? 0) - quantity_delta);
  }
  return sold;
}

test('a row is what the tills sold on a local day, of every product on sale on every open day', () => {
  const options = { stores: 9, products: 14, days: 12, start: '2026-12-20' };
  const sold = soldOf(createWorld(options));
  const rows = [...createWorld(options).dailySeries()];
  for (const row of rows)
    expect([keyOf(row), row.units_sold]).toEqual([keyOf(row), sold.get(keyOf(row)) ?? 0]);
  expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
  // Christmas is closed; a day of which a part lies outside the world's time is left out.
  expect(rows.some(({ date }) => date === '2026-12-25')).toBe(false);
  const { stores, products } = createWorld(options);
  const onSale = (day: string): number => products.filter(({ launched = '' }) => launched <= day).length;
  for (const { store_id } of stores) {
    const days = new Set(rows.filter((row) => row.store_id === store_id).map(({ date }) => date));
    expect([10, 11]).toContain(days.size);
    expect(rows.filter((row) => row.store_id === store_id)).toHaveLength(
      [...days].reduce((sum, day) => sum + onSale(day), 0),
    );
  }
});

test('stock at closing, empty shelves and prices are those of the events', () => {
  const world = smallWorld({ stores: 4, days: 30, products: 30 });
  const zones = new Map(world.stores.map((store) => [store.store_id, store]));
  const events = new Map<string, InventoryEvent[]>();
  for (const event of world.events()) {
    const key = `${event.store_id},${event.product_id}`;
    events.set(key, [...(events.get(key) ?? []), event]);
  }
  let [empty, promoted] = [0, 0];
  for (const row of world.dailySeries()) {
    const store = zones.get(row.store_id);
    const of: readonly InventoryEvent[] = events.get(`${row.store_id},${row.product_id}`) ?? [];
    const before = of.filter(({ event_time }) => {
      const [date, minute] = localOf(store?.timeZone.name ?? '', event_time);
      return date < row.date || (date === row.date && minute < (store?.closesAtMinute ?? 0));
    });
    const last = before.at(-1);
    if (last === undefined) continue;
    expect([keyOf(row), row.on_hand]).toEqual([keyOf(row), last.current_stock]);
    const today = before.filter(
      ({ event_time }) => localOf(store?.timeZone.name ?? '', event_time)[0] === row.date,
    );
    if (today.some(({ event_type, current_stock }) => event_type === 'sale' && current_stock === 0)) {
      expect([keyOf(row), row.in_stock]).toEqual([keyOf(row), 0]);
      empty++;
    }
    const { priceCents = 0 } = world.products.find(({ product_id }) => product_id === row.product_id) ?? {};
    const everyday = priceIn(store?.currency ?? '', priceCents);
    expect(row.promotion).toBe(row.price * 100 < everyday - 0.5 ? 1 : 0);
    for (const { unit_price, event_type } of today)
      if (event_type === 'sale') expect(row.price).toBe(unit_price);
    promoted += row.promotion;
  }
  expect(empty).toBeGreaterThan(10);
  expect(promoted).toBeGreaterThan(3);
});

test('worlds of your own have rows of what a store sells on the days on which it is open', () => {
  fc.assert(
    fc.property(worldFiles, fc.nat(20), (file, seed) => {
      const options = { ...file, seed, start: '2026-03-08', days: 15 };
      const rows = [...createWorld(options).dailySeries()];
      const sold = soldOf(createWorld({ ...options, extra: [] }));
      const total = rows.reduce((sum, row) => sum + row.units_sold, 0);
      for (const row of rows) {
        expect(row.units_sold).toBe(sold.get(keyOf(row)) ?? 0);
        sold.delete(keyOf(row));
      }
      expect(total).toBeGreaterThanOrEqual(0);
      // What is left was sold on the first or last local day, which is in part outside the world's time.
      for (const key of sold.keys()) expect(key).toMatch(/2026-03-(07|08|22|23)$/);
    }),
    { numRuns: 30 },
  );
});

test('rows are the same wherever the world stands, with chaos and in shards, and end with a bounded world', () => {
  const all = [...smallWorld().dailySeries()];
  const world = smallWorld({ chaos: true });
  world.seek('2026-01-07');
  expect([...world.dailySeries()]).toEqual(all);
  const parts = [0, 1].flatMap((index) => [...smallWorld({ shard: { index, count: 2 } }).dailySeries()]);
  expect(parts.map(keyOf).sort()).toEqual(all.map(keyOf).sort());
  const bounded = [...smallWorld({ maxEvents: 300 }).dailySeries()];
  expect(bounded.length).toBeGreaterThan(0);
  expect(bounded).toEqual(all.filter((row) => bounded.some((other) => keyOf(other) === keyOf(row))));
  expect(all.length).toBeGreaterThan(bounded.length);
});

test('a delivery that was accepted is on hand', () => {
  const world = smallWorld({ replenishment: 'deliveries', days: 20 });
  const { store_id = '' } = world.stores[0] ?? {};
  const { product_id = '' } = world.products[0] ?? {};
  const most = (): number =>
    Math.max(
      ...Array.from(world.dailySeries(), (row) =>
        row.store_id === store_id && row.product_id === product_id ? row.on_hand : 0,
      ),
    );
  const before = most();
  world.deliver({ store_id, product_id, quantity: 5000, at: '2026-01-15T12:00:00Z' });
  expect(most()).toBeGreaterThan(before + 4000);
});

test('as CSV the rows have the columns of sales history, and names are quoted where they must be', () => {
  const products = [{ product_id: 'a,"b"', unit_price: 2.5 }];
  const world = createWorld({ stores: lisbon.stores.slice(1), products, start: '2026-03-08', days: 3 });
  const [header, first] = dailyCsv(world.dailySeries());
  expect(header).toBe('store_id,product_id,date,units_sold,on_hand,in_stock,price,promotion\n');
  expect(first).toMatch(/^lx-2,"a,""b""",2026-03-08,\d+,\d+,[01],2.5,0\n$/);
});
