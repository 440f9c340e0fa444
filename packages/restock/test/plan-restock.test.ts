import { eventHourPartitioning } from '@store/schema';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { detectLowStock, planDeliveries, planRestock } from '../src/index.js';
import { histories, inventoryEvent } from './events.js';
import { openLake, type Lake } from './lake.js';

const table = 'inventory_events';
let lake: Lake;

beforeAll(async () => {
  lake = await openLake();
});

test('a plan of everything is each open episode of the history, and what asks for units in loading order', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 20 }), async (events, truckCapacity) => {
      await lake.fill(events);
      const plan = await planRestock(async (sql) => lake.rows(sql), { table, truckCapacity, packSize: 2 });
      const open = detectLowStock(events, { episodes: 'open', packSize: 2 });
      expect(plan.episodes.filter(({ quantity }) => quantity > 0)).toEqual(open);
      expect(plan.loads).toEqual(planDeliveries(open, { truckCapacity }));
      const loaded = new Set(
        plan.loads.flatMap(({ stops }) => stops.flatMap(({ items }) => items.map((item) => item.request_id))),
      );
      expect(plan.requests.map(({ request_id }) => request_id)).toEqual([...loaded]);
      expect(loaded.size).toBe(open.filter(({ quantity }) => quantity > 0).length);
    }),
    { numRuns: 40 },
  );
});

test('a window gives the open episodes that began in it, however far back their proof lies', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories,
      fc.nat({ max: 60 }),
      fc.constantFrom(0, 168),
      async (events, start, lookBackHours) => {
        await lake.fill(events);
        const from = new Date(Date.UTC(2026, 0, 5) + start * 1000).toISOString();
        const options = { table, from, lookBackHours, partitioning: eventHourPartitioning };
        const { episodes } = await planRestock(async (sql) => lake.rows(sql), options);
        const wanted = detectLowStock(events, { episodes: 'open' }).filter(
          ({ episode_started_at }) => episode_started_at >= from,
        );
        const ids = (of: readonly { request_id: string }[]): string[] =>
          of.map(({ request_id }) => request_id).sort();
        expect(ids(episodes.filter(({ quantity }) => quantity > 0))).toEqual(ids(wanted));
      },
    ),
    { numRuns: 60 },
  );
});

test('a shelf that is odd in its ids, names, place or reorder point gets its truck, and keeps no other one back', async () => {
  const nameless = { store_name: '', product_name: '', category: '' };
  const nowhere = { city: '', region: '', country: '', latitude: 0, longitude: 0 };
  const low = [
    inventoryEvent({ store_id: 'S1', sequence: 1, current_stock: 2, ...nameless, location: nowhere }),
    inventoryEvent({ store_id: 'S2', sequence: 1, current_stock: 2 }),
    // Sold what nobody knew of, where -1 says that there is no reorder point.
    inventoryEvent({ store_id: 'S3', sequence: 1, current_stock: -2, min_threshold: -1 }),
    inventoryEvent({ store_id: '', product_id: '', sequence: 1, current_stock: 2 }),
  ];
  await lake.fill(low);
  const { requests, loads } = await planRestock(async (sql) => lake.rows(sql), { table });
  expect(requests.toSorted((a, b) => (a.store_id < b.store_id ? -1 : 1))).toEqual(detectLowStock(low));
  expect(loads).toHaveLength(4);
});

test('an option that nobody knows is refused before anything is queried', async () => {
  const misspelled: object = { truckcapacity: 1 };
  const plan = planRestock(() => Promise.reject(new Error('queried')), { table, ...misspelled });
  await expect(plan).rejects.toMatchObject({ code: 'INVALID_OPTION', field: 'truckcapacity' });
});

test('a look back beyond the first year reads everything, and a day that no calendar has is refused', async () => {
  const asked: string[] = [];
  const query = async (sql: string): Promise<[]> => Promise.resolve((asked.push(sql), []));
  const from = '2026-01-05T08:00:00Z';
  await planRestock(query, { table, from, lookBackHours: 1e12 });
  expect(asked).toEqual([expect.stringContaining("event_time >= timestamp '0001-01-01 00:00:00.000'")]);
  for (const day of ['2026-13-01', '2026-02-30']) {
    const plan = planRestock(query, { table, from: `${day}T08:00:00Z` });
    await expect(plan).rejects.toMatchObject({ code: 'INVALID_OPTION', field: 'from' });
  }
});
