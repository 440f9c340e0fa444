import { FirehoseError } from '@store/firehose';
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
  records(outcome: IngestOutcome): readonly TransformedRecord[];
}

/** An event of a record whose fate is not known. */
interface Waiting {
  readonly line: Buffer;
  readonly settle: (error?: FirehoseError) => void;
}

/**
 * Begins to transform one batch. An event is delivered where its record fits into the answer, with all other events of
 * it; each other record has room there as it came.
 *
 * @param raw - the records as they came, in base64
 */
export function transformation(raw: readonly string[]): Transformation {
  const lines = new Map<number, Buffer>();
  const waiting = new Map<number, Waiting[]>();
  let bytes = raw.reduce((sum, { length }) => sum + length, 0);
  return {
    async send(event, message) {
      const line = encoded(event);
      return new Promise<void>((resolve, reject) => {
        const settle: Waiting['settle'] = (error) => {
          if (error === undefined) resolve();
          else reject(error);
        };
        const own = waiting.get(message) ?? [];
        waiting.set(message, own);
        own.push({ line, settle });
      });
    },
    async deliver() {
      for (const [message, events] of waiting) {
        const before = lines.get(message);
        const all = Buffer.concat([
          ...(before === undefined ? [] : [before]),
          ...events.map(({ line }) => line),
        ]);
        const heldBytes = before === undefined ? (raw[message] ?? '').length : base64Bytes(before);
        const isFull = bytes - heldBytes + base64Bytes(all) > transformationLimits.answerBytes;
        const error = isFull
          ? new FirehoseError('BUFFER_FULL', 'The answer has no room for the events of this record.')
          : undefined;
        if (!isFull) {
          bytes += base64Bytes(all) - heldBytes;
          lines.set(message, all);
        }
        for (const { settle } of events) settle(error);
      }
      waiting.clear();
      return Promise.resolve();
    },
    records: ({ messages }) =>
      messages.map(({ id: recordId, isUndelivered, isUnkept }, at): TransformedRecord => {
        const own = lines.get(at);
        const isFailed = isUndelivered || isUnkept;
        return isFailed || own === undefined
          ? { recordId, result: isFailed ? 'ProcessingFailed' : 'Dropped', data: raw[at] ?? '' }
          : { recordId, result: 'Ok', data: own.toString('base64') };
      }),
  };
}

const base64Bytes = ({ length }: Buffer): number => Math.ceil(length / 3) * 4;

function encoded(event: InventoryEvent): Buffer {
  let buffer = Buffer.alloc(2048);
  let end = inventoryEventEncoder.encodeInto(event, buffer, 0);
  if (end < 0) {
    buffer = Buffer.alloc(-end);
    end = inventoryEventEncoder.encodeInto(event, buffer, 0);
  }
  return buffer.subarray(0, end);
}
