import type { TruckLoad } from '@store/restock';
import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClosedLoop } from '../../src/up/closed-loop.js';
import { eventWith } from '../query/pretend-lake.js';

const load = (id: string, product: string, quantity: number): TruckLoad => ({
  load_id: id,
  store_id: 'S1',
  store_name: 'Harbour',
  city: 'Oslo',
  country: 'NO',
  units: quantity,
  items: [{ request_id: id, product_id: product, product_name: 'Oat milk', quantity }],
});

test('a truck that arrives fills the shelf, and the shelf stays filled', () => {
  const loop = new ClosedLoop();
  expect(loop.apply(eventWith({ sequence: 9, current_stock: 2 }))).toMatchObject({
    sequence: 1,
    is_low_stock: true,
  });
  loop.dispatch(load('L1', 'P1', 30), 0);
  expect(loop.arrivals(0)).toEqual([]);
  expect(loop.trucks).toHaveLength(1);
  const arrivesAt = loop.trucks[0]?.arrivesAtMs ?? 0;
  expect(loop.arrivals(arrivesAt)).toMatchObject([
    { event_type: 'restock', quantity_delta: 30, current_stock: 32, sequence: 2, is_low_stock: false },
  ]);
  expect(loop.apply(eventWith({ sequence: 10, current_stock: 1 }))).toMatchObject({
    current_stock: 31,
    sequence: 3,
  });
  expect([loop.trucks.length, loop.arrived]).toEqual([0, 1]);
});

test('stock is conserved and sequences rise by one, whatever the order of sales and trucks', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ sale: fc.integer({ min: 1, max: 5 }), product: fc.constantFrom('P1', 'P2') }),
      fc.record({ truck: fc.integer({ min: 1, max: 40 }), product: fc.constantFrom('P1', 'P2') }),
    ),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, (done) => {
      const loop = new ClosedLoop();
      const world = new Map([
        ['P1', 500],
        ['P2', 500],
      ]);
      const seen: InventoryEvent[] = [];
      done.forEach((step, hour) => {
        seen.push(...loop.arrivals(hour * 3_600_000));
        if ('truck' in step) loop.dispatch(load(`L${hour}`, step.product, step.truck), hour * 3_600_000);
        else {
          const current_stock = (world.get(step.product) ?? 0) - step.sale;
          world.set(step.product, current_stock);
          seen.push(
            loop.apply(eventWith({ product_id: step.product, current_stock, quantity_delta: -step.sale })),
          );
        }
      });
      seen.push(...loop.arrivals(1e12));
      const stock = new Map<string, number>();
      seen.forEach((event, index) => {
        expect(event.sequence).toBe(index + 1);
        const before = stock.get(event.product_id);
        if (before !== undefined) expect(event.current_stock).toBe(before + event.quantity_delta);
        stock.set(event.product_id, event.current_stock);
      });
    }),
  );
});

test('after the world was moved, its events have other ids and still higher sequences', () => {
  const loop = new ClosedLoop();
  const first = loop.apply(eventWith({}));
  loop.reset();
  const again = loop.apply(eventWith({}));
  expect(again.event_id).not.toBe(first.event_id);
  expect(again.sequence).toBe(first.sequence + 1);
});
