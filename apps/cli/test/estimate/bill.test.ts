import { createLedger, type LedgerEntry, type RestockRequest } from '@store/restock';
import { expect, test } from 'vitest';
import {
  assumed,
  billOf,
  callsOf,
  dollarsOf,
  idleMonthOf,
  objectsOf,
  planBytes,
  streamsFor,
  transitionsOf,
  type Load,
} from '../../src/estimate/bill.js';
import { bytesPerGb } from '../../src/estimate/figures.js';

const hour: Load = {
  events: 3_600_000,
  eventBytes: 100 * bytesPerGb,
  billedBytes: 100 * bytesPerGb,
  seconds: 3600,
  eventHours: 1,
  shelves: 1000,
  requests: 0,
  streams: 88,
  shards: 352,
};
const dollars = (load: Partial<Load>, meter: string): number =>
  billOf({ ...hour, ...load }).find((line) => line.meter === meter)?.dollars ?? Number.NaN;

test('an hour of a shard is 13 calls of three states', () => {
  expect(callsOf({ shards: 1, seconds: 3600 })).toBe(13);
  expect(transitionsOf({ shards: 352, seconds: 3600 })).toBe(352 * 39 + 2);
  // One call needs no state machine.
  expect(transitionsOf({ shards: 1, seconds: 290 })).toBe(0);
  expect(transitionsOf({ shards: 1, seconds: 291 })).toBe(2 * 3 + 2);
});

test('partitioning is billed by GB, by object and by hour of jq, all of bytes that are not rounded up', () => {
  const rounded = { billedBytes: 1000 * bytesPerGb };
  expect(dollars(rounded, 'Firehose, ingestion')).toBeCloseTo(29);
  expect(dollars(rounded, 'Firehose, conversion to Parquet')).toBeCloseTo(18);
  expect(dollars(rounded, 'Firehose, partitioning')).toBeCloseTo(2);
  expect(dollars(rounded, 'Firehose, jq')).toBeCloseTo(100 * (70 / 741.58) * 0.07, 3);
  // A buffer of five minutes closes twelve times an hour in each stream; the next two are closed by bytes, and by hours.
  expect(objectsOf({ ...hour, eventBytes: 1 })).toBe(12 * 88);
  expect(objectsOf({ ...hour, eventBytes: 2000 * 128 * 2 ** 20 })).toBe(2000);
  expect(objectsOf({ ...hour, eventBytes: 1, seconds: 1, eventHours: 168 })).toBe(168 * 88);
  expect(dollars({}, 'Firehose, partitioned objects')).toBeCloseTo(12 * 88 * 0.000005);
});

test('the full scan grows with its look-back, the increment with the hour', () => {
  const [day, week, month] = [24, 168, 720].map((eventHours) =>
    planBytes({ events: 1e9 * eventHours, eventHours, shelves: 1000 }),
  );
  const run = assumed.scannedBytes * 1e9;
  // The last run of the month reads a week, and none reads more.
  expect((month?.full ?? 0) - (week?.full ?? 0)).toBeCloseTo((720 - 168) * 168 * run);
  // An increment reads four hours and the state, and the state once more for the list.
  const increment = 4 * run + 1000 * assumed.stateBytes + 10_000_000;
  expect((month?.incremental ?? 0) - (day?.incremental ?? 0)).toBeCloseTo((720 - 24) * increment);
  expect(planBytes({ events: 0, eventHours: 0, shelves: 0 })).toEqual({ full: 0, incremental: 0 });
  // Athena bills at least 10 MB of a query, and an increment is two.
  expect(planBytes({ events: 10, eventHours: 1, shelves: 1 })).toEqual({ full: 1e7, incremental: 2e7 });
});

test('a request is written as often as its life writes it, the index of states included', async () => {
  const request: RestockRequest = {
    request_id: 'S1/P1/7',
    episode_sequence: 7,
    episode_started_at: '2026-01-05T08:00:00.000Z',
    store_id: 'S1',
    store_name: 'One',
    city: 'Zürich',
    country: 'CH',
    product_id: 'P1',
    product_name: 'Tea',
    category: 'Drinks',
    current_stock: 1,
    min_threshold: 5,
    on_order: 0,
    quantity: 10,
  };
  let [table, index] = [0, 0];
  let last: LedgerEntry | undefined;
  const ledger = createLedger({
    get: async () => Promise.resolve(last),
    read: async () => Promise.resolve(new Map(last === undefined ? [] : [[last.request_id, last]])),
    write: async (entry) => {
      table += 1;
      // A change of the index's key is a deletion and a new entry; any other change is one write.
      index += last !== undefined && last.state !== entry.state ? 2 : 1;
      last = entry;
      return Promise.resolve(undefined);
    },
    list: async () => Promise.resolve([]),
  });
  await ledger.ask(request);
  await ledger.sent(request.request_id, 1);
  await ledger.take(request);
  await ledger.told(request.request_id, 1);
  await ledger.wrote(request.request_id, 1, 'order_placed');
  await ledger.advance(request.request_id, 'on_the_way');
  await ledger.advance(request.request_id, 'delivered');
  await ledger.wrote(request.request_id, 1, 'restock');
  expect(table + index).toBe(assumed.writesPerRequest);
  expect(dollars({ requests: 1_000_000 }, 'DynamoDB, writes')).toBeCloseTo((table + index) * 0.625);
});

test('more delivery streams make more alarms, and a sum is of all lines', () => {
  expect(streamsFor(460_000_000)).toBe(88);
  expect(streamsFor(1)).toBe(1);
  expect(dollarsOf(idleMonthOf(88)) - dollarsOf(idleMonthOf(1))).toBeCloseTo(87 * 5 * 0.1);
  const lines = billOf(hour);
  expect(dollarsOf(lines)).toBeCloseTo(lines.reduce((sum, line) => sum + line.dollars, 0));
  expect(lines.every((line) => Number.isFinite(line.dollars) && line.dollars >= 0)).toBe(true);
});
