import { DuckDBInstance } from '@duckdb/node-api';
import type { InventoryEvent } from '@store/schema';
import { existsSync } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const small = ['--stores', '3', '--products', '10'];
const eventsOf = (ndjson: string): InventoryEvent[] =>
  ndjson
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as InventoryEvent);

test('the events are the same every time, and other ones for another seed', async () => {
  const first = await runStore(['generate', ...small]);
  expect(first.code).toBe(0);
  expect(eventsOf(first.stdout).length).toBeGreaterThan(10);
  expect((await runStore(['generate', ...small])).stdout).toBe(first.stdout);
  expect((await runStore(['generate', ...small, '--seed', '7'])).stdout).not.toBe(first.stdout);
});

test('the shards together are the world', async () => {
  const whole = eventsOf((await runStore(['generate', ...small])).stdout);
  const parts = await Promise.all(
    ['0/2', '1/2'].map(async (shard) => runStore(['generate', ...small, '--shard', shard])),
  );
  const ids = parts.flatMap(({ stdout }) => eventsOf(stdout).map(({ event_id }) => event_id));
  expect(ids.sort()).toEqual(whole.map(({ event_id }) => event_id).sort());
});

test('--max-events ends the world, or a shard of it, after this many', async () => {
  for (const part of [[], ['--shard', '1/2'], ['--chaos', 'duplicate=0.3']]) {
    const all = await runStore(['generate', ...small, ...part]);
    const some = await runStore(['generate', ...small, ...part, '--max-events', '7']);
    expect(eventsOf(some.stdout)).toEqual(eventsOf(all.stdout).slice(0, 7));
  }
  expect((await runStore(['generate', '--max-events', '0'])).stderr).toContain(
    'Expected a whole number from 1',
  );
});

test('NDJSON, CSV and Parquet hold the same events', async () => {
  const cwd = await temporaryFolder();
  for (const file of ['world.ndjson', 'world.csv', 'world.parquet']) {
    const { code, stdout } = await runStore(['generate', ...small, '-o', file, '--json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ file: join(cwd, file) });
  }
  expect((await readdir(cwd)).sort()).toEqual(['world.csv', 'world.ndjson', 'world.parquet']);
  const events = eventsOf(await readFile(join(cwd, 'world.ndjson'), 'utf8'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const file of ['world.csv', 'world.parquet']) {
    const reader = await connection.runAndReadAll(
      `select count(*), count(distinct event_id), sum(current_stock), sum(unit_price)::double from '${join(cwd, file)}'`,
    );
    const sum = (pick: (event: InventoryEvent) => number): number =>
      events.reduce((total, event) => total + pick(event), 0);
    const [rows, ids, stock, price] = reader.getRows()[0]?.map(Number) ?? [];
    expect([rows, ids, stock]).toEqual([
      events.length,
      events.length,
      sum(({ current_stock }) => current_stock),
    ]);
    expect(price).toBeCloseTo(
      sum(({ unit_price }) => Number(unit_price)),
      6,
    );
  }
  connection.closeSync();
  instance.closeSync();
});

test.each([
  [['--partition-by', 'date'], 2, 'Expected --output FOLDER with --partition-by.'],
  [['-o', 'lake/'], 2, 'Expected --partition-by date or datehour with a folder'],
  [['--format', 'parquet', '-o', '/dev/null'], 2, 'Parquet is not written to a device'],
  [['--series', 'store-0001/SKU-000001'], 2, 'Expected --plot with --series'],
  [['--plot', '--series', 'store-0009/SKU-000001'], 2, 'Expected --series as STORE/PRODUCT from store-0001/'],
  [['--json'], 2, 'Expected --output FILE with --json'],
  [['-o', '/nowhere/at/all/x.csv'], 2, 'There is no folder /nowhere/at/all, in which --output names a file.'],
])('generate %j ends with %d', async (args, expected, complaint) => {
  const { code, stdout, stderr } = await runStore(['generate', ...small, ...args]);
  expect(stderr).toContain(complaint);
  expect(stdout).toBe('');
  expect(code).toBe(expected);
});

test('a stopped generate leaves no file behind', async () => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await runStore(['generate', '-o', 'x.ndjson'], {
    cwd,
    signal: AbortSignal.abort(),
  });
  expect(stderr).toContain('the file was not kept');
  expect(code).toBe(130);
  expect(await readdir(cwd)).toEqual([]);
});

test('the workshop preset tells its nine fields, in Parquet too', async () => {
  const cwd = await temporaryFolder();
  const made = await runStore(['generate', ...small, '--preset', 'workshop', '-o', 'w.parquet', '--json'], {
    cwd,
  });
  expect(made.code).toBe(0);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `select typeof(check_timestamp), left(min(check_timestamp)::varchar, 10) from '${join(cwd, 'w.parquet')}' group by 1`,
  );
  expect(reader.getRows()).toEqual([['TIMESTAMP', '2026-01-05']]);
  connection.closeSync();
  instance.closeSync();
  const stream = await runStore(['stream', '--preset', 'workshop']);
  expect(stream.code).toBe(2);
});

test.each([
  [
    '--preset',
    'frsh',
    'Expected one of m5, fresh, highLow, audit, theory, workshop, got frsh. Did you mean fresh?',
  ],
  ['--chaos', 'late', 'Expected --chaos as name=share'],
  ['--chaos', 'laet=0.1', 'Did you mean `chaos.late`?'],
])('%s %s is wrong usage', async (flag, value, complaint) => {
  const { code, stderr } = await runStore(['generate', flag, value]);
  expect(stderr).toContain(complaint);
  expect(code).toBe(2);
});

test('standard output by another name holds the events and nothing else', async () => {
  const plain = await runStore(['generate', ...small]);
  for (const name of ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'])
    expect(await runStore(['generate', ...small, '-o', name])).toEqual(plain);
});

test('a file that is named by a link is replaced, and the link stays', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'elsewhere'));
  await writeFile(join(cwd, 'elsewhere', 'x.ndjson'), 'before');
  await symlink(join('elsewhere', 'x.ndjson'), join(cwd, 'x.ndjson'));
  expect((await runStore(['generate', ...small, '-o', 'x.ndjson'], { cwd })).code).toBe(0);
  expect((await lstat(join(cwd, 'x.ndjson'))).isSymbolicLink()).toBe(true);
  expect(await readdir(join(cwd, 'elsewhere'))).toEqual(['x.ndjson']);
  const { stdout } = await runStore(['generate', ...small]);
  expect(await readFile(join(cwd, 'elsewhere', 'x.ndjson'), 'utf8')).toBe(stdout);
});

test.runIf(existsSync('/proc/self/fd'))('what is open already is written to at its end', async () => {
  const cwd = await temporaryFolder();
  const log = await open(join(cwd, 'log'), 'a');
  onTestFinished(async () => log.close());
  await log.write('before\n');
  const made = await runStore(['generate', ...small, '-o', `/proc/self/fd/${log.fd}`]);
  expect(made.code).toBe(0);
  const { stdout } = await runStore(['generate', ...small]);
  expect(await readFile(join(cwd, 'log'), 'utf8')).toBe(`before\n${stdout}`);
});
