import { inventoryEventEncoder, type InventoryEvent } from '@store/schema';
import type { EventSink, IngestOutcome } from './run-ingest.js';

/** One record of a delivery stream's batch, transformed (Firehose Developer Guide, "Data transformation"). */
export interface TransformedRecord {
  readonly recordId: string;
  /** `ProcessingFailed` lets the stream write the record as it came to its error output; `Dropped` is done with. */
  readonly result: 'Ok' | 'Dropped' | 'ProcessingFailed';
  /** Base64. */
  readonly data: string;
}

/** What one answer may claim. */
export const transformationLimits: Readonly<{ answerBytes: number }> = Object.freeze({
  /** Base64 of all records: an answer of Lambda may have 6 MB (Lambda quotas, 2026). What is beyond is reported as failed. */
  answerBytes: 5_500_000,
});

/** Collects events as the lines of the records that they came in: the delivery stream itself delivers them. */
export interface Transformation extends EventSink {
  /** The records, in the order in which they came. */
  records(outcome: IngestOutcome, raw: (message: number) => string): readonly TransformedRecord[];
}

/** Begins to transform one batch. */
export function transformation(): Transformation {
  const lines = new Map<number, Buffer[]>();
  return {
    // Not async by itself: what cannot be encoded must reject, not throw.
    async send(event, message) {
      const line = encoded(event);
      const own = lines.get(message) ?? [];
      lines.set(message, own);
      own.push(line);
      return Promise.resolve();
    },
    deliver: async () => Promise.resolve(),
    records({ messages }, raw) {
      let bytes = 0;
      return messages.map(({ id: recordId, isUndelivered, isUnkept }, at): TransformedRecord => {
        const own = lines.get(at) ?? [];
        const data = Buffer.concat(own).toString('base64');
        const isFull = bytes + data.length > transformationLimits.answerBytes;
        if (isUndelivered || isUnkept || isFull) {
          return { recordId, result: 'ProcessingFailed', data: raw(at) };
        }
        bytes += data.length;
        return own.length === 0
          ? { recordId, result: 'Dropped', data: raw(at) }
          : { recordId, result: 'Ok', data };
      });
    },
  };
}

function encoded(event: InventoryEvent): Buffer {
  let buffer = Buffer.alloc(2048);
  let end = inventoryEventEncoder.encodeInto(event, buffer, 0);
  if (end < 0) {
    buffer = Buffer.alloc(-end);
    end = inventoryEventEncoder.encodeInto(event, buffer, 0);
  }
  return buffer.subarray(0, end);
}
