import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginsEpisode,
  createLowStockDetector,
  detectLowStock,
  lowStockQuery,
  noticeEpisodes,
  orderQuantity,
  planDeliveries,
  requestFor,
  RestockError,
} from '../src/index.js';
import { histories, inventoryEvent } from './events.js';

const capacities = fc.integer({ min: 1, max: 20 });

test('no truck carries more than its capacity, and every unit is on a truck to its store', () => {
  fc.assert(
    fc.property(histories, capacities, (events, truckCapacity) => {
      const requests = detectLowStock(events);
      const carried = new Map<string, number>();
      for (const load of planDeliveries(requests, { truckCapacity })) {
        expect(load.units).toBeLessThanOrEqual(truckCapacity);
        expect(load.stops).toHaveLength(1);
        for (const { store_id, units, items } of load.stops) {
          expect(units).toBe(load.units);
          expect(items.reduce((sum, item) => sum + item.quantity, 0)).toBe(units);
          for (const { request_id, quantity } of items) {
            carried.set(request_id, (carried.get(request_id) ?? 0) + quantity);
            expect(requests.find((request) => request.request_id === request_id)?.store_id).toBe(store_id);
          }
        }
      }
      const ids = planDeliveries(requests, { truckCapacity }).map(({ load_id }) => load_id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const request of requests) expect(carried.get(request.request_id) ?? 0).toBe(request.quantity);
    }),
  );
});

test('a truck carries whole cases, whatever is left of its capacity, and all that was asked for', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 9 }), fc.nat(20), (events, packSize, more) => {
      const truckCapacity = packSize + more;
      const requests = detectLowStock(events, { packSize });
      const loads = planDeliveries(requests, { truckCapacity });
      expect(planDeliveries(structuredClone(requests), { truckCapacity, packSize })).toEqual(loads);
      for (const { stops, units } of loads) {
        expect(units).toBeLessThanOrEqual(truckCapacity);
        for (const { items } of stops) for (const { quantity } of items) expect(quantity % packSize).toBe(0);
      }
      const sum = (list: readonly { readonly quantity: number }[]): number =>
        list.reduce((total, { quantity }) => total + quantity, 0);
      expect(loads.reduce((total, { units }) => total + units, 0)).toBe(sum(requests));
    }),
  );
  const odd = detectLowStock([
    inventoryEvent({ sequence: 1, current_stock: 0, min_threshold: 10, on_order: 0 }),
  ]);
  const loads = planDeliveries(odd, { truckCapacity: 8, packSize: 6 });
  expect(loads.map(({ units }) => units)).toEqual([6, 6, 8]);
  expect(planDeliveries(odd, { truckCapacity: 8, packSize: 9 }).map(({ units }) => units)).toEqual([8, 8, 4]);
});

test('order and repetition of requests do not matter', () => {
  fc.assert(
    fc.property(histories, capacities, (events, truckCapacity) => {
      const requests = detectLowStock(events);
      const again = planDeliveries([...requests, ...requests].reverse(), { truckCapacity });
      expect(again).toEqual(planDeliveries(requests, { truckCapacity }));
    }),
  );
});

test('a request fills a thousand trucks at most, and the rest of it is short', () => {
  const [huge, other] = [
    requestFor(inventoryEvent({ store_id: 'S1', current_stock: 0, min_threshold: 2 ** 31 - 1 })),
    requestFor(inventoryEvent({ store_id: 'S2', current_stock: 0 })),
  ];
  const plan = planDeliveries([huge, other], { truckCapacity: 100, depotStock: { P1: 2 ** 40 } });
  expect(plan).toHaveLength(1001);
  expect(plan.short).toMatchObject([{ request_id: huge.request_id, quantity: huge.quantity - 100_000 }]);
  expect(plan.at(-1)?.stops).toMatchObject([{ store_id: 'S2', units: other.quantity }]);
});

test('a capacity that is no capacity is refused', () => {
  expect(() => planDeliveries([], { truckCapacity: 0 })).toThrow(RestockError);
  expect(() => planDeliveries([], { truckCapacity: 0 })).toThrow(
    'Expected `truckCapacity` to be at least 1 or an object of options, got 0.',
  );
});

test('an option that is misspelled is refused by name, in every function that takes options', () => {
  const code = 'INVALID_OPTION';
  // Callers without types can pass anything.
  const wrong = (options: object): object => options;
  expect(() => planDeliveries([], wrong({ truckcapacity: 1 }))).toThrow(
    'Unknown option `truckcapacity`. Did you mean `truckCapacity`? Known options: `truckCapacity`, `packSize`, `maxStops`, `minimumLoad`, `depotStock`, `windows`, `stopMinutes`.',
  );
  for (const call of [
    () => detectLowStock([], wrong({ recoverymargin: 1 })),
    () => createLowStockDetector(wrong({ packsize: 1 })),
    () => noticeEpisodes(wrong({ episodes: 'all' })),
    () => beginsEpisode(inventoryEvent(), wrong({ packSize: 1 })),
    () => requestFor(inventoryEvent(), wrong({ truckCapacity: 1 })),
    () => orderQuantity(inventoryEvent(), wrong({ pack: 1 })),
    () => lowStockQuery({ table: 'events', ...wrong({ form: '2026-01-05T00:00:00Z' }) }),
  ]) {
    expect(call).toThrow(expect.objectContaining({ name: 'RestockError', code }));
  }
});
