import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InventoryEvent } from '@store/schema';
import { createWorld, presets, type World } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';
import { repeated } from './policies.js';

test('shelves that only trucks fill run empty without them, and a delivery arrives when it was promised', () => {
  const open = (): ReturnType<typeof smallWorld> => smallWorld({ days: 12, replenishment: 'deliveries' });
  const alone = open();
  const kinds = new Set(Array.from(alone.events(), ({ event_type }) => event_type));
  expect(kinds.has('restock')).toBe(false);
  expect(kinds.has('order_placed')).toBe(false);

  const world = open();
  const first = world.events().next().value;
  if (first === undefined) throw new Error('The world has no event.');
  const at = '2026-01-12T12:00:00.000Z';
  const { store_id, product_id } = first;
  expect(world.deliver({ store_id, product_id, quantity: 24, at })).toEqual({ atMs: Date.parse(at) });
  const events = [...world.events()];
  const restocks = events.filter(({ event_type }) => event_type === 'restock');
  expect(restocks).toMatchObject([{ store_id, product_id, quantity_delta: 24, event_time: at, on_order: 0 }]);
  const before = events.filter(
    (event) => event.store_id === store_id && event.product_id === product_id && event.event_time < at,
  );
  expect(before.at(-1)?.on_order ?? 24).toBe(24);
});

test('a delivery into a day that is already simulated comes the next morning, in replays and snapshots too', () => {
  const options = { days: 8, replenishment: 'deliveries' as const };
  const world = smallWorld(options);
  const events = world.events();
  for (let n = 0; n < 200; n++) events.next();
  const { value } = events.next();
  if (value === undefined) throw new Error('The world is too short.');
  const { store_id, product_id, event_time } = value;
  const { atMs } = world.deliver({ store_id, product_id, quantity: 7, at: event_time });
  expect(atMs).toBeGreaterThan(Date.parse(event_time));
  const snapshot = world.snapshot();
  const rest = linesOf(world);
  expect(rest.some((line) => line.includes('"restock"'))).toBe(true);
  const other = smallWorld(options);
  other.restore(snapshot);
  expect(linesOf(other)).toEqual(rest);
  world.seek(new Date(world.startMs));
  expect(linesOf(world).slice(-rest.length)).toEqual(rest);
});

test('a delivery to nowhere is refused by name', () => {
  const world = createWorld({ stores: 2, products: 2 });
  const order = { store_id: 'store-0001', product_id: 'SKU-000001', quantity: 1, at: '2026-01-06' };
  expect(() => world.deliver({ ...order, store_id: 'store-0003' })).toThrow(
    'Expected `store_id` to be a store of this shard, got "store-0003".',
  );
  expect(() => world.deliver({ ...order, product_id: 'x' })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_SERIES' }),
  );
  expect(() => world.deliver({ ...order, quantity: 0 })).toThrow(
    'Expected `quantity` to be 1 to 1000000, got 0.',
  );
});

test('a delivery is promised within the world and to an open store, and comes then; any other is refused', () => {
  const model = { ...presets.m5.model, weekdays: [1, 1, 1, 1, 1, 0, 0] };
  const options = {
    stores: 24,
    products: 2,
    start: '2026-01-05',
    days: 9,
    replenishment: 'deliveries',
  } as const;
  const open = (): World => createWorld({ ...options, preset: { ...presets.m5, model } });
  const { startMs, endMs, stores } = open();
  fc.assert(
    fc.property(
      fc.integer({ min: startMs - 1e8, max: endMs + 1e8 }),
      fc.nat(23),
      fc.nat(900),
      (ms, s, read) => {
        const world = open();
        const events = world.events();
        for (let n = 0; n < read; n++) events.next();
        const order = {
          store_id: stores[s]?.store_id ?? '',
          product_id: 'SKU-000002',
          quantity: 7,
          at: new Date(ms),
        };
        let atMs: number;
        try {
          ({ atMs } = world.deliver(order));
        } catch (error) {
          expect(error).toMatchObject({ code: 'OUT_OF_RANGE', option: 'at' });
          // Nothing is simulated yet: only the evening of the last day is too late.
          if (read === 0) expect(ms < startMs || ms >= endMs - 172_800_000).toBe(true);
          return;
        }
        expect(atMs).toBeGreaterThanOrEqual(Math.max(ms, startMs));
        expect(atMs).toBeLessThan(endMs);
        const arrived = [...world.events()].filter(({ event_type }) => event_type === 'restock');
        expect(arrived.map(({ event_time }) => Date.parse(event_time))).toEqual([atMs]);
      },
    ),
    { numRuns: 60 },
  );
});

test('an evening truck is before the order whose stock it is in', () => {
  const open = (): World => smallWorld({ days: 3, policy: 'newsvendor' });
  const placed = [...open().events()].filter(
    ({ event_type, event_time }) => event_type === 'order_placed' && event_time < '2026-01-06',
  );
  const world = open();
  for (const { store_id, product_id, event_time } of placed)
    world.deliver({ store_id, product_id, quantity: 1, at: new Date(Date.parse(event_time) + 60_000) });
  const stock = new Map(
    Array.from(world.openingShelves(), (shelf) => [
      `${shelf.store_id} ${shelf.product_id}`,
      shelf.current_stock,
    ]),
  );
  let evenings = 0;
  for (const {
    store_id,
    product_id,
    event_type,
    quantity_delta,
    current_stock,
    event_time,
  } of world.events()) {
    const key = `${store_id} ${product_id}`;
    expect(current_stock).toBe((stock.get(key) ?? NaN) + quantity_delta);
    stock.set(key, current_stock);
    if (event_type === 'order_placed' && event_time < '2026-01-06') evenings++;
  }
  expect(evenings).toBeGreaterThan(10);
});

test.each([
  ['00:00', '02:00'],
  ['01:00', '01:30'],
] as const)('a store that is open from %s to %s has its trucks before it orders', (from, to) => {
  const opens = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((weekday) => [weekday, [from, to] as const]),
  );
  const world = createWorld({
    stores: [{ store_id: 's', timeZone: 'UTC', opens }],
    products: 40,
    days: 20,
    policy: 'newsvendor',
  });
  const stock = new Map(
    Array.from(world.openingShelves(), ({ product_id, current_stock }) => [product_id, current_stock]),
  );
  for (const { product_id, quantity_delta, current_stock } of world.events()) {
    expect(current_stock).toBe((stock.get(product_id) ?? NaN) + quantity_delta);
    stock.set(product_id, current_stock);
  }
});

test('a truck comes to a product that is withdrawn by then, and units are what it brings', () => {
  const world = createWorld({
    stores: [{ store_id: 's', timeZone: 'UTC' }],
    products: [{ product_id: 'p', withdrawn: '2026-01-06' }],
    start: '2026-01-05',
    days: 9,
    replenishment: 'deliveries',
  });
  const order = { store_id: 's', product_id: 'p', quantity: 6 };
  expect(world.deliver({ ...order, at: '2026-01-08T10:00:00Z' }).atMs).toBe(Date.UTC(2026, 0, 8, 10));
  const events = [...world.events()];
  const last = events.at(-1);
  expect(last).toMatchObject({ event_type: 'restock', quantity_delta: 6, on_order: 0 });
  expect(last?.event_time).toBe('2026-01-08T10:00:00.000Z');
  expect(last?.current_stock).toBe((events.at(-2)?.current_stock ?? 0) + 6);
});

const ending = {
  seed: 5,
  start: '2026-01-05',
  days: 40,
  stores: [
    { store_id: 's', timeZone: 'UTC' },
    { store_id: 't', timeZone: 'Asia/Tokyo' },
  ],
  products: Array.from({ length: 40 }, (_, p) => ({
    product_id: `p${p}`,
    withdrawn: `2026-01-${String(5 + (p % 8)).padStart(2, '0')}`,
  })),
};
/** Local days from an event to the last on which its product is sold. */
function daysLeft({ store_id, product_id, event_time }: InventoryEvent): number {
  const localMs = Date.parse(event_time) + (store_id === 't' ? 9 * 3_600_000 : 0);
  const { withdrawn = '' } = ending.products.find((product) => product.product_id === product_id) ?? {};
  return (Date.parse(withdrawn) - Math.floor(localMs / 86_400_000) * 86_400_000) / 86_400_000;
}

test.each<{ leadDays: readonly [number, number] }>([
  { leadDays: [0, 0] },
  { leadDays: [1, 1] },
  { leadDays: [1, 3] },
  { leadDays: [3, 3] },
])('no truck of a punctual supplier comes after a last day of sale: lead days $leadDays', ({ leadDays }) => {
  for (const policy of ['sS', 'sQ', 'RS', 'newsvendor'] as const) {
    const model = { ...presets.m5.model, leadDays, lateRate: 0, shortRate: 0 };
    const left = new Set<number>();
    for (const event of createWorld({ ...ending, policy, preset: { ...presets.m5, model } }).events())
      if (event.event_type === 'restock') left.add(daysLeft(event));
    // The last truck is of the last day, or of the evening before where nothing is on its way.
    expect(Math.min(...left), policy).toBe(leadDays[1] === 0 ? 1 : 0);
  }
});

test.each([{ policy: undefined }, { policy: repeated.sS }])(
  'what was ordered before a withdrawal comes, late or not',
  ({ policy }) => {
    const model = { ...presets.m5.model, lateRate: 0.3 };
    const world = createWorld({ ...ending, preset: { ...presets.m5, model }, ...(policy && { policy }) });
    const open = new Map<string, number>();
    let late = 0;
    for (const event of world.events()) {
      open.set(`${event.store_id} ${event.product_id}`, event.on_order);
      if (event.event_type === 'restock' && daysLeft(event) < 0) late++;
    }
    expect(late).toBeGreaterThan(0);
    expect([...open.values()].filter((units) => units !== 0)).toEqual([]);
  },
);

test.each([
  { replenishment: 'policy', policy: undefined },
  { replenishment: 'policy', policy: 'RS' },
  { replenishment: 'policy', policy: repeated.sS },
  { replenishment: 'deliveries', policy: undefined },
] as const)(
  'a product that nothing is ordered of any more has no reorder point, and its shelf says so: $replenishment $policy',
  ({ replenishment, policy }) => {
    const model = { ...presets.m5.model, leadDays: [2, 2], lateRate: 0.3 } as const;
    // On Sundays and on Mondays stores are closed, on which some of the days fall.
    const closed = { opens: { mon: null, sun: null } };
    const world = createWorld({
      ...ending,
      stores: ending.stores.map((store) => ({ ...store, ...closed })),
      preset: { ...presets.m5, model },
      replenishment,
      ...(policy && { policy }),
    });
    const shelves = new Map(
      Array.from(world.openingShelves(), (shelf) => [`${shelf.store_id} ${shelf.product_id}`, shelf]),
    );
    // Two days before the last one an order comes on it.
    const last = new Map<string, InventoryEvent>();
    let counts = 0;
    for (const event of world.events()) {
      const key = `${event.store_id} ${event.product_id}`;
      const isLeft = daysLeft(event) < 2;
      expect(event.min_threshold === 0, JSON.stringify(event)).toBe(isLeft);
      expect(event.is_low_stock && isLeft).toBe(false);
      if (isLeft && event.event_type === 'stock_count') counts++;
      last.set(key, event);
    }
    expect(counts).toBeGreaterThan(60);
    for (const [key, { min_threshold }] of shelves) {
      // Where it was so from the beginning, there may be no event.
      expect(last.get(key)?.min_threshold ?? min_threshold, key).toBe(0);
    }
  },
);

test('a snapshot on any day of a withdrawal continues as the world does', () => {
  const open = () => createWorld({ ...ending, days: 12, policy: repeated.sS });
  const world = open();
  const ids = Array.from(world.events(), ({ event_id, min_threshold }) => `${event_id} ${min_threshold}`);
  for (let taken = 150; taken < ids.length; taken += 311) {
    const before = open();
    const events = before.events()[Symbol.iterator]();
    for (let n = 0; n < taken; n++) events.next();
    const after = open();
    after.restore(before.snapshot());
    expect(
      Array.from(after.events(), ({ event_id, min_threshold }) => `${event_id} ${min_threshold}`),
    ).toEqual(ids.slice(taken));
  }
});
