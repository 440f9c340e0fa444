import { DuckDBInstance } from '@duckdb/node-api';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DemoResult } from '../../src/demo/demo-result.js';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const small = ['--stores', '4', '--products', '30'];

async function countRows(lakeDir: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`select count(*) from '${lakeDir}/**/*.parquet'`);
  connection.closeSync();
  instance.closeSync();
  return Number(reader.getRows()[0]?.[0]);
}

test('what was made is what was acknowledged is what is in the lake, and a second run starts over', async () => {
  const cwd = await temporaryFolder();
  for (let run = 0; run < 2; run++) {
    const { code, stdout, stderr } = await runStore(['demo', ...small, '--json'], { cwd });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as DemoResult;
    expect(result.eventsGenerated).toBeGreaterThan(0);
    expect(result.eventsAccepted).toBe(result.eventsGenerated);
    expect(result.rowsInLake).toBe(result.eventsGenerated);
    expect(await countRows(result.lakeDir)).toBe(result.eventsGenerated);
    expect(result.lowStockPairs).toBeGreaterThanOrEqual(result.restockRequests);
    expect(result.truckMessages).toBeGreaterThan(0);
    expect(result.billedBytes).toBeGreaterThanOrEqual(result.eventBytes);
    expect(await readdir(join(cwd, '.store', 'demo'))).toContain('summary.json');
  }
});

test('the summary is for people, and the lake it names can be asked', async () => {
  const cwd = await temporaryFolder();
  const { stdout } = await runStore(['demo', ...small], { cwd });
  expect(stdout).toContain('4 stores, 30 products, 1 day: end-to-end run');
  expect(stdout).toContain('.store/demo/s3/store-lake');
  expect(stdout).not.toContain('\u001b');
  const low = await runStore(['query', '--named', 'low-stock', '--json'], { cwd });
  const rows = JSON.parse(low.stdout) as unknown[];
  expect(stdout).toContain(`${rows.length} shel`);
  const plan = await runStore(['restock', 'plan', '--json'], { cwd });
  expect(JSON.parse(plan.stdout)).toMatchObject({ lowStockPairs: rows.length, sent: 0 });
});

test('more hours than Firehose keeps open partitions give one folder a day, said before it starts', async () => {
  const cwd = await temporaryFolder();
  const { stdout, stderr } = await runStore(
    ['demo', '--stores', '1', '--products', '5', '--days', '21', '--json'],
    { cwd },
  );
  expect(stderr).toContain('21 days are 504 hours, more than the 500 partitions');
  const result = JSON.parse(stdout) as DemoResult;
  expect(result).toMatchObject({ partitionedBy: 'date', rowsInLake: result.eventsGenerated });
});

test('a stopped demo delivers what it has, says what, and ends with 130', async () => {
  const cwd = await temporaryFolder();
  const stop = new AbortController();
  stop.abort();
  const { code, stdout, stderr } = await runStore(['demo', '--stores', '40'], { cwd, signal: stop.signal });
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/Stopped\. ([\d,]+) of \1 events were delivered\. \1 rows of them are in the lake/);
  expect(await readdir(join(cwd, '.store', 'demo'))).not.toContain('summary.json');
});

test('a folder that is not ours is left alone', async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, 'mine'));
  await writeFile(join(cwd, 'mine', 'thesis.txt'), 'years of work');
  const { code, stderr } = await runStore(['demo', ...small, '--out', 'mine'], { cwd });
  expect(stderr).toContain('holds files that no run of this command has written');
  expect(code).toBe(1);
  expect(await readdir(join(cwd, 'mine'))).toEqual(['thesis.txt']);
});

test.each([
  [['--out', '/proc/nowhere'], 'No folder can be made there: /proc/nowhere'],
  [['--days', '501'], 'Expected --days to be 1 to 500 for a demo, got 501'],
])('demo %j fails with a cause', async (args, complaint) => {
  const { code, stderr } = await runStore(['demo', ...small, ...args], { cwd: await temporaryFolder() });
  expect(stderr).toContain(complaint);
  expect(code).toBe(args[0] === '--days' ? 2 : 1);
});
