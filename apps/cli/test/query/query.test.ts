import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';
import { eventWith, writeLake } from './pretend-lake.js';

const events = [
  eventWith({ sequence: 1, current_stock: 6, quantity_delta: -2 }),
  eventWith({ sequence: 2, current_stock: 0, quantity_delta: -6, event_time: '2026-01-05T08:40:00.000Z' }),
  eventWith({
    sequence: 3,
    current_stock: 20,
    quantity_delta: 20,
    event_type: 'restock',
    event_time: '2026-01-05T08:50:00.000Z',
  }),
  eventWith({ sequence: 4, current_stock: 3, quantity_delta: -17, event_time: '2026-01-05T08:45:00.000Z' }),
  eventWith({
    store_id: 'S2',
    store_name: 'Mill, "old"',
    sequence: 1,
    current_stock: 9,
    category: 'bakery',
    product_id: 'P2',
  }),
];

async function query(
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string; folder: string }> {
  const folder = await temporaryFolder();
  await writeLake(folder, events);
  return { ...(await runStore(['query', ...args, '--data', folder], { cwd: folder })), folder };
}

test('rows are an aligned table, in a pipe too', async () => {
  const { stdout, code } = await query([
    'select store_name, count(*) as n, max(current_stock) as top from inventory_events group by 1 order by 1',
  ]);
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "store_name   n  top
    Harbour      4   20
    Mill, "old"  1    9
    "
  `);
});

test('rows are CSV or JSON on request', async () => {
  const sql = 'select distinct store_name from inventory_events order by 1';
  expect((await query([sql, '--format', 'csv'])).stdout).toBe('store_name\nHarbour\n"Mill, ""old"""\n');
  expect(JSON.parse((await query([sql, '--json'])).stdout)).toEqual([
    { store_name: 'Harbour' },
    { store_name: 'Mill, "old"' },
  ]);
});

test('a file gets its name only when it is whole', async () => {
  const { folder, stdout, code } = await query([
    'select * from inventory_events',
    '-o',
    'all.parquet',
    '--json',
  ]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ rows: 5 });
  const again = await runStore(['query', 'select * from nowhere', '--data', folder, '-o', 'none.csv'], {
    cwd: folder,
  });
  expect(again.code).toBe(1);
  expect((await readdir(folder)).sort()).toEqual(['.events.ndjson', 'all.parquet', 'store-lake']);
  expect((await readFile(join(folder, 'all.parquet'))).subarray(0, 4).toString()).toBe('PAR1');
});

test('the named queries answer what their names say', async () => {
  const rows = async (name: string): Promise<unknown> =>
    JSON.parse((await query(['--named', name, '--json'])).stdout);
  expect(await rows('stockouts')).toMatchObject([{ store_name: 'Harbour', times_empty: 1 }]);
  expect(await rows('turnover')).toMatchObject([
    { category: 'dairy', units_sold: 25, revenue: 62.5, mean_stock: 7.3 },
    { category: 'bakery', units_sold: 1 },
  ]);
  expect(await rows('late-events')).toMatchObject([{ store_id: 'S1', event_id: 'e-S1-4', late_ms: 300_000 }]);
  expect(await rows('trucks')).toMatchObject([
    { store_name: 'Harbour', city: 'Oslo', deliveries: 1, units: 20 },
  ]);
});

test.each([
  [
    ['--named', 'low-stok'],
    2,
    'Expected a named query: low-stock, stockouts, turnover, late-events, trucks; got low-stok.',
  ],
  [[], 2, 'Expected a statement, - for standard input, or --named NAME.'],
  [['select 1', '--named', 'trucks'], 2, 'Expected a statement or --named, got both.'],
  [['select 1', '--format', 'parquet'], 2, 'Expected --output FILE with --format parquet.'],
  [['select * from inventory_event'], 1, 'inventory_events'],
])('query %j ends with %d', async (args, expected, complaint) => {
  const { code, stderr } = await query(args);
  expect(stderr).toContain(complaint);
  expect(code).toBe(expected);
});

test('a folder without a lake says how to make one', async () => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await runStore(['query', 'select 1'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('store demo');
});
