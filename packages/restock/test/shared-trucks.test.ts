import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planDeliveries, type DeliveryOptions, type DeliveryRequest } from '../src/index.js';

/** A request of one unit size; the store's number tells the emptier shelf. */
function request(store: number, quantity: number, more: Partial<DeliveryRequest> = {}): DeliveryRequest {
  const product = more.product_id ?? 'P1';
  return {
    request_id: `S${store}/${product}/1`,
    episode_sequence: 1,
    episode_started_at: '2026-01-05T08:00:00.000Z',
    store_id: `S${store}`,
    store_name: `Store ${store}`,
    city: 'Wien',
    country: 'AT',
    product_id: product,
    product_name: product,
    category: 'Dairy',
    current_stock: 0,
    min_threshold: 10,
    on_order: 0,
    quantity,
    ...more,
  };
}

test.each([
  [[6, 5, 5, 4], 10, 2, 4, 2],
  [[4, 4, 4], 6, 3, 3, 3],
  [[7, 6, 3, 2, 2], 10, 5, 5, 2],
  [[5, 4, 4, 3, 2, 2], 10, 3, 6, 2],
  [[3, 3, 3, 3, 3], 10, 2, 5, 3],
  [[6, 6, 4, 4, 3, 3, 2, 2], 10, 3, 8, 3],
])(
  'stores that ask for %j in trucks of %i with %i stops need %i trucks alone and %i shared',
  (loads, truckCapacity, maxStops, alone, shared) => {
    const requests = loads.map((quantity, store) => request(store, quantity));
    expect(planDeliveries(requests, { truckCapacity })).toHaveLength(alone);
    expect(planDeliveries(requests, { truckCapacity, maxStops })).toHaveLength(shared);
  },
);

const cities = fc
  .array(
    fc.record({
      store: fc.integer({ min: 1, max: 9 }),
      product: fc.integer({ min: 1, max: 3 }),
      city: fc.constantFrom('Wien', 'Graz'),
      quantity: fc.integer({ min: 0, max: 30 }),
      stock: fc.integer({ min: -2, max: 12 }),
      threshold: fc.integer({ min: 0, max: 4 }),
      pack: fc.integer({ min: 1, max: 6 }),
      weight: fc.constantFrom(0.1, 0.3, 2.5),
      volume: fc.constantFrom(0.7, 1, 3),
      pallet: fc.integer({ min: 1, max: 40 }),
    }),
    { maxLength: 25 },
  )
  .map((rows) =>
    rows.map(({ store, product, city, quantity, stock, threshold, pack, weight, volume, pallet }) =>
      request(store, quantity, {
        // A store is in one city.
        store_id: `${city}-${store}`,
        request_id: `${city}-${store}/P${product}/1`,
        city,
        product_id: `P${product}`,
        current_stock: stock,
        min_threshold: threshold,
        pack_size: pack,
        unit_weight: weight,
        unit_volume: volume,
        units_per_pallet: pallet,
      }),
    ),
  );

test('capacity holds in every measure, cases are not split, stops are few, and every unit is on board, waits or is short', () => {
  fc.assert(
    fc.property(
      cities,
      fc.record({
        units: fc.integer({ min: 8, max: 60 }),
        weight: fc.integer({ min: 16, max: 90 }),
        volume: fc.integer({ min: 20, max: 120 }),
        pallets: fc.integer({ min: 6, max: 9 }),
      }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 30 }),
      fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
      (requests, truckCapacity, maxStops, minimumLoad, there) => {
        const options: DeliveryOptions = {
          truckCapacity,
          maxStops,
          minimumLoad,
          ...(there === undefined ? {} : { depotStock: { P1: there, P2: there } }),
        };
        const plan = planDeliveries(requests, options);
        const byId = new Map<string, DeliveryRequest>();
        // Of two with one id, the one for more units counts, and of two for as many, the later by its text.
        const rank = (one: DeliveryRequest): [number, string] => [one.quantity, JSON.stringify(one)];
        for (const one of requests) {
          const [units, its] = rank(byId.get(one.request_id) ?? one);
          const [more, text] = rank(one);
          if (more > units || (more === units && text >= its)) byId.set(one.request_id, one);
        }
        const found = new Map<string, number>();
        const count = (id: string, quantity: number): void => {
          found.set(id, (found.get(id) ?? 0) + quantity);
        };
        for (const load of [...plan, ...plan.waiting]) {
          expect(load.units >= minimumLoad).toBe(!plan.waiting.includes(load));
          expect(load.units).toBeLessThanOrEqual(truckCapacity.units);
          expect(load.stops.length).toBeLessThanOrEqual(maxStops);
          expect(new Set(load.stops.map(({ store_id }) => store_id)).size).toBe(load.stops.length);
          let weight = 0;
          let volume = 0;
          let places = 0;
          for (const { store_id, items } of load.stops) {
            let pallets = 0;
            for (const { request_id, quantity } of items) {
              const asked = byId.get(request_id);
              expect(asked).toMatchObject({ store_id, city: load.city });
              weight += quantity * (asked?.unit_weight ?? 0);
              volume += quantity * (asked?.unit_volume ?? 0);
              pallets += quantity / (asked?.units_per_pallet ?? 1);
              count(request_id, quantity);
            }
            places += Math.ceil(pallets - 1e-6);
          }
          expect(weight).toBeLessThanOrEqual(truckCapacity.weight + 1e-6);
          expect(volume).toBeLessThanOrEqual(truckCapacity.volume + 1e-6);
          expect(places).toBeLessThanOrEqual(truckCapacity.pallets);
        }
        for (const { request_id, quantity } of plan.short) count(request_id, quantity);
        for (const { request_id, quantity } of byId.values())
          expect(found.get(request_id) ?? 0).toBe(quantity);
        if (there === undefined) {
          expect(plan.short).toEqual([]);
          const alone = planDeliveries(requests, { truckCapacity });
          expect(plan.length + plan.waiting.length).toBeLessThanOrEqual(alone.length);
        } else {
          for (const product of ['P1', 'P2', 'P3']) {
            const left = [...plan, ...plan.waiting].flatMap(({ stops }) =>
              stops.flatMap(({ items }) => items),
            );
            const sum = left.reduce(
              (total, item) => total + (item.product_id === product ? item.quantity : 0),
              0,
            );
            expect(sum).toBeLessThanOrEqual(product === 'P3' ? 0 : there);
          }
        }
        expect(planDeliveries([...requests].reverse(), options)).toEqual(plan);
      },
    ),
  );
});

/** The fewest trucks, by trying every way to group the stores. */
function fewest(loads: readonly number[], capacity: number, maxStops: number): number {
  let best = loads.length;
  const place = (at: number, trucks: readonly (readonly number[])[]): void => {
    if (trucks.length >= best) return;
    const load = loads[at];
    if (load === undefined) {
      best = trucks.length;
      return;
    }
    for (const [index, truck] of trucks.entries()) {
      if (truck.length < maxStops && truck.reduce((sum, one) => sum + one, load) <= capacity)
        place(at + 1, trucks.with(index, [...truck, load]));
    }
    place(at + 1, [...trucks, [load]]);
  };
  place(0, []);
  return best;
}

test('shared trucks are as few as exhaustive search finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 9 }),
      fc.integer({ min: 1, max: 5 }),
      (loads, maxStops) => {
        const requests = loads.map((quantity, store) => request(store, quantity));
        const plan = planDeliveries(requests, { truckCapacity: 10, maxStops });
        expect(plan).toHaveLength(fewest(loads, 10, maxStops));
      },
    ),
    { numRuns: 300 },
  );
});

test('a truck comes to each store within its window, and stores it cannot reach in time are on another', () => {
  const requests = [1, 2, 3].map((store) => request(store, 2));
  const windows = {
    S1: { from: '10:00', to: '12:00' },
    S2: { from: '06:00', to: '06:20' },
    S3: { from: '06:00', to: '06:20' },
  };
  const plan = planDeliveries(requests, { truckCapacity: 10, maxStops: 3, windows });
  expect(plan.map(({ stops }) => stops.map(({ store_id }) => store_id))).toEqual([['S2', 'S1'], ['S3']]);
  expect(planDeliveries(requests, { truckCapacity: 10, maxStops: 3, windows, stopMinutes: 10 })).toHaveLength(
    1,
  );
});

test('what the depot has not is short and on no truck, and the emptiest shelves are served first in whole cases', () => {
  const requests = [
    request(1, 12, { pack_size: 6, current_stock: 5 }),
    request(2, 12, { pack_size: 6, current_stock: 1 }),
    request(3, 7, { product_id: 'toString' }),
  ];
  const plan = planDeliveries(requests, { depotStock: { P1: 20 } });
  expect(plan.map(({ stops }) => stops.map(({ store_id, units }) => [store_id, units]))).toEqual([
    [['S1', 6]],
    [['S2', 12]],
  ]);
  expect(plan.short).toEqual([
    { request_id: 'S3/toString/1', store_id: 'S3', product_id: 'toString', quantity: 7 },
    { request_id: 'S1/P1/1', store_id: 'S1', product_id: 'P1', quantity: 6 },
  ]);
});

test.each<[string, Partial<DeliveryRequest>, DeliveryOptions]>([
  ['Expected `requests[0].quantity` to be a whole number of at least 0, got NaN.', { quantity: NaN }, {}],
  ['Expected `requests[0].pack_size` to be at least 1, got 0.', { pack_size: 0 }, {}],
  [
    'Expected `requests[0].unit_weight` to be above 0, got undefined.',
    {},
    { truckCapacity: { weight: 800 } },
  ],
  [
    'One unit of "P1", asked for by request "S1/P1/1", is larger than `truckCapacity`; correct its size, or plan it for a larger truck.',
    { unit_weight: 900 },
    { truckCapacity: { weight: 800 } },
  ],
  [
    'Expected `windows["S1"].to` to be later than `from`, 20:00, got "04:00".',
    {},
    { windows: { S1: { from: '20:00', to: '04:00' } } },
  ],
])('%s', (message, wrong, options) => {
  expect(() => planDeliveries([request(1, 3, wrong)], options)).toThrow(message);
});
