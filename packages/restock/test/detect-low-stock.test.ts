import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLowStockDetector, detectLowStock, requestFor } from '../src/index.js';
import { histories, inventoryEvent } from './events.js';

test('an episode begins when the stock falls below the threshold and ends when it no longer is', () => {
  const events = [5, 3, 2, 9, 1].map((current_stock, sequence) =>
    inventoryEvent({ sequence, current_stock }),
  );
  expect(detectLowStock(events).map(({ request_id, quantity }) => ({ request_id, quantity }))).toEqual([
    { request_id: 'S1/P1/1', quantity: 5 },
    { request_id: 'S1/P1/4', quantity: 7 },
  ]);
});

test('order, duplicates and replays do not matter', () => {
  fc.assert(
    fc.property(histories, fc.func(fc.double({ noNaN: true })), (events, rank) => {
      const shuffled = [...events, ...events].sort((a, b) => rank(a.event_id) - rank(b.event_id));
      expect(detectLowStock(shuffled)).toEqual(detectLowStock(events));
    }),
  );
});

test('an episode has one request, and a request one episode', () => {
  fc.assert(
    fc.property(histories, (history) => {
      // What is covered asks for nothing.
      const events = history.map((event) => ({ ...event, on_order: 0 }));
      const ids = detectLowStock(events).map(({ request_id }) => request_id);
      expect(new Set(ids).size).toBe(ids.length);
      const falls = events.filter((event, index) => {
        const before = events
          .slice(0, index)
          .findLast(
            ({ store_id, product_id }) => store_id === event.store_id && product_id === event.product_id,
          );
        return event.is_low_stock && before?.is_low_stock !== true;
      });
      expect(ids.length).toBe(falls.length);
    }),
  );
});

test.each([
  ['on_order', { on_order: Number.NaN }],
  ['current_stock', { current_stock: Number.NaN }],
  ['min_threshold', { min_threshold: undefined }],
  ['current_stock', { current_stock: '9' }],
  ['sequence', { sequence: '7' }],
  ['event_time', { event_time: 'yesterday' }],
])('an event whose %s cannot be compared is refused by its id and field', (field, wrong) => {
  const event = { ...inventoryEvent({ event_id: 'e7', current_stock: 1 }), ...wrong } as InventoryEvent;
  for (const detect of [
    () => detectLowStock([inventoryEvent(), event]),
    () => createLowStockDetector().add(event),
    () => requestFor(event),
  ]) {
    const error = thrownBy(detect);
    expect(error).toMatchObject({ code: 'INVALID_EVENT', eventId: 'e7', field });
    expect((error as Error).message).toContain(`Expected \`${field}\` of the event e7 to be`);
  }
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
