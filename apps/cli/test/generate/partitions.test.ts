import { DuckDBInstance } from '@duckdb/node-api';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const world = ['--stores', '4', '--products', '12', '--days', '2'];

async function rowsOf(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test.each(['ndjson', 'csv', 'parquet'])(
  'a folder of %s partitions has every event, each in its hour',
  async (format) => {
    const cwd = await temporaryFolder();
    const whole = (await runStore(['generate', ...world])).stdout.trim().split('\n').length;
    const flags = ['--format', format, '-o', 'lake/', '--partition-by', 'datehour', '--json'];
    const { code, stdout, stderr } = await runStore(['generate', ...world, ...flags], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    const partitions = await readdir(join(cwd, 'lake'));
    expect(JSON.parse(stdout)).toMatchObject({
      folder: join(cwd, 'lake'),
      partitionedBy: 'datehour',
      partitions: partitions.length,
      events: whole,
    });
    expect(partitions.every((name) => /^datehour=2026-01-0[567]-\d\d$/.test(name))).toBe(true);
    const reader = format === 'ndjson' ? 'read_json' : format === 'csv' ? 'read_csv' : 'read_parquet';
    const rows = await rowsOf(
      `select count(*)::int, count(distinct event_id)::int,
            bool_and(strftime(event_time::timestamp, '%Y-%m-%d-%H') = datehour)
     from ${reader}('${cwd}/lake/*/*.${format}', hive_partitioning = true, hive_types_autocast = false)`,
    );
    expect(rows).toEqual([[whole, whole, true]]);
  },
);

test('shards share a folder, and a stopped run leaves nothing in it', async () => {
  const cwd = await temporaryFolder();
  const flags = ['-o', 'lake', '--partition-by', 'date', '--quiet'];
  const whole = (await runStore(['generate', ...world])).stdout.trim().split('\n').sort();
  for (const shard of ['0/2', '1/2'])
    expect((await runStore(['generate', ...world, ...flags, '--shard', shard], { cwd })).code).toBe(0);
  const days = await readdir(join(cwd, 'lake'));
  expect(days).toEqual(['date=2026-01-05', 'date=2026-01-06']);
  const files = await readdir(join(cwd, 'lake', 'date=2026-01-05'));
  expect(files.sort()).toEqual(['events-0-of-2.ndjson', 'events-1-of-2.ndjson']);
  const texts = await Promise.all(
    days.flatMap((day) => files.map(async (file) => readFile(join(cwd, 'lake', day, file), 'utf8'))),
  );
  expect(texts.join('').trim().split('\n').sort()).toEqual(whole);

  const stopped = await runStore(['generate', ...world, '-o', 'other', '--partition-by', 'date'], {
    cwd,
    signal: AbortSignal.abort(),
  });
  expect(stopped.code).toBe(130);
  expect(await readdir(join(cwd, 'other'))).toEqual([]);
});

test('what chaos delays or breaks still finds a partition', async () => {
  const cwd = await temporaryFolder();
  const flags = [
    '--chaos',
    'late=0.2,corrupt=0.1,drift=0.1,skew=0.5',
    '-o',
    'lake',
    '--partition-by',
    'datehour',
  ];
  const whole = (await runStore(['generate', ...world, ...flags.slice(0, 2)])).stdout.trim().split('\n');
  await runStore(['generate', ...world, ...flags, '--quiet'], { cwd });
  const texts = await Promise.all(
    (await readdir(join(cwd, 'lake'))).map(async (hour) =>
      readFile(join(cwd, 'lake', hour, 'events.ndjson'), 'utf8'),
    ),
  );
  expect(texts.join('').trim().split('\n').sort()).toEqual(whole.sort());
});

test('Parquet goes through a pipe whole', async () => {
  const { code, bytes } = await runStore(['generate', ...world, '--format', 'parquet']);
  expect(code).toBe(0);
  expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
  expect(bytes.subarray(-4).toString()).toBe('PAR1');
});
