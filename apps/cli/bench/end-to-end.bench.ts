/**
 * How many events a second go from the simulated world through the producer, the AWS SDK and HTTP onto the disk of
 * the embedded endpoint, through its typed check and into Parquet by hour? Client and endpoint are two processes on
 * the same machine. At the end every row is checked: none twice, and in each store the sequence 1, 2, 3 … whole.
 *
 * Two cores give two seconds of CPU a second, so that 150,000 and 300,000 events a second are 13.3 and 6.67 µs of CPU
 * an event, client and endpoint together. The bench exits 1 above those; the rate itself depends on what else runs.
 * Usage: end-to-end.bench.ts [seconds]; 60 gives the published figure.
 */
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { GlueClient } from '@aws-sdk/client-glue';
import { startEmulator } from '@store/emulator';
import { eventHourPartitioning } from '@store/schema';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInventoryLake, inventoryTableInput } from '../src/inventory/lake.js';
import { names } from '../src/inventory/names.js';

interface ClientReport {
  readonly delivered: number;
  readonly eventBytes: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly rss: number;
}

const seconds = Number(process.argv[2] ?? 10);
const goals = { single: 150_000, packed: 300_000 } as const;

function runClient(endpoint: string, mode: string): Promise<ClientReport> {
  const script = join(import.meta.dirname, 'end-to-end-client.ts');
  const args = ['--import', 'tsx', '--conditions=@store/source', script];
  const child = spawn(process.execPath, [...args, endpoint, names.deliveryStream, mode, String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      // The client wrote it as JSON.
      if (code === 0) resolve(JSON.parse(text) as ClientReport);
      else reject(new Error(`The client ended with ${String(code)}`));
    });
  });
}

console.log(
  '| events a record | events | events/s | client µs CPU/event | endpoint µs CPU/event | all in Parquet after flush, ms | rows | endpoint RSS, MB |',
);
console.log('|---|---|---|---|---|---|---|---|');
let failed = false;
for (const mode of ['single', 'packed'] as const) {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const emulator = await startEmulator({ dataDir, onTrouble: console.error });
  const config = {
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const [glue, firehose] = [new GlueClient(config), new FirehoseClient(config)];
  const tableInput = inventoryTableInput(eventHourPartitioning);
  await createInventoryLake({ glue, firehose, tableInput, partitioning: eventHourPartitioning });
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 100);
  const before = process.cpuUsage();
  const report = await runClient(emulator.endpoint, mode);
  const flushStart = performance.now();
  await emulator.flush();
  const flushMs = performance.now() - flushStart;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  const table = `${names.database}.${names.table}`;
  const [row] = await emulator.query(
    `SELECT count(*) AS n, count(DISTINCT (store_id, sequence)) AS rows FROM ${table}`,
  );
  const gaps = await emulator.query(
    `SELECT store_id FROM ${table} GROUP BY 1 HAVING count(*) <> max(sequence) OR min(sequence) <> 1`,
  );
  const exact = row?.n === report.delivered && row.rows === report.delivered && gaps.length === 0;
  const us = (ms: number): number => (ms * 1000) / report.delivered;
  const client = us(report.cpuMs);
  const own = us((user + system) / 1000);
  const rate = Math.round((report.delivered / report.ms) * 1000);
  console.log(
    `| ${mode === 'single' ? '1' : 'up to 500'} | ${report.delivered} | ${rate} | ${client.toFixed(2)} | ${own.toFixed(2)} | ` +
      `${Math.round(flushMs)} | ${exact ? 'exact' : `WRONG ${JSON.stringify(row)}, ${gaps.length} stores with gaps`} | ${Math.round(rss / 1e6)} |`,
  );
  const wanted = goals[mode];
  if (rate < wanted) console.error(`Below ${wanted} events/s: on a quiet machine it is a finding.`);
  if (flushMs > 1000) console.error('Not everything was in Parquet within a second.');
  failed ||= !exact || client + own > 2e6 / wanted || rss > 500e6;
  glue.destroy();
  firehose.destroy();
  await emulator.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
