import { readFile, readdir, truncate } from 'node:fs/promises';
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

test('a file that was cut off is named, with what to do', async () => {
  const folder = await temporaryFolder();
  const file = await writeLake(folder, events);
  await truncate(file, 500);
  const { code, stderr } = await runStore(
    ['query', 'select count(*) from inventory_events', '--data', folder],
    { cwd: folder },
  );
  expect(code).toBe(1);
  expect(stderr).toContain(
    `Error: ${file} cannot be read as Parquet.\nFix: Bring the file back from a copy.`,
  );
  expect(stderr.split('\n')).toHaveLength(3);
});

test('a file gets its name only when it is complete', async () => {
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

test('of a lake with several runs, the events are those of the newest, and of none', async () => {
  const folder = await temporaryFolder();
  const low = eventWith({ sequence: 1, current_stock: 1 });
  await writeLake(folder, [low, eventWith({ sequence: 2, current_stock: 2 })], 'a', 9);
  await writeLake(folder, [eventWith({ sequence: 3, current_stock: 3 })], 'b', 10);
  await writeLake(folder, [eventWith({ store_id: 'mine', sequence: 1 })], 'c', 0);
  const asked = async (...args: readonly string[]): Promise<unknown> => {
    const { stdout, stderr } = await runStore([...args, '--data', folder, '--json'], { cwd: folder });
    return stdout === '' ? stderr : JSON.parse(stdout);
  };
  const rows = `select 'newest' as t, run, count(*) as n from inventory_events group by 2
    union all select 'all', run, count(*) from inventory_events_all group by 2 order by 1, 2`;
  expect(await asked('query', rows)).toEqual([
    { t: 'all', run: 0, n: 1 },
    { t: 'all', run: 9, n: 2 },
    { t: 'all', run: 10, n: 1 },
    { t: 'newest', run: 0, n: 1 },
    { t: 'newest', run: 10, n: 1 },
  ]);
  expect(await asked('restock', 'plan')).toMatchObject({ lowStockPairs: 1 });
  // In the next run that shelf is full.
  await writeLake(folder, [eventWith({ sequence: 4, current_stock: 20 })], 'd', 11);
  expect(await asked('restock', 'plan')).toMatchObject({ lowStockPairs: 0 });
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

test('of several statements each result is shown; one document or file holds one', async () => {
  const two = "select 'a;b' as a; -- first\nselect 2 as b;";
  const { stdout, code } = await query([two]);
  expect([code, stdout]).toEqual([0, 'a\na;b\n\nb\n2\n']);
  for (const args of [['--json'], ['-o', 'rows.csv']]) {
    const refused = await query([two, ...args]);
    expect(refused.stderr).toContain('Expected one statement, got 2.');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(await readdir(refused.folder)).not.toContain('rows.csv');
  }
});

test('--columns names the columns to show, in any form of rows', async () => {
  const sql = 'select store_id, product_id, current_stock from inventory_events order by event_id limit 1';
  const { stdout } = await query([sql, '--columns', 'current_stock,store_id', '--format', 'csv']);
  expect(stdout.split('\n')[0]).toBe('current_stock,store_id');
  const wrong = await query([sql, '--columns', 'current_stok']);
  expect(wrong.stderr).toContain('got current_stok. Did you mean current_stock?');
  expect([wrong.code, wrong.stdout.trim()]).toEqual([2, '']);
});
