import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginsEpisode,
  createLowStockDetector,
  detectLowStock,
  requestFor,
  requestId,
} from '../src/index.js';
import { histories, inventoryEvent } from './events.js';

const margins = fc.integer({ min: 0, max: 3 });

test('a live detector finds what detectLowStock finds, and nothing twice when events come twice', () => {
  fc.assert(
    fc.property(histories, margins, (events, recoveryMargin) => {
      const detector = createLowStockDetector({ recoveryMargin });
      const found = events.flatMap((event) => {
        const requests = [detector.add(event), detector.add(event)];
        return requests.filter((request) => request !== undefined);
      });
      const byId = (a: { request_id: string }, b: { request_id: string }): number =>
        a.request_id < b.request_id ? -1 : 1;
      expect(found.sort(byId)).toEqual([...detectLowStock(events, { recoveryMargin })].sort(byId));
      expect([...detector.open()].sort(byId)).toEqual(
        [...detectLowStock(events, { recoveryMargin, episodes: 'open' })].sort(byId),
      );
    }),
  );
});

test('two events with one sequence have one order, by time and id, whichever comes first', () => {
  const low = inventoryEvent({ sequence: 5, event_id: 'a', current_stock: 9, min_threshold: 10 });
  const high = inventoryEvent({ sequence: 5, event_id: 'b', current_stock: 20, min_threshold: 10 });
  const before = inventoryEvent({ sequence: 4, event_id: 'c', current_stock: 30, min_threshold: 10 });
  const found = [
    [before, low, high],
    [high, low, before],
    [low, high, low, before, high],
  ].map((events) => detectLowStock(events).length);
  expect(found).toEqual([1, 1, 1]);
  expect(detectLowStock([high, low, before], { episodes: 'open' })).toEqual([]);
  const later = { ...low, event_time: '2026-12-01T00:00:00.000Z' };
  expect(detectLowStock([later, high, before], { episodes: 'open' })).toHaveLength(1);
  const detector = createLowStockDetector();
  expect([before, low, high, low].flatMap((event) => detector.add(event) ?? [])).toHaveLength(1);
  expect(detector.open()).toEqual([]);
});

test('a detector that is fed its whole past again, in any order, asks for nothing more', () => {
  fc.assert(
    fc.property(histories, margins, fc.func(fc.double({ noNaN: true })), (events, recoveryMargin, rank) => {
      const detector = createLowStockDetector({ recoveryMargin });
      for (const event of events) detector.add(event);
      const open = detector.open();
      const again = [...events].sort((a, b) => rank(a.event_id) - rank(b.event_id));
      expect(again.flatMap((event) => detector.add(event) ?? [])).toEqual([]);
      expect(detector.open()).toEqual(open);
    }),
  );
});

test('what one event shows by itself is an episode of the history, under the same id', () => {
  fc.assert(
    fc.property(histories, margins, (events, recoveryMargin) => {
      const ids = new Set(detectLowStock(events, { recoveryMargin }).map(({ request_id }) => request_id));
      for (const event of events) {
        if (!beginsEpisode(event, { recoveryMargin }) || requestFor(event).quantity === 0) continue;
        expect(ids.has(requestId({ ...event, episode_sequence: event.sequence }))).toBe(true);
      }
    }),
    // One history in fifty tells a margin's edge apart; a thousand leave no doubt.
    { numRuns: 1000 },
  );
});

test('a shelf that hovers around its threshold makes one request, not ten', () => {
  const events = [9, 3, 4, 3, 5, 3, 8, 3].map((current_stock, sequence) =>
    inventoryEvent({ sequence, current_stock }),
  );
  expect(detectLowStock(events)).toHaveLength(4);
  expect(detectLowStock(events, { recoveryMargin: 3 }).map(({ request_id }) => request_id)).toEqual([
    'S1/P1/1',
    'S1/P1/7',
  ]);
});

test('ids of different stores and products never meet, not even strange ones', () => {
  const strange = fc.string({ unit: 'binary', maxLength: 4 });
  const odd = fc.oneof(strange, fc.constantFrom('/', '%', '%u', '\ud800', '\udc00', '%uD800', 'a/b'));
  const key = fc.record({ store_id: odd, product_id: odd, episode_sequence: fc.nat({ max: 3 }) });
  fc.assert(
    fc.property(key, key, (a, b) => {
      expect(requestId(a) === requestId(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      expect(requestId(a)).toMatch(/^[\x21-\x7e]+$/);
    }),
  );
});
