import { Writable } from 'node:stream';
import type { FirehoseProducer } from './producer.js';

type Target<T> = Pick<FirehoseProducer<T>, 'put' | 'drained' | 'flush'>;

/** A Web stream over a producer; closing the stream flushes the producer, and leaves it open. */
export function webWritable<T>(producer: Target<T>): WritableStream<T> {
  return new WritableStream<T>({
    async write(event) {
      if (!producer.put(event)) await producer.drained();
    },
    async close() {
      await producer.flush();
    },
  });
}

/** The same as a Node stream in object mode. */
export function nodeWritable<T>(producer: Target<T>): Writable {
  const done = (work: Promise<unknown>, callback: (error?: Error) => void): void => {
    work.then(
      () => {
        callback();
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)));
      },
    );
  };
  return new Writable({
    objectMode: true,
    write(event: T, _encoding, callback) {
      try {
        if (producer.put(event)) callback();
        else done(producer.drained(), callback);
      } catch (error) {
        done(Promise.reject(error instanceof Error ? error : new Error(String(error))), callback);
      }
    },
    final(callback) {
      done(producer.flush(), callback);
    },
  });
}
