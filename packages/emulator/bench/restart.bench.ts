/**
 * How long does a start take after a kill -9, for each GB of log that is there? The log is cut short by checkpoints,
 * which leave it no more than two segments of 64 MiB, so the bench makes one that has none: every byte of it is read, checked and sorted into buffers again.
 * Exits 1 where a row is lost or a start from the longest log that checkpoints leave takes more than a second of CPU.
 * Usage: restart.bench.ts [MB of log]
 */
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { cpSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../src/index.js';
import { createEventStream } from './event-stream.js';
import { eventText } from './inventory-load.js';

const megabytes = Number(process.argv[2] ?? 64);
const root = await mkdtemp(join(tmpdir(), 'bench-'));
const dataDir = join(root, 'first');
const emulator = await startEmulator({ dataDir, logSegmentBytes: 1024 * 1024 * 1024 });
await createEventStream(emulator.endpoint);
const firehose = new FirehoseClient({
  endpoint: emulator.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'secret' },
});
let sent = 0;
for (let bytes = 0; bytes < megabytes * 1e6;) {
  const Records = Array.from({ length: 300 }, () => {
    const lines = Array.from({ length: 25 }, () => eventText(sent++, 100_000));
    return { Data: Buffer.from(`${lines.join('\n')}\n`) };
  });
  bytes += Records.reduce((sum, { Data }) => sum + Data.length, 0);
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: 'events', Records }));
}
const crashed = join(root, 'crashed');
// The lock of the endpoint that runs is a socket, which Node does not copy.
cpSync(dataDir, crashed, { recursive: true, filter: (from) => !from.endsWith('.sock') });
await emulator.close();

const log = join(crashed, 'state/firehose/stream-events/log');
let logBytes = 0;
for (const name of await readdir(log)) logBytes += (await stat(join(log, name))).size;
const cpu = process.cpuUsage();
const start = performance.now();
const second = await startEmulator({ dataDir: crashed });
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
const [row] = await second.query('SELECT count(*) AS n FROM lake.events');
const perGb = 1e9 / logBytes;
console.log('| log, MB | start, ms | start, s a GB of log | CPU, s a GB of log | rows |');
console.log('|---|---|---|---|---|');
console.log(
  `| ${Math.round(logBytes / 1e6)} | ${Math.round(ms)} | ${((ms / 1000) * perGb).toFixed(2)} | ` +
    `${(((user + system) / 1e6) * perGb).toFixed(2)} | ${row?.n === sent ? 'exact' : 'WRONG'} |`,
);
await second.close();
await rm(root, { recursive: true, force: true });
const longest = ((user + system) / 1e6) * perGb * 0.134;
console.log(`\nFrom the longest log that checkpoints leave: ${longest.toFixed(2)} s of CPU.`);
process.exit(row?.n === sent && longest < 1 ? 0 : 1);
