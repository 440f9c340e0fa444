import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { eventHourPartitioning } from '@store/schema';
import { detectLowStock, lowStockQuery, RestockError, toRestockRequest } from '../src/index.js';
import { histories, inventoryEvent } from './events.js';
import { openLake, type Lake } from './lake.js';

const margins = fc.integer({ min: 0, max: 3 });
const table = 'inventory_events';
let lake: Lake;

beforeAll(async () => {
  lake = await openLake();
});

test('SQL finds in the lake what detectLowStock finds in the events, whatever was stored twice', async () => {
  await fc.assert(
    fc.asyncProperty(histories, margins, fc.nat(), async (events, recoveryMargin, seed) => {
      const duplicates = events.filter(({ sequence }) => (sequence + seed) % 3 === 0);
      await lake.fill([...duplicates, ...events].reverse());
      const rows = await lake.rows(lowStockQuery({ table, recoveryMargin }));
      expect(rows.map((row) => toRestockRequest(row))).toEqual(
        detectLowStock(events, { recoveryMargin, episodes: 'open' }),
      );
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
