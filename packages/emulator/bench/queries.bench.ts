/**
 * How long do a planner's questions take over 10 million rows in an hour layout, how soon is an acknowledged event
 * visible to SQL while its buffer is open, and how soon does a fresh process answer? The rival is DuckDB alone on
 * the same files: the difference is what the endpoint's views and its tail cost. Exits 1 where that is more than
 * half of DuckDB's own time in the large question; the times wanted are 1.5 s, 20 ms, 250 ms and 0.5 s.
 * Usage: queries.bench.ts [million rows]
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../src/index.js';
import { createEventStream } from './event-stream.js';
import { eventText } from './inventory-load.js';

const millions = Number(process.argv[2] ?? 10);
const rounds = 5;
const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));

const lowStock = (table: string): string =>
  `SELECT count(*) AS pairs FROM (SELECT store_id, product_id, max_by(is_low_stock, sequence) AS low FROM ${table} GROUP BY 1, 2) WHERE low`;
const oneHour = (table: string): string =>
  `SELECT count(*) AS n FROM ${table} WHERE datehour = '2026-01-05-03' AND is_low_stock`;

async function fill(folder: string): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect();
  for (let hour = 0; hour < millions; hour += 1) {
    const at = `2026-01-05-${String(hour).padStart(2, '0')}`;
    const target = join(folder, `datehour=${at}`);
    await mkdir(target, { recursive: true });
    await connection.run(`COPY (
      SELECT uuid()::VARCHAR AS event_id, 'sale' AS event_type,
        TIMESTAMP '2026-01-05 00:00:00' + to_seconds(${hour} * 3600 + i * 0.0036) AS event_time,
        ${hour}::BIGINT * 1000000 + i AS sequence, format('store-{:04d}', i % 200) AS store_id,
        'Store' AS store_name, {'city': 'Porto', 'region': 'Norte', 'country': 'PT', 'latitude': 41.15, 'longitude': -8.61} AS location,
        format('SKU-{:06d}', (i * 7919) // 200 % 1835) AS product_id, 'Product' AS product_name, 'grocery' AS category,
        12.49::DECIMAL(10,2) AS unit_price, -1 AS quantity_delta, (i * 31 % 120)::INTEGER AS current_stock,
        20 AS min_threshold, 0 AS on_order, i * 31 % 120 < 20 AS is_low_stock
      FROM (SELECT range::BIGINT AS i FROM range(1000000))) TO '${join(target, 'rows.parquet')}' (FORMAT parquet)`);
  }
  connection.closeSync();
}

async function median(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

await fill(join(dataDir, 's3/lake/events'));
const emulator = await startEmulator({ dataDir });
await createEventStream(emulator.endpoint);
const rival = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
const files = `read_parquet('${emulator.lakeDir}/lake/events/*/*.parquet', hive_partitioning = true)`;

console.log(`| question, ${millions} M rows | ms | DuckDB alone, ms |`);
console.log('|---|---|---|');
let failed = false;
const warnAbove = (name: string, ms: number, wantedMs: number): void => {
  if (ms > wantedMs)
    console.error(`${name}: ${ms.toFixed(0)} ms, ${wantedMs} wanted; on a quiet machine a finding.`);
};
for (const [name, sql, wantedMs] of [
  ['latest low stock of every store and product', lowStock, 1_500],
  ['low stock of one hour', oneHour, 20],
] as const) {
  const own = await median(() => emulator.query(sql('lake.events')));
  const bare = await median(() => rival.runAndReadAll(sql(files)));
  console.log(`| ${name} | ${own.toFixed(1)} | ${bare.toFixed(1)} |`);
  warnAbove(name, own, wantedMs);
  // Under 20 ms the views' own milliseconds are most of it.
  failed ||= bare > 20 && own > 1.5 * bare;
}

const firehose = new FirehoseClient({
  endpoint: emulator.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'secret' },
});
let sequence = 1_000_000_000;
const visible = await median(async () => {
  sequence += 1;
  const Data = Buffer.from(eventText(sequence, 1e9));
  await firehose.send(new PutRecordCommand({ DeliveryStreamName: 'events', Record: { Data } }));
  const sql = `SELECT count(*) AS n FROM lake.events WHERE datehour >= '2026-01-05-01' AND sequence = ${sequence}`;
  const [row] = await emulator.query(sql);
  if (row?.n !== 1) throw new Error(`The acknowledged event is not visible: ${JSON.stringify(row)}`);
});
console.log(`| put, acknowledged and seen by SQL in the open buffer | ${visible.toFixed(1)} | - |`);
warnAbove('put, acknowledged and seen', visible, 250);
await emulator.close();

// What people install is built; without a build, the TypeScript is compiled on the way, which costs seconds.
const built = ['emulator', 'glue-schema'].every((name) =>
  existsSync(join(import.meta.dirname, '../..', name, 'dist/index.js')),
);
const conditions = built ? [] : ['--import', 'tsx', '--conditions=@store/source'];
const fresh: { ms: number; cpuMs: number }[] = [];
for (let round = 0; round < rounds; round += 1) {
  const file = join(import.meta.dirname, 'fresh-process.mjs');
  const { status, stdout } = spawnSync(process.execPath, [...conditions, file, dataDir]);
  if (status !== 0) throw new Error(`The fresh process ended with ${String(status)}`);
  // It wrote both numbers as JSON.
  fresh.push(JSON.parse(stdout.toString()) as { ms: number; cpuMs: number });
}
const { ms = 0, cpuMs = 0 } = fresh.sort((a, b) => a.ms - b.ms)[Math.floor(rounds / 2)] ?? {};
const how = built ? 'built' : 'not built: run the build first';
console.log(
  `| fresh process to first answer (${how}; ${cpuMs.toFixed(0)} ms of CPU) | ${ms.toFixed(0)} | - |`,
);
warnAbove('fresh process to first answer', ms, 500);
await rm(dataDir, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
