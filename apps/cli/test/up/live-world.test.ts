import type { TruckLoad } from '@store/restock';
import { createLowStockDetector, planDeliveries } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import { expect, test } from 'vitest';
import { LiveWorld } from '../../src/up/live-world.js';
import type { RunEvent } from '../../src/up/runs.js';

const msPerDay = 86_400_000;
const flags = { stores: 3, products: 12, days: 9, start: '2026-01-05T00:00:00.000Z', seed: 7, speed: 1 };

/** A world whose producer is a list; one millisecond of the machine is one of the world. */
function playing(
  more: { readonly chaos?: string; readonly stores?: number; readonly products?: number } = {},
): {
  world: LiveWorld;
  sent: RunEvent[];
  play: (from: number, days: number) => void;
} {
  const sent: RunEvent[] = [];
  const world = new LiveWorld(
    { ...flags, ...more },
    { put: (event) => sent.push(event) > 0, drained: async () => undefined },
    0,
  );
  const detector = createLowStockDetector();
  let heard = 0;
  return {
    world,
    sent,
    play(from, days) {
      for (let now = from; now <= from + days * msPerDay; now += 600_000) {
        world.turn(now);
        const requests = sent.slice(heard).flatMap((event) => detector.add(event) ?? []);
        heard = sent.length;
        const loads: readonly TruckLoad[] = planDeliveries(requests.filter(({ quantity }) => quantity > 0));
        for (const load of loads) world.dispatch(load, now);
      }
    },
  };
}

/** Every event's stock is the one before it plus its change, and sequences of a store rise. */
function expectConserved(events: readonly InventoryEvent[]): void {
  const stock = new Map<string, number>();
  const sequence = new Map<string, number>();
  for (const event of events) {
    const shelf = `${event.store_id}/${event.product_id}`;
    const before = stock.get(shelf);
    if (before !== undefined) expect(event.current_stock).toBe(before + event.quantity_delta);
    stock.set(shelf, event.current_stock);
    expect(event.sequence).toBeGreaterThan(sequence.get(event.store_id) ?? 0);
    sequence.set(event.store_id, event.sequence);
  }
}

test('only trucks fill the shelves, through the world itself: its events tell what they brought', () => {
  const { world, sent, play } = playing();
  play(0, 6);
  const restocks = sent.filter(({ event_type }) => event_type === 'restock');
  expect(world.status(6 * msPerDay).trucksArrived).toBeGreaterThan(0);
  expect(restocks.length).toBeGreaterThan(0);
  expectConserved(sent);
  // What is asked for is on order from then on, and no more when it has come.
  const orders = sent.filter(({ event_type }) => event_type === 'order_placed');
  expect(orders.length).toBeGreaterThan(0);
  for (const { on_order, quantity_delta } of orders) {
    expect(on_order).toBeGreaterThan(0);
    expect(quantity_delta).toBe(0);
  }
  expect(world.takeDelivered().length).toBeGreaterThan(0);
  expect(sent.some(({ is_low_stock, on_order }) => is_low_stock && on_order > 0)).toBe(true);
  expect(restocks.some(({ on_order }) => on_order === 0)).toBe(true);
});

test('what was ordered on the first day, which is not sent, is on order and drives', () => {
  const { world, sent, play } = playing();
  const { low, trucksOnTheWay, nextTruckAt } = world.status(0);
  const query = { sort: 'missing', down: false, words: [], from: 0, count: 100 } as const;
  const ordered = world.board.low(query).rows.filter(({ onOrder }) => onOrder > 0);
  expect(low).toBeGreaterThan(0);
  expect(ordered).toHaveLength(low);
  expect(ordered.every(({ arrivesAt }) => arrivesAt !== undefined)).toBe(true);
  expect(trucksOnTheWay).toBeGreaterThan(0);
  expect(trucksOnTheWay).toBeLessThanOrEqual(3);
  expect(nextTruckAt).toBeDefined();
  // The first event of such a shelf says it too, so that nobody orders twice.
  play(0, 2);
  for (const { storeId, productId } of ordered) {
    const [first] = sent.filter(
      ({ store_id, product_id }) => store_id === storeId && product_id === productId,
    );
    expect(first?.event_type === 'restock' || (first?.on_order ?? 0) > 0).toBe(true);
  }
});

test('a world that nobody sends a truck to runs dry', () => {
  const { world, sent } = playing();
  for (let now = 0; now <= 8 * msPerDay; now += 600_000) world.turn(now);
  expect(sent.filter(({ event_type }) => event_type === 'restock').length).toBeLessThan(12);
  expect(world.status(8 * msPerDay).low).toBeGreaterThan(18);
});

test('a move back begins a run of its own: trucks are recalled, sequences continue rising, and stock is conserved again', () => {
  const { world, sent, play } = playing();
  play(0, 3);
  const before = sent.length;
  const onTheWay = world.status(3 * msPerDay).trucksOnTheWay;
  const told = world.control({ action: 'seek', at: '2026-01-07T00:00:00.000Z' }, 3 * msPerDay);
  expect(told).toBe(
    `Moved to Wed 7 Jan, 00:00: run 2 begins, run 1 stays in the lake, ${onTheWay} ${onTheWay === 1 ? 'truck was' : 'trucks were'} recalled`,
  );
  play(3 * msPerDay, 2);
  const again = sent.slice(before);
  expect(again.length).toBeGreaterThan(20);
  expectConserved(again);
  expect(again.every(({ run }) => run === 2) && sent.slice(0, before).every(({ run }) => run === 1)).toBe(
    true,
  );
  expect(new Set(sent.map(({ run, event_id }) => `${run}/${event_id}`)).size).toBe(sent.length);
  const highest = (events: readonly InventoryEvent[]): number =>
    Math.max(
      ...events.filter(({ store_id }) => store_id === sent[0]?.store_id).map((event) => event.sequence),
    );
  const lowest = Math.min(
    ...again.filter(({ store_id }) => store_id === sent[0]?.store_id).map((event) => event.sequence),
  );
  expect(lowest).toBeGreaterThan(highest(sent.slice(0, before)));
});

test('an event that chaos repeats is sent twice and counted once, as the lake counts it', () => {
  const { world, sent, play } = playing({ chaos: 'duplicate=0.3' });
  play(0, 4);
  const ids = new Set(sent.map(({ event_id }) => event_id));
  expect(sent.length).toBeGreaterThan(ids.size);
  expect(world.generated).toBe(ids.size);
});

test('no shelf is low without an order as play begins, not even one that opened empty and has no event', () => {
  const { world } = playing({ stores: 20, products: 60 });
  const { rows } = world.board.low({ sort: 'order', down: false, words: [], from: 0, count: 200 });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.filter(({ onOrder, arrivesAt }) => onOrder === 0 || arrivesAt === undefined)).toEqual([]);
});
