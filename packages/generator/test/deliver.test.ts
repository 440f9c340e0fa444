import { expect, test } from 'vitest';
import { createWorld } from '../src/index.js';
import { linesOf, smallWorld } from './lines.js';

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
