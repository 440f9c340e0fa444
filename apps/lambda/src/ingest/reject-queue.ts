import type { JsonService } from '../aws/json-service.js';
import { failedEntries } from '../requests/failed-entries.js';
import { HandlerError } from '../errors.js';
import type { IngestSource } from './ingest-batch.js';

/** One record that is no inventory event, and why. */
export interface Reject {
  readonly source: IngestSource;
  readonly messageId: string;
  /** Its place in the message. */
  readonly index: number;
  /** First of its issues: `MISSING`, `TYPE_MISMATCH`, `NOT_JSON`, … */
  readonly code: string;
  /** Every issue, by place and sentence. */
  readonly issues: readonly { readonly code: string; readonly path: string; readonly message: string }[];
  /** The record as it came. It goes to the queue and nowhere else. */
  readonly record: unknown;
}

/** Where rejected records are kept for people to look at. */
export interface RejectQueue {
  send(rejects: readonly Reject[]): Promise<void>;
}

/** A batch may have 256 KiB in all, so one of ten gets a tenth of it. */
const mostMessageChars = 25_000;

/** Keeps rejects in an SQS queue, the dead-letter queue of `ingest`. A record too long for a message is left out of it. */
export function sqsRejectQueue(sqs: JsonService, queueUrl: string): RejectQueue {
  return {
    async send(rejects) {
      for (let at = 0; at < rejects.length; at += 10) {
        const Entries = rejects
          .slice(at, at + 10)
          .map((reject, index) => ({ Id: String(index), MessageBody: messageOf(reject) }));
        const failed = failedEntries(await sqs.call('SendMessageBatch', { QueueUrl: queueUrl, Entries }));
        if (failed.length === 0) continue;
        throw new HandlerError(
          'NOT_QUEUED',
          `${failed.length} rejected records were refused by their queue.`,
        );
      }
    },
  };
}

function messageOf(reject: Reject): string {
  const whole = JSON.stringify(reject);
  if (whole.length <= mostMessageChars && Buffer.byteLength(whole) <= mostMessageChars) return whole;
  return JSON.stringify({
    ...reject,
    record: undefined,
    issues: reject.issues.slice(0, 20),
    recordChars: whole.length,
  });
}
