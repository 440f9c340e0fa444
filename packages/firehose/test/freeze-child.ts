/**
 * Run as its own process and stopped by SIGSTOP: sends one event, says `idle` and waits for a word on stdin, then
 * sends `count` events one flush each, and prints its stats.
 *
 * Arguments: endpoint, count.
 */
import { writeSync } from 'node:fs';
import { once } from 'node:events';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { createFirehoseProducer } from '../src/index.js';
import { spoolEvent } from './spool-event.js';

const [endpoint = '', count = '0'] = process.argv.slice(2);
const client = new FirehoseClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const producer = createFirehoseProducer({
  deliveryStreamName: 'numbered',
  client,
  batch: { lingerMs: 50 },
  // Longer than a busy machine needs for an answer, shorter than the freeze.
  timeouts: { requestMs: 5000 },
});

producer.put(spoolEvent(0));
await producer.flush();
writeSync(1, 'idle\n');
await once(process.stdin, 'data');
for (let id = 1; id <= Number(count); id++) {
  // The flush is due immediately, and what is put after it lingers: both kinds of timer are there when it
  // stops.
  producer.put(spoolEvent(id));
  await producer.flush();
}
await producer.close();
writeSync(1, `${JSON.stringify(producer.stats())}\n`);
process.exit(0);
