import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { eventHourPartitioning } from '@store/schema';
import {
  detectLowStock,
  lowStockQuery,
  RestockError,
  toRestockRequest,
  type RestockRequest,
} from '../src/index.js';
import { histories, inventoryEvent } from './events.js';
import { openLake, type Lake } from './lake.js';

const margins = fc.integer({ min: 0, max: 3 });
const table = 'inventory_events';
let lake: Lake;

/** The requests of a query's rows, without the episodes that are covered. */
const needed = (rows: readonly Record<string, unknown>[]): readonly RestockRequest[] =>
  rows.map((row) => toRestockRequest(row)).filter(({ quantity }) => quantity > 0);

beforeAll(async () => {
  lake = await openLake();
});

test('SQL finds in the lake what detectLowStock finds in the events, whatever was stored twice', async () => {
  await fc.assert(
    fc.asyncProperty(histories, margins, fc.nat(), async (events, recoveryMargin, seed) => {
      const duplicates = events.filter(({ sequence }) => (sequence + seed) % 3 === 0);
      await lake.fill([...duplicates, ...events].reverse());
      const rows = await lake.rows(lowStockQuery({ table, recoveryMargin }));
      expect(needed(rows)).toEqual(detectLowStock(events, { recoveryMargin, episodes: 'open' }));
    }),
    { numRuns: 60 },
  );
});

test('a window gives the same request as the whole history wherever it says that its history is complete', async () => {
  await fc.assert(
    fc.asyncProperty(histories, margins, fc.nat({ max: 60 }), async (events, recoveryMargin, start) => {
      await lake.fill(events);
      const from = new Date(Date.UTC(2026, 0, 5) + start * 1000).toISOString();
      const sql = lowStockQuery({ table, from, recoveryMargin, partitioning: eventHourPartitioning });
      const whole = detectLowStock(events, { recoveryMargin, episodes: 'open' });
      const wholeById = new Map(whole.map((request) => [request.request_id, request]));
      for (const row of await lake.rows(sql)) {
        const request = toRestockRequest(row);
        if (request.quantity === 0) continue;
        if (row.history_complete === true) expect(request).toEqual(wholeById.get(request.request_id));
        expect(
          whole.some((open) => open.store_id === request.store_id && open.product_id === request.product_id),
        ).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});

test('the end of the window is kept, and it prunes partitions without losing its edges', async () => {
  const events = [9, 3, 9].map((current_stock, sequence) => inventoryEvent({ sequence, current_stock }));
  await lake.fill(events);
  const sql = lowStockQuery({
    table,
    from: '2026-01-05T00:00:00Z',
    to: '2026-01-05T00:00:02.000Z',
    partitioning: eventHourPartitioning,
  });
  expect(sql).toContain("datehour >= '2026-01-05-00' and event_time < timestamp '2026-01-05 00:00:02.000'");
  expect(sql).toContain("datehour <= '2026-01-05-00'");
  const rows = await lake.rows(sql);
  expect(rows.map((row) => toRestockRequest(row).request_id)).toEqual(['S1/P1/1']);
});

test.each([
  ['table', { table: 'events; drop table events' }],
  ['from', { table, from: "2026-01-05T00:00:00Z' or true --" }],
  ['to', { table, to: 'now' }],
  ['recoveryMargin', { table, recoveryMargin: 0.5 }],
])('nothing but names, times and whole numbers get into the text: %s', (field, options) => {
  expect(() => lowStockQuery(options)).toThrow(RestockError);
  expect(() => lowStockQuery(options)).toThrow(`\`${field}\``);
});

test('a row that is not of the query is refused with its column', () => {
  expect(() => toRestockRequest({ current_stock: 'many' })).toThrow(
    'Expected column `current_stock` to be a whole number, got "many"; is the row from lowStockQuery?',
  );
});

test.each([0, 3])(
  'a product whose threshold is 0 by its last event gets no truck, at a margin of %s',
  async (recoveryMargin) => {
    const shelf = (sequence: number, current_stock: number, min_threshold: number) =>
      inventoryEvent({ sequence, current_stock, min_threshold });
    const sold = [shelf(1, 20, 10), shelf(2, 3, 10), shelf(3, 0, 10)];
    const sql = lowStockQuery({ table, recoveryMargin });
    for (const [last, ids] of [
      [shelf(4, 0, 10), ['S1/P1/2']],
      [shelf(4, 0, 0), []],
      // Customers wait for more than there is.
      [shelf(4, -2, 0), ['S1/P1/2']],
    ] as const) {
      await lake.fill([...sold, last]);
      const found = needed(await lake.rows(sql));
      expect(found.map(({ request_id }) => request_id)).toEqual(ids);
      expect(detectLowStock([...sold, last], { episodes: 'open', recoveryMargin })).toEqual(found);
    }
    // It comes back.
    const back = [...sold, shelf(4, 0, 0), shelf(5, 2, 10)];
    await lake.fill(back);
    expect(needed(await lake.rows(sql)).map(({ request_id }) => request_id)).toEqual(['S1/P1/5']);
  },
);

test('nothing is asked for while an episode is covered, and one request when the cover goes', async () => {
  const events = [
    [12, 0],
    [9, 50],
    [4, 0],
    [3, 0],
  ].map(([current_stock = 0, on_order = 0], sequence) =>
    inventoryEvent({ sequence, current_stock, on_order, min_threshold: 10 }),
  );
  await lake.fill(events.slice(0, 2));
  expect(needed(await lake.rows(lowStockQuery({ table })))).toEqual([]);
  expect(detectLowStock(events.slice(0, 2))).toEqual([]);
  await lake.fill(events);
  const [request, ...more] = needed(await lake.rows(lowStockQuery({ table })));
  expect(more).toEqual([]);
  expect(request).toMatchObject({ request_id: 'S1/P1/1', current_stock: 4, quantity: 16 });
  expect(detectLowStock(events, { episodes: 'open' })).toEqual([request]);
});

test('a correction counts as later, and so does what a store says whose sequence starts again', async () => {
  const at = (second: number): string => new Date(Date.UTC(2026, 0, 5) + second * 1000).toISOString();
  const shelf = (sequence: number, second: number, current_stock: number, event_id: string) =>
    inventoryEvent({ sequence, event_time: at(second), current_stock, event_id, min_threshold: 10 });
  const before = shelf(4, 0, 30, 'a');
  for (const [history, ids] of [
    // Corrected upwards at the same sequence, by a later time and by a greater id.
    [[before, shelf(5, 1, 9, 'b'), shelf(5, 2, 20, 'a')], []],
    [[before, shelf(5, 1, 9, 'b'), shelf(5, 1, 20, 'c')], []],
    [[before, shelf(5, 1, 20, 'b'), shelf(5, 1, 9, 'c')], ['S1/P1/5']],
    // The present has smaller sequences than the past.
    [[shelf(900, 0, 3, 'a'), shelf(1, 1, 30, 'b')], []],
    [[shelf(900, 0, 30, 'a'), shelf(1, 1, 30, 'b'), shelf(2, 2, 9, 'c')], ['S1/P1/2']],
  ] as const) {
    for (const events of [history, [...history].reverse()]) {
      await lake.fill(events);
      const found = needed(await lake.rows(lowStockQuery({ table })));
      expect(found.map(({ request_id }) => request_id)).toEqual(ids);
      expect(detectLowStock(events, { episodes: 'open' })).toEqual(found);
    }
  }
});
