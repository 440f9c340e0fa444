/**
 * How much client CPU does one event cost on its way to an acknowledgement, compared with what people do now?
 *
 * Events of about 380 bytes, a null endpoint in another process, one client process, CPU time (user + system).
 */
import { createRequire } from 'node:module';
import { FirehoseClient, PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose';
import { billedBytes, createFirehoseProducer, ingestCostUsd, type FirehoseProducer } from '@store/firehose';
import { benchEvent, type BenchEvent } from './bench-event.js';
import { readyBodySender } from './ready-body.js';
import { measure, type Rival } from './rival.js';
import { startNullEndpoint } from './start-null-endpoint.js';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const STREAM = 'bench';
const EVENTS = 100_000;
const endpoint = await startNullEndpoint();
const client = new FirehoseClient({
  region: 'us-east-1',
  endpoint: endpoint.url,
  credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  maxAttempts: 1,
});

const events: BenchEvent[] = Array.from({ length: 10_000 }, (_, i) => benchEvent(i));
const texts = events.map((event) => JSON.stringify(event));
const lines = texts.map((text) => Buffer.from(`${text}\n`));
const at = <E>(list: readonly E[], i: number): E => {
  const found = list[i % list.length];
  if (found === undefined) throw new RangeError('The list is empty.');
  return found;
};

const single = Array.from({ length: 500 }, (_, i) => ({ Data: at(lines, i) }));
const packed = Array.from({ length: 20 }, (_, record) => ({
  Data: Buffer.concat(Array.from({ length: 500 }, (_, i) => at(lines, record * 500 + i))),
}));
const body = Buffer.from(
  JSON.stringify({
    DeliveryStreamName: STREAM,
    Records: packed.map(({ Data }) => ({ Data: Data.toString('base64') })),
  }),
);

/** The package has no types: this is the little of it that is used here. */
interface Firehoser {
  readonly DeliveryStream: new (
    name: string,
    awsConfig: object,
  ) => { putRecords(records: string[]): Promise<void> };
}
process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const { DeliveryStream } = createRequire(import.meta.url)('firehoser') as Firehoser;
const firehoser = new DeliveryStream(STREAM, {
  region: 'us-east-1',
  endpoint: endpoint.url,
  accessKeyId: 'key',
  secretAccessKey: 'secret',
});

const producer = createFirehoseProducer<BenchEvent>({ deliveryStreamName: STREAM, client });
async function produce(put: (target: FirehoseProducer<BenchEvent>, i: number) => boolean): Promise<void> {
  for (let i = 0; i < EVENTS; i++) if (!put(producer, i)) await producer.drained();
  await producer.flush();
}
const sendReady = readyBodySender(endpoint.url, body);

async function times(count: number, call: (i: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await call(i);
}

const rivals: Rival[] = [
  {
    name: 'SDK PutRecord, one event a call',
    events: 400,
    run: () =>
      times(400, (i) =>
        client.send(new PutRecordCommand({ DeliveryStreamName: STREAM, Record: { Data: at(lines, i) } })),
      ),
  },
  {
    name: 'SDK PutRecordBatch, 500 records of one event',
    events: 20_000,
    run: () =>
      times(40, () =>
        client.send(new PutRecordBatchCommand({ DeliveryStreamName: STREAM, Records: single })),
      ),
  },
  {
    name: 'SDK PutRecordBatch, 20 records of 500 events',
    events: EVENTS,
    run: () =>
      times(10, () =>
        client.send(new PutRecordBatchCommand({ DeliveryStreamName: STREAM, Records: packed })),
      ),
  },
  {
    name: 'the same, four calls at the same time',
    events: 120_000,
    run: async () => {
      const lane = (): Promise<void> =>
        times(3, () =>
          client.send(new PutRecordBatchCommand({ DeliveryStreamName: STREAM, Records: packed })),
        );
      await Promise.all([lane(), lane(), lane(), lane()]);
    },
  },
  { name: 'firehoser, lines', events: 20_000, run: () => firehoser.putRecords(texts.concat(texts)) },
  {
    name: '@store/firehose, objects, JSON.stringify',
    events: EVENTS,
    run: () => produce((target, i) => target.put(at(events, i))),
  },
  {
    name: '@store/firehose, encoded lines',
    events: EVENTS,
    run: () => produce((target, i) => target.putEncoded(at(lines, i))),
  },
  { name: 'one ready body, hashed, signed, sent', events: EVENTS, run: () => times(10, sendReady) },
];

// A long-running process is what counts, so the SDK's code must be hot: small calls make it so at little cost.
await times(1500, () =>
  client.send(new PutRecordBatchCommand({ DeliveryStreamName: STREAM, Records: single.slice(0, 20) })),
);
for (let i = 0; i < 1500; i++) {
  producer.put(at(events, i));
  await producer.flush();
}

const cost = await measure(rivals, ROUNDS);
const ours = cost.get('@store/firehose, encoded lines') ?? NaN;
const eventBytes = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
const { billedBytes: billed, delivered } = producer.stats();
const single5k = billedBytes(eventBytes);
const packedBytes = packed.reduce((sum, { Data }) => sum + billedBytes(Data.length), 0) / 10_000;
/** Billed bytes per event of each way; the last one is no way for real events. */
const billedPerEvent = [
  single5k,
  single5k,
  packedBytes,
  packedBytes,
  single5k,
  billed / delivered,
  billed / delivered,
];
console.log(`Events of ${Math.round(eventBytes)} bytes.\n`);
console.log(
  '| way | µs of CPU per event | events per CPU second | ours needs less by | $ per million events |',
);
console.log('| --- | ---: | ---: | ---: | ---: |');
[...cost].forEach(([name, micros], index) => {
  const rate = (Math.round(1e4 / micros) * 100).toLocaleString('en');
  const bytes = billedPerEvent[index];
  const usd = bytes === undefined ? '' : ingestCostUsd(bytes * 1e6).toFixed(4);
  console.log(`| ${name} | ${micros.toFixed(2)} | ${rate} | ${(micros / ours).toFixed(1)}x | ${usd} |`);
});
await producer.close();
client.destroy();
endpoint.close();
