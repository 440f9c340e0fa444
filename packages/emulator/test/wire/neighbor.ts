import { setTimeout } from 'node:timers/promises';
import { CreateDeliveryStreamCommand, FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { onTestFinished } from 'vitest';
import { plainStream, record } from '../clients.js';

/** Another client, which continues putting records whatever else the endpoint is busy with. */
export interface Neighbor {
  /** Waits until some more of its puts were answered. */
  goesOn(): Promise<void>;
  /** Stops; gives how many records it put. Throws if one was refused. */
  stop(): Promise<number>;
}

/** Starts a neighbor on a stream of its own. */
export async function startNeighbor(endpoint: string): Promise<Neighbor> {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
  // What any SDK does: three attempts.
  const client = new FirehoseClient({ endpoint, region: 'us-east-1', credentials });
  await client.send(new CreateDeliveryStreamCommand(plainStream('neighbor')));
  const leaving = new AbortController();
  let puts = 0;
  const waiting = new Set<() => void>();
  const work = (async () => {
    for (; !leaving.signal.aborted; puts += 1) {
      await client.send(
        new PutRecordCommand({ DeliveryStreamName: 'neighbor', Record: record(`${puts}\n`) }),
      );
      for (const look of waiting) look();
      // Its puts only have to continue: without a pause they take a processor for as long as another client
      // waits.
      await setTimeout(10);
    }
  })();
  onTestFinished(async () => {
    leaving.abort();
    await work;
    client.destroy();
  });
  const failed = work.then(() => new Promise<never>(() => undefined));
  return {
    async goesOn() {
      const goal = puts + 5;
      const arrived = new Promise<void>((resolve) => {
        const look = (): void => {
          if (puts < goal) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
      });
      await Promise.race([arrived, failed]);
    },
    async stop() {
      leaving.abort();
      await work;
      return puts;
    },
  };
}
