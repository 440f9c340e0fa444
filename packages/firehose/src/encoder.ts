import { shown } from '@store/foundation';
import { FirehoseError } from './errors.js';

/** Writes one event as bytes. Any object of this shape will do: a schema compiler may generate one per type. */
export interface EventEncoder<T> {
  /**
   * Writes the event without a line break from `offset` on.
   *
   * @returns the offset after the last byte, or, when the buffer is too small, minus the number of bytes that
   * the event needs; then the buffer is unchanged.
   */
  encodeInto(event: T, buffer: Uint8Array, offset: number): number;
}

/** UTF-8 takes at most three bytes for one UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// The declared type of JSON.stringify forgets that it answers undefined for undefined, functions and symbols.
function jsonText(event: unknown): unknown {
  try {
    return JSON.stringify(event);
  } catch (error) {
    // A circle, a bigint, a toJSON that throws.
    const reason = error instanceof Error ? error.message : String(error);
    throw new FirehoseError('ENCODE', `Expected an event that JSON can hold: ${reason}`, { cause: error });
  }
}

/**
 * JSON.stringify, for events that have no encoder of their own.
 *
 * @example
 * ```ts
 * import { createFirehoseProducer, jsonEncoder, type EventEncoder } from '@store/firehose';
 *
 * const stamped: EventEncoder<object> = {
 *   encodeInto: (event, buffer, offset) => jsonEncoder.encodeInto({ ...event, v: 1 }, buffer, offset),
 * };
 * const producer = createFirehoseProducer({ deliveryStreamName: 'orders', encoder: stamped });
 * await producer.close();
 * ```
 */
export const jsonEncoder: EventEncoder<unknown> = Object.freeze({
  encodeInto(event: unknown, buffer: Uint8Array, offset: number): number {
    const text = jsonText(event);
    if (typeof text !== 'string') {
      throw new FirehoseError('ENCODE', `Expected an event that JSON can hold, got ${typeof event}.`);
    }
    const room = buffer.length - offset;
    if (text.length * MAX_BYTES_PER_UNIT > room) {
      const needed = Buffer.byteLength(text);
      if (needed > room) return -needed;
    }
    return offset + asBuffer(buffer).write(text, offset);
  },
});

const LINE_FEED = 10;

/**
 * Checks that bytes are one event: not none, and without a line feed before the end. Several lines would count as one
 * event, and be split and billed as several.
 *
 * @throws FirehoseError `ENCODE`
 */
export function checkOneEvent(bytes: Uint8Array): void {
  // Of another realm, too; a text would be copied as zeros.
  if (!ArrayBuffer.isView(bytes)) {
    throw new FirehoseError('ENCODE', `Expected an encoded event as bytes, got ${shown(bytes)}.`);
  }
  const end = Uint8Array.prototype.indexOf.call(bytes, LINE_FEED);
  if (end === -1 ? bytes.length > 0 : end > 0 && end === bytes.length - 1) return;
  const found =
    end > 0
      ? `a line feed at byte ${end} of ${bytes.length}`
      : bytes.length === 0
        ? 'no bytes'
        : 'an empty line';
  throw new FirehoseError(
    'ENCODE',
    `Expected one encoded event without a line feed inside, got ${found}. Hand chunks of lines to \`pipeLines\`.`,
  );
}
