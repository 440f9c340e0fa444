import { createHash } from 'node:crypto';
import type { RestockRequest } from '@store/schema';
import type { JsonService } from '../aws/json-service.js';
import { failedEntries } from './failed-entries.js';
import { HandlerError } from '../errors.js';

/** Where restock requests go. */
export interface RequestQueue {
  /** Sends each request once, in the order given. @returns how many were sent */
  send(requests: readonly RestockRequest[]): Promise<number>;
}

/** Options of {@link sqsRequestQueue}. */
export interface RequestQueueOptions {
  readonly sqs: JsonService;
  /** A FIFO queue. */
  readonly queueUrl: string;
  /** Attempts for messages that the queue refuses through no fault of ours. @defaultValue 5 */
  readonly maxAttempts?: number;
  /** Waits between attempts. */
  readonly sleep: (ms: number) => Promise<void>;
}

interface QueueEntry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

/** SQS: 10 messages a batch (API_SendMessageBatch, 2026). */
const messagesPerBatch = 10;

/**
 * A FIFO queue of requests. The group is the store, so one store's requests keep their order and no other
 * store waits for them; the deduplication id is the request's id, so that whoever notices an episode first
 * asks for the truck, and whoever notices it within the next five minutes does not.
 */
export function sqsRequestQueue(options: RequestQueueOptions): RequestQueue {
  const { sqs, queueUrl, maxAttempts = 5, sleep } = options;

  async function sendBatch(batch: readonly RestockRequest[]): Promise<void> {
    let open = batch.map(toMessage);
    for (let attempt = 1; ; attempt++) {
      const failed = failedEntries(await sqs.call('SendMessageBatch', { QueueUrl: queueUrl, Entries: open }));
      if (failed.length === 0) return;
      const ours = failed.find(({ SenderFault }) => SenderFault);
      if (ours !== undefined || attempt === maxAttempts) {
        throw new HandlerError(
          'NOT_QUEUED',
          `${failed.length} restock requests were refused by the queue (${failed[0]?.Code ?? 'no code'}); the invocation can be repeated.`,
        );
      }
      const ids: ReadonlySet<string> = new Set(failed.map(({ Id }) => Id));
      open = open.filter(({ Id }) => ids.has(Id));
      await sleep(50 * 2 ** attempt);
    }
  }

  return {
    async send(requests) {
      const distinct = [...new Map(requests.map((request) => [request.request_id, request])).values()];
      for (let at = 0; at < distinct.length; at += messagesPerBatch) {
        await sendBatch(distinct.slice(at, at + messagesPerBatch));
      }
      return distinct.length;
    },
  };
}

function toMessage(request: RestockRequest, index: number): QueueEntry {
  return {
    Id: String(index),
    MessageBody: JSON.stringify(request),
    MessageGroupId: queueId(groupOf(request)),
    MessageDeduplicationId: queueId(request.request_id),
  };
}

/** SQS takes ids of up to 128 characters; a longer one is known by its hash. */
export function queueId(id: string): string {
  return id.length <= 128 ? id : createHash('sha256').update(id).digest('hex');
}

/** The store, escaped as it stands in the request's id. */
const groupOf = ({ request_id }: RestockRequest): string => request_id.slice(0, request_id.indexOf('/'));
