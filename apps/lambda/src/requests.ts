import type { Clock } from '@store/foundation';
import { sendRequests, type RestockRequest, type SqsClient } from '@store/restock';
import type { JsonService } from './aws/json-service.js';
import { HandlerError } from './errors.js';

/** Where restock requests go. */
export interface RequestQueue {
  /** Sends each request once, in the order given. @returns how many were sent */
  send(requests: readonly RestockRequest[]): Promise<number>;
}

/** A FIFO queue of requests. What it refuses for good fails the invocation, which can be repeated. */
export function sqsRequestQueue(sqs: JsonService, queueUrl: string, clock: Clock): RequestQueue {
  return {
    async send(requests) {
      const { sent, refused } = await sendRequests(sqsClient(sqs), queueUrl, requests, { clock });
      if (refused.length === 0) return sent;
      throw new HandlerError(
        'NOT_QUEUED',
        `${refused.length} restock requests were refused by the queue (${refused[0]?.Code ?? 'no code'}); the invocation can be repeated.`,
      );
    },
  };
}

/** SQS as `@store/restock` calls it: the answer is the service's own, and all of its parts are optional there. */
export function sqsClient(sqs: JsonService): SqsClient {
  return { sendMessageBatch: async (input) => sqs.call('SendMessageBatch', input) };
}
