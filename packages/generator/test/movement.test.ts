import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWorld, presets } from '../src/index.js';
import { ShardClock } from '../src/day/shard-clock.js';
import { priceIn } from '../src/model/currencies.js';
import { divideVariance } from '../src/model/dispersion.js';
import { offsetMinutes } from '../src/model/time-zone.js';
import { settle } from '../src/world/options.js';

const modelled = (change: object): object => ({
  preset: { ...presets.m5, model: { ...presets.m5.model, ...change } },
});
const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

test('months of the preset and of its categories come half a year later south of the equator', () => {
  const options = modelled({ productWeekShock: 0, promotionRate: 0, holidays: false, launchRate: 0 });
  const clock = new ShardClock(settle({ ...options, stores: 18, products: 40 }).settings);
  const shifts = (s: number, date: string): number[] => Array.from(clock.shops.of(dayOf(date), s).shift);
  const [amsterdam, melbourne] = [0, 17];
  expect(clock.stores[melbourne]?.location.city).toBe('Melbourne');
  // Wednesdays.
  expect(shifts(melbourne, '2026-01-14')).toEqual(shifts(amsterdam, '2026-07-15'));
  expect(shifts(melbourne, '2026-10-14')).toEqual(shifts(amsterdam, '2026-04-15'));
  expect(shifts(melbourne, '2026-01-14')).not.toEqual(shifts(amsterdam, '2026-01-14'));
});

test('a product that is launched later has no event before its first day, and many behind it', () => {
  const world = createWorld({ ...modelled({ launchRate: 0.5 }), stores: 3, products: 120, days: 120 });
  const zones = new Map(world.stores.map(({ store_id, timeZone }) => [store_id, timeZone]));
  const launched = new Map(world.products.map((product) => [product.product_id, product.launched]));
  const begun = new Set<string>();
  for (const { store_id, product_id, event_time } of world.events()) {
    const first = launched.get(product_id);
    const zone = zones.get(store_id);
    if (first === undefined || zone === undefined) continue;
    const ms = Date.parse(event_time);
    const local = ms + offsetMinutes(zone, Math.floor(ms / 86_400_000)) * 60_000;
    expect(new Date(local).toISOString().slice(0, 10) >= first).toBe(true);
    begun.add(product_id);
  }
  const due = [...launched.values()].filter((first) => first !== undefined && first < '2026-04-20');
  expect(due.length).toBeGreaterThan(4);
  expect(begun.size).toBeGreaterThanOrEqual(due.length);
  // Plain products are there from the start.
  expect(createWorld({ products: 50 }).products.filter((product) => product.launched !== undefined)).toEqual(
    [],
  );
});

test('cases that are missing of a delivery stay on order, and come with the next truck: nothing is lost', () => {
  const change = { shortRate: 1, lateRate: 0, receivingErrorRate: 0, missedOrderRate: 0 };
  const open = new Map<string, { left: number; trucks: number }>();
  let [parts, wholes] = [0, 0];
  for (const event of createWorld({ ...modelled(change), stores: 4, products: 40, days: 60 }).events()) {
    const key = `${event.store_id} ${event.product_id}`;
    if (event.event_type === 'order_placed') open.set(key, { left: event.on_order, trucks: 0 });
    const order = open.get(key);
    if (event.event_type !== 'restock' || order === undefined) continue;
    order.left -= event.quantity_delta;
    expect(event.on_order).toBe(order.left);
    expect(++order.trucks).toBeLessThanOrEqual(2);
    if (order.left > 0) parts++;
    else wholes++;
  }
  expect(parts).toBeGreaterThan(100);
  expect(wholes).toBeGreaterThan(parts);
});

test('levels and shocks take their variance out of the day’s: all of it together is what k says', () => {
  const share = fc.double({ min: 0, max: 0.6, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 50, noNaN: true }),
      share,
      share,
      share,
      (k, memory, store, local) => {
        const shocks = { store, storeWeek: 0.1, local };
        const { dispersion, deviation } = divideVariance(k, { memory, shocks });
        const moved = Math.exp(deviation ** 2 + store ** 2 + 0.01 + local ** 2);
        const whole = moved * (1 + 1 / dispersion) - 1;
        // Variances are taken from numbers near 1, where doubles are 2.2e-16 apart.
        expect(deviation ** 2).toBeLessThanOrEqual(memory ** 2 + 1e-14);
        // Shocks that are larger than k allows leave days that are nearly Poisson.
        if (dispersion < 100) expect(whole).toBeCloseTo(1 / k, 9);
        else expect(whole).toBeGreaterThanOrEqual(1 / k - 1e-9);
      },
    ),
  );
});

test('prices are those of the store’s currency, at a level and with an end that it has', () => {
  const world = createWorld({
    stores: 32,
    products: 20,
    days: 1,
    extra: [{ name: 'currency', type: 'string', from: 'store.currency' }],
  });
  const of = new Map(world.stores.map((store) => [store.store_id, store]));
  const everyday = new Map(world.products.map(({ product_id, priceCents }) => [product_id, priceCents]));
  const seen = new Set<string>();
  for (const { store_id, product_id, unit_price, currency } of world.events()) {
    expect(currency).toBe(of.get(store_id)?.currency);
    seen.add(String(currency));
    const price = priceIn(String(currency), everyday.get(product_id) ?? 0) / 100;
    expect(unit_price).toBeLessThanOrEqual(price);
    expect(unit_price).toBeGreaterThanOrEqual(0.69 * price);
    if (['JPY', 'KRW', 'ISK'].includes(String(currency))) expect(Number.isInteger(unit_price)).toBe(true);
  }
  expect(seen.size).toBe(18);
  expect([priceIn('EUR', 123), priceIn('JPY', 123), priceIn('KRW', 123), priceIn('XXX', 123)]).toEqual([
    119, 17_800, 178_000, 123,
  ]);
});
