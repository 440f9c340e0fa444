/** A process of its own that sends events with the real SDK client. Started by the benchmarks. */
import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { Agent } from 'node:http';
import { eventText } from './inventory-load.js';

const [endpoint = '', events = '0', packed = '1', perHour = '100000', seconds = '0'] = process.argv.slice(2);
const total = Number(events);
const pack = Number(packed);
const limitMs = Number(seconds) * 1000;
const client = new FirehoseClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDBENCH', secretAccessKey: 'secret' },
  maxAttempts: 1,
  requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 8 }) },
});
const encoder = new TextEncoder();
let next = 0;
let accepted = 0;
const startedAt = performance.now();
const over = (): boolean => next >= total || (limitMs > 0 && performance.now() - startedAt > limitMs);

async function sender(): Promise<void> {
  while (!over()) {
    const Records = [];
    let bytes = 0;
    let count = 0;
    while (Records.length < 500 && !over() && bytes < 3_900_000) {
      let text = '';
      for (let i = 0; i < pack && next < total; i += 1, next += 1, count += 1) {
        text += `${eventText(next, Number(perHour))}\n`;
      }
      const Data = encoder.encode(text);
      bytes += Data.length;
      Records.push({ Data });
    }
    if (Records.length === 0) return;
    const answer = await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'events', Records }));
    if (answer.FailedPutCount !== 0) throw new Error(`${answer.FailedPutCount} records were refused`);
    accepted += count;
  }
}

await Promise.all(Array.from({ length: 4 }, sender));
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ accepted, ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 })}\n`,
);
process.exit(0);
