import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLowStock } from '../src/index.js';
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
    fc.property(histories, (events) => {
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
