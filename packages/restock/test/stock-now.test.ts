import { eventHourPartitioning, type InventoryEvent } from '@store/schema';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  detectLowStock,
  lowStockQuery,
  planRestock,
  refreshStockNow,
  RestockError,
  stockNowLowQuery,
  stockNowMerge,
  stockNowQuery,
  stockNowRebuild,
  stockNowRewrite,
  stockNowTable,
  toRestockRequest,
  type RestockRequest,
} from '../src/index.js';
import { inventoryEvent } from './events.js';
import { openLake, type Lake } from './lake.js';

const table = 'inventory_events';
let lake: Lake;

beforeAll(async () => {
  lake = await openLake();
  // DuckDB's threads wait for each other longer than these few rows take.
  await lake.rows('set threads = 1');
});

/** Times, sequences and ids meet often; a sequence that is lower at a later time is one that started again. */
const entry = fc.record({
  product: fc.integer({ min: 1, max: 3 }),
  sequence: fc.integer({ min: 0, max: 12 }),
  second: fc.integer({ min: 0, max: 12 }),
  stock: fc.integer({ min: 0, max: 7 }),
  ordered: fc.constantFrom(0, 0, 4, 9),
  threshold: fc.constantFrom(4, 4, 4, 0),
  id: fc.integer({ min: 0, max: 3 }),
  batch: fc.nat({ max: 2 }),
});
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;

const eventOf = ({ product, sequence, second, stock, ordered, threshold, id }: Entry): InventoryEvent =>
  inventoryEvent({
    product_id: `P${product}`,
    event_id: `e${id}`,
    sequence,
    event_time: at(second),
    current_stock: stock,
    on_order: ordered,
    min_threshold: threshold,
  });

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 5) + second * 1000).toISOString();
}

const stateRows = async (from = 'stock_now'): Promise<readonly Record<string, unknown>[]> =>
  lake.rows(`select * from ${from} order by store_id, product_id`);

const requestsOf = (
  rows: readonly Record<string, unknown>[],
  orderUpToFactor = 2,
): readonly RestockRequest[] => rows.map((row) => toRestockRequest(row, { orderUpToFactor }));

test('increments in any order, any number of times, come to the state of a full rebuild and to the requests of the events', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { minLength: 12, maxLength: 60 }),
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom(1, 1.5, 2),
      fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0, 1], [0, 2, 1, 0]),
      fc.boolean(),
      async (entries, recoveryMargin, orderUpToFactor, order, atOnce) => {
        const events = entries.map(eventOf);
        const rules = { table, recoveryMargin, orderUpToFactor };
        const settle = async (): Promise<void> => {
          await lake.fill(events);
          const [row] = await lake.rows(
            'select min(last_sufficient.event_time) as time from stock_now where unsettled',
          );
          if (!(row?.time instanceof Date)) return;
          const from = row.time.toISOString();
          await lake.rows(stockNowMerge({ ...rules, from, shelves: 'unsettled' }));
        };
        await lake.fill([]);
        await lake.rows(`create or replace table stock_now as ${stockNowQuery(rules)}`);
        for (const batch of order) {
          const arrived = entries.filter((one) => one.batch === batch).map(eventOf);
          await lake.fill([...arrived, ...arrived.slice(0, 3)]);
          await lake.rows(stockNowMerge(rules));
          if (atOnce) await settle();
        }
        await settle();
        expect(await stateRows()).toEqual(await stateRows(`(${stockNowQuery(rules)})`));
        const found = requestsOf(await lake.rows(stockNowLowQuery()), orderUpToFactor);
        expect(found).toEqual(requestsOf(await lake.rows(lowStockQuery(rules)), orderUpToFactor));
        expect(found.filter(({ quantity }) => quantity > 0)).toEqual(
          detectLowStock(events, { recoveryMargin, orderUpToFactor, episodes: 'open' }),
        );
      },
    ),
    { numRuns: 12 },
  );
});

const shelf = (sequence: number, current_stock: number, second = sequence): InventoryEvent =>
  inventoryEvent({ sequence, current_stock, event_time: at(second), event_id: `e${sequence}/${second}` });

test.each<[what: string, batches: readonly (readonly InventoryEvent[])[], ids: readonly string[]]>([
  ['a shelf that is first seen low', [[shelf(3, 1)]], ['S1/P1/3']],
  ['an earlier low event that comes late', [[shelf(3, 1)], [shelf(2, 2)]], ['S1/P1/2']],
  ['what comes late from before the recovery', [[shelf(3, 9)], [shelf(2, 2)]], []],
  ['a recovery that comes late, behind everything', [[shelf(2, 1), shelf(3, 1)], [shelf(4, 9)]], []],
  ['one from before the episode', [[shelf(2, 1), shelf(3, 1)], [shelf(1, 9)]], ['S1/P1/2']],
  [
    'one that comes late into the episode',
    [[1, 2, 4, 5].map((at) => shelf(at, 1)), [shelf(3, 9)]],
    ['S1/P1/4'],
  ],
  ['a sequence that starts again', [[shelf(900, 1, 1)], [shelf(1, 9, 2)], [shelf(2, 1, 3)]], ['S1/P1/2']],
  ['a correction under the same sequence', [[shelf(5, 1, 5)], [shelf(5, 9, 6)]], []],
])('%s: merged as the whole history says', async (_, batches, ids) => {
  await lake.fill([]);
  await lake.rows(`create or replace table stock_now as ${stockNowQuery({ table })}`);
  for (const [at, batch] of batches.entries()) {
    await lake.fill(batch);
    await lake.rows(`create or replace table rewritten as ${stockNowRewrite({ table })}`);
    await lake.rows(stockNowMerge({ table }));
    expect(await stateRows('rewritten')).toEqual(await stateRows());
    await lake.fill(batches.slice(0, at + 1).flat());
    await lake.rows(stockNowMerge({ table, shelves: 'unsettled' }));
  }
  expect(requestsOf(await lake.rows(stockNowLowQuery())).map(({ request_id }) => request_id)).toEqual(ids);
});

test('a refresh reads the hours since the last one, a plan only the state; other rules, and a wish, rebuild it', async () => {
  const hour = (h: number, current_stock: number, sequence = h): InventoryEvent =>
    inventoryEvent({ sequence, current_stock, event_time: new Date(Date.UTC(2026, 0, 5, h)).toISOString() });
  const events = [hour(0, 9), hour(1, 3), hour(8, 2), hour(9, 1)];
  await lake.rows(`create or replace table stock_now as ${stockNowQuery({ table })} limit 0`);
  const statements: string[] = [];
  const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => {
    statements.push(sql);
    return lake.rows(sql);
  };
  const options = { table, partitioning: eventHourPartitioning, lateHours: 2 };
  const refresh = async (to: string, more: object = {}): ReturnType<typeof refreshStockNow> =>
    refreshStockNow(query, { ...options, to: `2026-01-05T${to}:00:00Z`, ...more });
  await lake.fill(events);
  expect(await refresh('08')).toEqual({ how: 'rebuilt', from: null, shelves: 1, settled: 0 });
  const from = '2026-01-04T23:00:00.000Z';
  expect(await refresh('10')).toEqual({ how: 'merged', from, shelves: 1, settled: 0 });
  expect(statements.at(-2)).toContain("e.datehour >= '2026-01-04-23'");

  // Recovered at 4, which nobody knew until now: the shelf's episode is the one from 8 on.
  await lake.fill([...events, hour(4, 9)]);
  expect(await refresh('10')).toMatchObject({ how: 'merged', from: '2026-01-05T07:00:00.000Z', settled: 0 });
  expect(await refresh('10', { lateHours: 5 })).toMatchObject({ how: 'merged', settled: 1 });
  statements.length = 0;
  const { episodes } = await planRestock(query, { table, stockNow: 'stock_now' });
  expect(episodes.map(({ request_id }) => request_id)).toEqual(['S1/P1/8']);
  expect(statements).toEqual([stockNowLowQuery()]);

  await expect(planRestock(query, { table, stockNow: 'stock_now', recoveryMargin: 1 })).rejects.toMatchObject(
    {
      code: 'INVALID_ROW',
      field: 'rules',
    },
  );
  expect(await refresh('10', { recoveryMargin: 1 })).toMatchObject({ how: 'rebuilt' });
  expect(await refresh('10', { recoveryMargin: 1, rebuild: true })).toMatchObject({ how: 'rebuilt' });
});

test('nothing but names, times and numbers get into the texts', () => {
  for (const text of [stockNowQuery, stockNowMerge, stockNowRewrite, stockNowRebuild]) {
    expect(() => text({ table, stockNow: 'a; drop table b' })).toThrow(RestockError);
    expect(() => text({ table, from: "now' or true --" })).toThrow('`from`');
    expect(() => text({ table, orderUpToFactor: 0 })).toThrow('`orderUpToFactor`');
  }
  expect(() => stockNowTable({ location: "s3://b/' x" })).toThrow('`location`');
  expect(stockNowTable({ stockNow: 'store.stock_now', location: 's3://lake/stock_now/' })).toContain(
    'last_sufficient struct<event_time:timestamp,sequence:bigint,event_id:string,',
  );
});
