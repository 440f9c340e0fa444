import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toArrow } from '../src/arrow/index.js';
import { createWorld, type World, type WorldOptions } from '../src/index.js';
import { writeParquet } from '../src/parquet/index.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-columns-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A world with extra columns of each type, null among their values. */
const options: WorldOptions = {
  seed: 7,
  days: 4,
  stores: [
    { store_id: 'lx-1', timeZone: 'Europe/Lisbon', currency: 'EUR' },
    { store_id: "O'Hara", timeZone: 'America/New_York', currency: 'USD' },
  ],
  products: Array.from({ length: 12 }, (_, p) => ({
    product_id: `p"${p}"`,
    unit_price: 1.1 * (p + 1),
    ...(p % 2 === 0 ? { shelfLifeDays: p + 3 } : {}),
  })),
  extra: [
    { name: 'currency', type: 'string', from: 'store.currency' },
    { name: 'keeps', type: 'int', from: 'product.shelfLifeDays' },
    { name: 'chain', type: 'bigint', value: 9_007_199_254_740_991 },
    { name: 'weight', type: 'double', value: 0.5 },
    { name: 'open', type: 'boolean', value: true },
  ],
};
const world = (): World => createWorld(options);
const columns = [
  ...['event_time', 'sequence', 'store_id', 'product_id', 'event_type', 'quantity_delta', 'current_stock'],
  ...['min_threshold', 'on_order', 'unit_price', 'currency', 'keeps', 'chain', 'weight', 'open'],
];

/** The same columns of the events themselves, times in milliseconds. */
const expected = Array.from(world().events(), (event) => {
  const all = new Map<string, unknown>(Object.entries(event));
  return columns.map((name) => (name === 'event_time' ? Date.parse(event.event_time) : all.get(name)));
});
const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

test('a batch becomes an Arrow table, its numbers without a copy, and Arrow reads the events back', () => {
  const source = world();
  const rows: unknown[] = [];
  for (const batch of source.batches({ maxEvents: 100 })) {
    const table = toArrow(source, batch);
    expect(table.schema.names).toEqual(columns);
    const values: unknown = table.getChild('current_stock')?.data[0]?.values;
    expect(values instanceof Int32Array && values.buffer === batch.currentStock.buffer).toBe(true);
    const read = tableFromIPC(tableToIPC(table));
    for (let n = 0; n < batch.length; n++)
      rows.push(columns.map((name) => plain(read.getChild(name)?.get(n) as unknown)));
  }
  expect(rows).toEqual(expected);
});

test('a world becomes a Parquet file, and DuckDB reads the events back', async () => {
  const path = join(folder, "it's a week.parquet");
  const source = world();
  expect(await writeParquet(path, source, { maxEvents: 50 })).toBe(50);
  const [first] = source.events();
  expect(Date.parse(first?.event_time ?? '')).toBe(expected[50]?.[0]);
  expect(await writeParquet(path, world())).toBe(expected.length);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select * replace (epoch_ms(event_time) as event_time) from '${path.replaceAll("'", "''")}'`,
  );
  expect(reader.columnNames()).toEqual(columns);
  expect(reader.getRows().map((row) => row.map(plain))).toEqual(expected);
  connection.closeSync();
  instance.closeSync();
});

test('a file that cannot be written is an error', async () => {
  await expect(writeParquet(join(folder, 'missing', 'x.parquet'), world())).rejects.toThrow('missing');
});
