import { DuckDBInstance } from '@duckdb/node-api';
import type { InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectLowStock, lowStockQuery, toRestockRequest } from '../src/index.js';
import { histories, inventoryEvent } from './events.js';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run(`create table events (
  event_time timestamp, sequence bigint, store_id varchar, store_name varchar,
  location struct(city varchar, country varchar), product_id varchar, product_name varchar, category varchar,
  current_stock int, min_threshold int, on_order int, is_low_stock boolean)`);

async function query(
  events: readonly InventoryEvent[],
  window: { from?: string; to?: string } = {},
): Promise<readonly Record<string, unknown>[]> {
  await connection.run('truncate events');
  if (events.length > 0) {
    const json = JSON.stringify(events).replaceAll("'", "''");
    const types = `[{"event_time":"TIMESTAMP","sequence":"BIGINT","store_id":"VARCHAR","store_name":"VARCHAR",
      "location":{"city":"VARCHAR","country":"VARCHAR"},"product_id":"VARCHAR","product_name":"VARCHAR",
      "category":"VARCHAR","current_stock":"INTEGER","min_threshold":"INTEGER","on_order":"INTEGER",
      "is_low_stock":"BOOLEAN"}]`;
    await connection.run(
      `insert into events select e.* from (select unnest(from_json('${json}', '${types}')) as e)`,
    );
  }
  const reader = await connection.runAndReadAll(lowStockQuery({ table: 'events', ...window }));
  return reader.getRowObjectsJson();
}

/** Episodes whose store and product ended low: what the query calls open. */
function openEpisodes(events: readonly InventoryEvent[]): readonly string[] {
  const newest = new Map<string, InventoryEvent>();
  for (const event of events) newest.set(`${event.store_id}/${event.product_id}`, event);
  const latest = new Map<string, string>();
  for (const { store_id, product_id, request_id } of detectLowStock(events)) {
    if (newest.get(`${store_id}/${product_id}`)?.is_low_stock === true) {
      latest.set(`${store_id}/${product_id}`, request_id);
    }
  }
  return [...latest.values()].sort();
}

test('SQL finds exactly the open episodes that the events have, by the same ids', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      const rows = await query([...events, ...events]);
      const ids = rows.map((row) => toRestockRequest(row).request_id);
      expect([...ids].sort()).toEqual(openEpisodes(events));
    }),
    { numRuns: 60 },
  );
});

test('a row carries the newest stock and the time at which the episode began', async () => {
  const events = [9, 3, 1].map((current_stock, sequence) => inventoryEvent({ sequence, current_stock }));
  const [row] = await query(events);
  expect(toRestockRequest(row ?? {})).toEqual({
    request_id: 'S1/P1/1',
    episode_sequence: 1,
    episode_started_at: '2026-01-05T00:00:01.000Z',
    store_id: 'S1',
    store_name: 'Store 1',
    city: 'Oslo',
    country: 'NO',
    product_id: 'P1',
    product_name: 'Milk',
    category: 'Dairy',
    current_stock: 1,
    min_threshold: 4,
    on_order: 0,
    quantity: 7,
  });
});

test('the window is in the text', async () => {
  const events = [9, 3, 9].map((current_stock, sequence) => inventoryEvent({ sequence, current_stock }));
  expect(await query(events)).toHaveLength(0);
  expect(await query(events, { from: '2026-01-05T00:00:00Z', to: '2026-01-05T00:00:02Z' })).toHaveLength(1);
});

test('nothing but a name and an instant gets into the text', () => {
  expect(() => lowStockQuery({ table: 'events; drop table events' })).toThrow(
    'Expected `table` to be a table name',
  );
  expect(() => lowStockQuery({ table: 'events', from: "2026' or '1" })).toThrow(
    'Expected `from` to be an instant',
  );
});
