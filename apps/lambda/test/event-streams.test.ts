import { acceptAll, createFirehoseProducer, inProcessTransport } from '@store/firehose';
import type { InventoryEvent } from '@store/schema';
import { expect, test } from 'vitest';
import { eventStreams } from '../src/ingest/event-streams.js';
import { fallingEvent } from './events.js';

test('more events than the memory holds are delivered or taken back when time is up, those that waited for room too', async () => {
  let calls = 0;
  // The stream takes more than the memory holds, and then answers no more.
  const transport = inProcessTransport(async (records) => {
    calls += 1;
    return calls <= 9 ? acceptAll(records) : new Promise(() => undefined);
  });
  const streams = eventStreams(['inventory'], (deliveryStreamName) =>
    createFirehoseProducer<InventoryEvent>({
      deliveryStreamName,
      transport,
      packing: { maxBytes: 1000 },
      batch: { maxBytes: 1000 },
      memory: { maxBytes: 10_000 },
    }),
  );
  const sent = Array.from({ length: 200 }, async (_, at) => streams.send(fallingEvent({ sequence: at })));
  const ends = Promise.allSettled(sent);
  await streams.deliver(200);
  const fates = (await ends).map(({ status }) => status);
  expect([new Set(fates).size, fates.length]).toEqual([2, 200]);
});
