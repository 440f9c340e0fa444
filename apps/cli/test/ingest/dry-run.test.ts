import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore, type Outcome } from '../terminal.js';

const good = JSON.stringify(eventWith({}));
const half = JSON.stringify({ ...eventWith({ sequence: 2 }), current_stock: 1.5 });

async function dryRun(name: string, content: string, ...args: string[]): Promise<Outcome & { cwd: string }> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, name), content);
  return { ...(await runStore(['ingest', name, '--dry-run', '--json', ...args], { cwd })), cwd };
}

test('a refused record is written down with its line, a code, the place in it and the reason', async () => {
  const { code, stdout, cwd } = await dryRun('events.ndjson', `${good}\nnonsense\n\n${half}\n`);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    records: 3,
    accepted: 1,
    rejected: 2,
    delivered: 0,
    complete: true,
  });
  const rejects = (await readFile(join(cwd, 'events.ndjson.rejects'), 'utf8')).trim().split('\n');
  expect(rejects.map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 2, code: 'MALFORMED_JSON', raw: 'nonsense\n', encoding: 'utf-8' },
    { line: 4, code: 'OUT_OF_RANGE', path: 'current_stock', raw: `${half}\n` },
  ]);
});

test('a record that is too deep, has a key twice or a number that no double holds is refused alone', async () => {
  const deep = `{"extra":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const twice = good.replace('{', '{"store_id":"S9",');
  const digits = good.replace('"current_stock":', '"current_stock":1234567890123456789,"was":');
  const { stdout, cwd } = await dryRun('events.ndjson', `${deep}\n${twice}\n${digits}\n${good}\n`);
  expect(JSON.parse(stdout)).toMatchObject({ records: 4, accepted: 1, rejected: 3 });
  const rejects = (await readFile(join(cwd, 'events.ndjson.rejects'), 'utf8')).trim().split('\n');
  expect(rejects.map((line): unknown => JSON.parse(line))).toMatchObject([
    { line: 1, code: 'NESTED_TOO_DEEPLY' },
    { line: 2, code: 'DUPLICATE_KEY' },
    { line: 3, path: 'current_stock' },
  ]);
});

test('without a refused record there is no reject file, and a dry run keeps no place', async () => {
  const { cwd } = await dryRun('events.json', `[${good},${good}]`);
  expect(await readdir(cwd)).toEqual(['events.json']);
});

test('what generate writes is what ingest takes, in every form', async () => {
  const cwd = await temporaryFolder();
  for (const name of ['world.ndjson', 'world.csv', 'world.parquet']) {
    const made = await runStore(['generate', '--stores', '2', '--products', '20', '-o', name, '--json'], {
      cwd,
    });
    const { events } = JSON.parse(made.stdout) as { events: number };
    const { stdout } = await runStore(['ingest', name, '--dry-run', '--json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ records: events, accepted: events, rejected: 0 });
  }
  const folder = await runStore(['ingest', '.', '--dry-run', '--json'], { cwd });
  expect(JSON.parse(folder.stdout)).toMatchObject({ rejected: 0 });
});

test('records of the workshop are taken too, in every form', async () => {
  const record = {
    store_id: 'store-1',
    product_id: 'p-1',
    product_name: 'Oat milk',
    current_stock: 3,
    threshold_level: 10,
    is_stock_low: true,
    check_timestamp: 1_767_600_000,
    notification_sent: false,
    restock_status: 'pending',
  };
  const csv = `${Object.keys(record).join(',')}\n${Object.values(record).join(',')}\n`;
  for (const [name, content] of [
    ['workshop.ndjson', `${JSON.stringify(record)}\n`],
    ['workshop.csv', csv],
  ] as const) {
    const { stdout } = await dryRun(name, content);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, rejected: 0 });
  }
});

test('numbers in text and times with an offset are put right, as the Lambda function does', async () => {
  const event = { ...eventWith({}), current_stock: ' 12 ', event_time: '2026-01-05T09:30:00+01:00' };
  const { stdout } = await dryRun('events.ndjson', `${JSON.stringify(event)}\n`);
  expect(JSON.parse(stdout)).toMatchObject({ accepted: 1, rejected: 0 });
});

test('standard input is an array or lines, as it begins', async () => {
  for (const stdin of [`[${good}\n,${good}]`, `${good}\n${good}\n`]) {
    const { stdout } = await runStore(['ingest', '-', '--dry-run', '--json'], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ accepted: 2, rejected: 0 });
  }
});

test.each([
  [['missing.ndjson'], 2, 'There is no file or folder'],
  [['-', '--format', 'parquet'], 2, 'Parquet cannot be read from standard input'],
  [['.'], 1, 'holds no file that ends in .ndjson, .jsonl, .json, .csv'],
])('ingest %j ends with %d', async (args, expected, complaint) => {
  const { code, stderr } = await runStore(['ingest', ...args, '--dry-run'], { cwd: await temporaryFolder() });
  expect(stderr).toContain(complaint);
  expect(code).toBe(expected);
});

test('an empty CSV file has no header, and is an error', async () => {
  const { code, stderr } = await dryRun('empty.csv', '');
  expect(stderr).toContain('empty.csv is empty: it has no header.');
  expect(code).toBe(1);
});
