/**
 * Run as its own process and killed at any moment: puts numbered events through a spooled producer and says on
 * stdout how many it has found in the spool, and then which ones `persist` has confirmed. With `drain` it only sends what earlier lives have left.
 *
 * Arguments: spool directory, endpoint, first number, `live` or `drain`, and `sdk` to send through the AWS SDK.
 */
import { writeSync } from 'node:fs';
import { request } from 'node:http';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { createFirehoseProducer, sdkTransport, type Transport } from '../src/index.js';
import { spoolEvent } from './spool-event.js';

const [dir = '', endpoint = '', first = '0', task = 'live', way = 'plain'] = process.argv.slice(2);

const transport: Transport = {
  target: () => ({ aws: false }),
  send: (batch, signal) =>
    new Promise((resolve, reject) => {
      const call = request(endpoint, { method: 'POST', signal }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          resolve(JSON.parse(Buffer.concat(pieces).toString()) as object);
        });
        response.on('error', reject);
      });
      call.on('error', reject);
      for (const piece of batch.body) call.write(piece);
      call.end();
    }),
};

function sdkClient(url: string): FirehoseClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return new FirehoseClient({ endpoint: url, region: 'us-east-1', credentials });
}

const producer = createFirehoseProducer({
  deliveryStreamName: 'numbered',
  transport: way === 'sdk' ? sdkTransport({ client: sdkClient(endpoint) }) : transport,
  spool: { dir, mode: 'always' },
  packing: { maxEvents: 20 },
  batch: { lingerMs: 5 },
  retry: { capMs: 50 },
});

writeSync(1, `${producer.stats().recovered}\n`);
if (task === 'drain') {
  await producer.close();
} else {
  for (let id = Number(first); ;) {
    for (const end = id + 1 + (id % 30); id < end; id++) producer.put(spoolEvent(id));
    await producer.persist();
    writeSync(1, `${id}\n`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
