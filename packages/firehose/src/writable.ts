import type { FirehoseProducer } from './producer.js';

/** A Web stream over a producer; closing the stream flushes the producer, and leaves it open. */
export function producerWritable<T>(producer: FirehoseProducer<T>): WritableStream<T> {
  return new WritableStream<T>({
    async write(event) {
      if (!producer.put(event)) await producer.drained();
    },
    async close() {
      await producer.flush();
    },
  });
}
