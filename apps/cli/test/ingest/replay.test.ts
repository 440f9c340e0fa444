import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { startEmulator, type Emulator } from '@store/emulator';
import { eventHourPartitioning } from '@store/schema';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createInventoryLake, inventoryTableInput } from '../../src/inventory/lake.js';
import { eventWith } from '../query/pretend-lake.js';
import { runStore } from '../terminal.js';

let cwd: string;
let emulator: Emulator;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'store-replay-'));
  emulator = await startEmulator({ port: 0, dataDir: join(cwd, 'endpoint') });
  env = { AWS_ENDPOINT_URL: emulator.endpoint };
  const options = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const clients = { firehose: new FirehoseClient(options), glue: new GlueClient(options) };
  const partitioning = eventHourPartitioning;
  const table = inventoryTableInput(partitioning);
  await createInventoryLake({ ...clients, tableInput: table, partitioning });
});
afterAll(async () => {
  await emulator.close();
  await rm(cwd, { recursive: true, force: true });
});

const run = async (...args: string[]): ReturnType<typeof runStore> => runStore(args, { cwd, env });
const parsed = (text: string): Readonly<Record<string, unknown>> =>
  // The command wrote it as JSON.
  JSON.parse(text) as Readonly<Record<string, unknown>>;

async function idsOf(store: string): Promise<unknown[]> {
  const sql = `SELECT event_id FROM inventory_events WHERE store_id = '${store}' ORDER BY event_id`;
  const { stdout } = await run('query', sql, '--json');
  // As above.
  return (JSON.parse(stdout) as { readonly event_id: string }[]).map(({ event_id }) => event_id);
}

test('what was refused for want of a mapping goes in by one, counted from the stock before it, and twice does no harm', async () => {
  const row = (n: number, stock: string): string => `R1;A-${n};${stock};05.01.2026 09:0${n}`;
  const mapping = {
    version: 1,
    name: 'till',
    mode: 'snapshot',
    decimal: ',',
    fields: {
      store_id: { from: 'Lager' },
      product_id: { from: 'Artikel' },
      current_stock: { from: 'Bestand' },
      event_time: { from: 'Stand', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Vienna' },
    },
    key: ['store_id', 'product_id', 'event_time'],
  };
  await writeFile(join(cwd, 'till.json'), JSON.stringify(mapping));
  await writeFile(
    join(cwd, 'till.csv'),
    [
      ...['Lager;Artikel;Bestand;Stand', row(1, '8'), 'R1;A-2;5;04.01.2026 09:00'],
      ...[row(2, 'viele'), row(3, '3'), 'R1;A-4'],
    ].join('\n'),
  );
  const first = await run('ingest', 'till.csv', '--map', 'till.json', '--json');
  expect(first.stderr).toBe('');
  expect(parsed(first.stdout)).toMatchObject({ records: 5, accepted: 3, rejected: 2, delivered: 3 });
  const file = join(cwd, 'till.csv.rejects');
  const before = await readFile(file, 'utf8');
  expect(
    before
      .trim()
      .split('\n')
      .map((line) => parsed(line).line),
  ).toEqual([4, 6]);

  // Nothing has changed: everything stays, and the run says so.
  const same = await run('replay', 'till.csv.rejects', '--map', 'till.json', '--json');
  expect(same.code).toBe(1);
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(2);

  // Another mapping takes the word for a number, and the short row stays.
  const words = { ...mapping, fields: { ...mapping.fields, current_stock: { const: 99 } } };
  await writeFile(join(cwd, 'words.json'), JSON.stringify(words));
  await writeFile(join(cwd, 'again.rejects'), before);
  for (const rejects of ['till.csv.rejects', 'again.rejects']) {
    const replayed = await run('replay', rejects, '--map', 'words.json', '--json');
    expect(parsed(replayed.stdout)).toMatchObject({ accepted: 1, rejected: 1, delivered: 1 });
    expect(replayed.code).toBe(0);
    const [left = ''] = (await readFile(join(cwd, rejects), 'utf8')).trim().split('\n');
    expect(parsed(left)).toMatchObject({
      line: 6,
      raw: 'R1;A-4',
      code: 'FIELD_COUNT',
      format: 'csv',
      delimiter: ';',
    });
  }
  const ids = await idsOf('R1');
  expect([ids.length, new Set(ids).size]).toEqual([5, 4]);
  // Both times the count changes what was known before it.
  const sql = `SELECT quantity_delta FROM inventory_events WHERE store_id = 'R1' AND current_stock = 99`;
  expect((await run('query', sql, '--format', 'csv')).stdout).toBe('quantity_delta\n94\n94\n');
});

test('a file of which everything is accepted now is gone afterwards; one of no rejects is refused', async () => {
  const event = JSON.stringify(eventWith({ store_id: 'R2', event_id: 'r2' }));
  const reject = {
    source: 'a.ndjson',
    line: 7,
    code: 'MISSING',
    message: 'x',
    format: 'json',
    encoding: 'utf-8',
    raw: event,
  };
  await writeFile(join(cwd, 'ok.rejects'), `${JSON.stringify(reject)}\n`);
  expect((await run('replay', 'ok.rejects', '--dry-run')).code).toBe(0);
  expect(existsSync(join(cwd, 'ok.rejects'))).toBe(true);
  expect((await run('replay', 'ok.rejects')).code).toBe(0);
  expect(existsSync(join(cwd, 'ok.rejects'))).toBe(false);
  expect(await idsOf('R2')).toEqual(['r2']);
  await writeFile(join(cwd, 'no.rejects'), 'nonsense\n');
  const { code, stderr } = await run('replay', 'no.rejects');
  expect(stderr).toContain('Line 1 is no JSON object');
  expect(code).toBe(1);
  await writeFile(
    join(cwd, 'old.rejects'),
    `${JSON.stringify({ source: 'a', line: 1, code: 'MISSING', message: '', record: event })}\n`,
  );
  expect((await run('replay', 'old.rejects')).code).toBe(0);
});

test('events that the table would not show are said before they are sent', async () => {
  const lines = [1, 2, 3].map((n) =>
    JSON.stringify(
      eventWith({ store_id: 'R3', event_id: `r3-${n}`, event_time: `1985-12-0${n}T08:26:00.000Z` }),
    ),
  );
  await writeFile(join(cwd, 'old.ndjson'), lines.join('\n'));
  const refused = await run('ingest', 'old.ndjson', '--no-cursor', '--table-range', '1990-01-01-00,NOW');
  expect(refused.stderr).toContain(
    '3 of the first 3 events are outside of the hours that the table shows (1990-01-01-00,NOW)',
  );
  expect(refused.stderr).toContain('--table-range 1985-12-01-00,NOW');
  expect(refused.code).toBe(1);
  expect(await idsOf('R3')).toEqual([]);
  // One old event among others is kept, and not sent either.
  const young = [1, 2].map((n) => JSON.stringify(eventWith({ store_id: 'R3', event_id: `r3-young-${n}` })));
  await writeFile(join(cwd, 'mixed.ndjson'), [lines[0], ...young].join('\n'));
  const mixed = await run(
    'ingest',
    'mixed.ndjson',
    '--no-cursor',
    '--table-range',
    '1990-01-01-00,NOW',
    '--json',
  );
  expect(parsed(mixed.stdout)).toMatchObject({
    accepted: 2,
    rejected: 1,
    outside: 1,
    reasons: { OUTSIDE_TABLE: 1 },
  });
  // The table itself is asked, and shows them once it is told to.
  expect((await run('ingest', 'old.ndjson', '--no-cursor')).stderr).toContain('NOW+1YEARS');
  const statement = /ALTER TABLE .*?NOW'\)/.exec(refused.stderr)?.[0] ?? '';
  expect((await run('query', statement)).stderr).toBe('');
  expect((await run('ingest', 'old.ndjson', '--no-cursor')).stderr).toBe('');
  expect(await idsOf('R3')).toHaveLength(5);
});

test('objects of S3 are read from the configured endpoint, one or all below a prefix', async () => {
  const client = new S3Client({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await client.send(new CreateBucketCommand({ Bucket: 'shop-exports' }));
  for (const n of [2, 1]) {
    const Body = JSON.stringify(eventWith({ store_id: 'R4', event_id: `r4-${n}` }));
    await client.send(new PutObjectCommand({ Bucket: 'shop-exports', Key: `2026/März ${n}.ndjson`, Body }));
  }
  await client.send(new PutObjectCommand({ Bucket: 'shop-exports', Key: '2026/picture.png', Body: 'x' }));
  const { stdout, stderr } = await run('ingest', 's3://shop-exports/2026/', '--json');
  expect(stderr).toBe('');
  expect(parsed(stdout)).toMatchObject({
    records: 2,
    accepted: 2,
    sources: [
      { path: 's3://shop-exports/2026/März 1.ndjson' },
      { path: 's3://shop-exports/2026/März 2.ndjson' },
    ],
  });
  expect((await run('ingest', 's3://shop-exports/2026/März 1.ndjson', '--json')).code).toBe(0);
  expect(new Set(await idsOf('R4'))).toEqual(new Set(['r4-1', 'r4-2']));
  const missing = await run('ingest', 's3://shop-exports/2025.csv');
  expect(missing.stderr).toContain('There is no s3://shop-exports/2025.csv');
  expect(missing.stderr).toContain('when it is started again');
  client.destroy();
});

test('rows below a header of other names are kept with that, and replayed by it', async () => {
  const events = [1, 2, 3].map((sequence) =>
    eventWith({ store_id: 'J1', event_id: `j-${sequence}`, sequence }),
  );
  const rows = events.map((event) =>
    Object.entries(event).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([field, one]): [string, string] => [`${name}.${field}`, String(one)])
        : [[name, String(value)] as [string, string]],
    ),
  );
  const [names = '', ...lines] = [
    rows[0]?.map(([name]) => name),
    ...rows.map((row) => row.map(([, text]) => text)),
  ].map((fields) => fields?.join(',') ?? '');
  const [first = '', second = '', third = ''] = lines;
  const other = names.replace('category', 'Category Group');
  const text = [names, first, `${names},Note`, `${second},by hand`, other, third].join('\n');
  await writeFile(join(cwd, 'joined.csv'), text);
  const done = await run('ingest', 'joined.csv', '--json', '--max-rejects', '2');
  expect(parsed(done.stdout)).toMatchObject({ records: 3, accepted: 1, rejected: 2 });
  const file = join(cwd, 'joined.csv.rejects');
  const kept = async (): Promise<unknown[]> => (await readFile(file, 'utf8')).trim().split('\n').map(parsed);
  expect(await kept()).toMatchObject([
    { line: 4, code: 'HEADER_CHANGED', columns: `${names},Note`.split(','), raw: `${second},by hand\n` },
    { line: 6, code: 'HEADER_CHANGED', columns: other.split(',') },
  ]);
  const replayed = await run('replay', 'joined.csv.rejects', '--json', '--max-rejects', '2');
  expect(parsed(replayed.stdout)).toMatchObject({ records: 2, accepted: 1, rejected: 1 });
  expect(await kept()).toMatchObject([
    { line: 6, code: 'HEADER_CHANGED', message: expect.stringContaining('Missing: "category"') as unknown },
  ]);
  expect(await idsOf('J1')).toEqual(['j-1', 'j-2']);
});
