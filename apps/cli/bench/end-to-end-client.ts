/** A process of its own: a simulated world, through the producer and the SDK, to an endpoint. Started by the bench. */
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { createFirehoseProducer } from '@store/firehose';
import { createWorld } from '@store/generator';

const [endpoint = '', stream = '', mode = 'packed', seconds = '10'] = process.argv.slice(2);
const client = new FirehoseClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const producer = createFirehoseProducer({
  deliveryStreamName: stream,
  client,
  packing: { mode: mode === 'single' ? 'single' : 'packed' },
  rate: { maxInFlight: 4 },
});
// 54,000 events an hour, so that a minute of the fastest run stays below 500 active partitions.
const world = createWorld({ seed: 7, stores: 1500, products: 1000, days: 60 });

function* chunks(): Iterable<Uint8Array> {
  let until = Infinity;
  for (const chunk of world.ndjson({ lend: true })) {
    // The world is drawn before its first event; the clock starts with that.
    if (until === Infinity) {
      startedAt = performance.now();
      before = process.cpuUsage();
      until = startedAt + Number(seconds) * 1000;
    }
    yield chunk;
    if (performance.now() > until) return;
  }
}

let startedAt = 0;
let before = process.cpuUsage();
await producer.pipeLines(chunks());
await producer.close();
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
const { delivered, eventBytes } = producer.stats();
process.stdout.write(
  `${JSON.stringify({ delivered, eventBytes, ms, cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() })}\n`,
);
client.destroy();
