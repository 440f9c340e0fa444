/**
 * How many events a second go from a real SDK client over HTTP onto the disk, through the typed check and into
 * Parquet by hour? Client and endpoint are two processes on the same machine; every row is counted at the end.
 * The rival keeps nothing at all: what it reaches is what the client alone can send on this machine.
 * Exits 1 where a row is missing, where the endpoint takes more than 500 MB, or where it reaches less than 0.4 of the
 * rival. The whole chain, with world and producer, is apps/cli/bench/end-to-end.bench.ts.
 * Usage: end-to-end.bench.ts [seconds]; 60 gives the published figure.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../src/index.js';
import { createEventStream } from './event-stream.js';
import { startNullEndpoint } from './null-endpoint.js';

const seconds = Number(process.argv[2] ?? 10);
const perHour = 400_000;

interface ClientReport {
  readonly accepted: number;
  readonly ms: number;
  readonly cpuMs: number;
}

function runClient(endpoint: string, packed: number, forSeconds: number): Promise<ClientReport> {
  const args = ['--import', 'tsx', '--conditions=@store/source', join(import.meta.dirname, 'load-client.ts')];
  const child = spawn(
    process.execPath,
    [...args, endpoint, String(1e9), String(packed), String(perHour), String(forSeconds)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    },
  );
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      // The client wrote it as JSON.
      if (code === 0) resolve(JSON.parse(text) as ClientReport);
      else reject(new Error(`The client ended with ${code}`));
    });
  });
}

console.log(
  '| events a record | events | events/s | of an endpoint that keeps nothing | client µs CPU/event | endpoint µs CPU/event | all in Parquet after flush, ms | rows | RSS MB |',
);
console.log('|---|---|---|---|---|---|---|---|---|');
let failed = false;
for (const packed of [1, 12]) {
  const rival = await startNullEndpoint();
  const bare = await runClient(rival.endpoint, packed, Math.min(10, seconds));
  rival.close();
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-'));
  const emulator = await startEmulator({ dataDir, onTrouble: console.error });
  await createEventStream(emulator.endpoint);
  let rss = 0;
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 100);
  const before = process.cpuUsage();
  const report = await runClient(emulator.endpoint, packed, seconds);
  const flushStart = performance.now();
  await emulator.flush();
  const flushMs = performance.now() - flushStart;
  const { user, system } = process.cpuUsage(before);
  clearInterval(watch);
  const [row] = await emulator.query(
    'SELECT count(*) AS n, count(DISTINCT sequence) AS rows, max(sequence) AS last FROM lake.events',
  );
  const exact =
    row?.n === report.accepted && row.rows === report.accepted && row.last === report.accepted - 1;
  const us = (ms: number): string => ((ms * 1000) / report.accepted).toFixed(2);
  const rate = (report.accepted / report.ms) * 1000;
  const share = rate / ((bare.accepted / bare.ms) * 1000);
  failed ||= !exact || rss > 500e6 || share < 0.4;
  console.log(
    `| ${packed} | ${report.accepted} | ${Math.round(rate)} | ${Math.round(share * 100)} % | ${us(report.cpuMs)} | ` +
      `${us((user + system) / 1000)} | ${Math.round(flushMs)} | ${exact ? 'exact' : `WRONG ${JSON.stringify(row)}`} | ${Math.round(rss / 1e6)} |`,
  );
  await emulator.close();
  await rm(dataDir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
