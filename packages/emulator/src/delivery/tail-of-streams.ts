import type { DeliveryBuffer } from './delivery-buffer.js';
import type { DeliveryStream } from './delivery-stream.js';
import type { Tail, TailBuffer } from '../lake/tail.js';

/** What all streams have acknowledged and not delivered, at this instant. */
export function tailOfStreams(streams: readonly Pick<DeliveryStream, 'undelivered' | 'schemaOf'>[]): Tail {
  const lent: DeliveryBuffer[] = [];
  const buffers: TailBuffer[] = [];
  const objectKeys = new Set<string>();
  const release = async (): Promise<void> => {
    for (const { staging } of lent) await staging.release();
  };
  try {
    for (const stream of streams) {
      for (const buffer of stream.undelivered()) {
        const { kind, bucket, objectKey, longestLineBytes } = buffer.state;
        if (kind !== 'data' || buffer.way !== 'usual') continue;
        objectKeys.add(`${bucket}/${objectKey}`);
        const schema = stream.schemaOf(buffer);
        if (schema === undefined) continue;
        const paths = buffer.staging.lend().map(({ path }) => path);
        lent.push(buffer);
        buffers.push({ bucket, objectKey, paths, schema, longestLineBytes });
      }
    }
  } catch (error) {
    // A full disk: nothing is removed here, since nothing of these buffers is delivered.
    void release();
    throw error;
  }
  return { buffers, objectKeys, release };
}
