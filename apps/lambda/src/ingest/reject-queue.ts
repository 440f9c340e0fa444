import type { Clock } from '@store/foundation';
import { sendMessages } from '@store/restock';
import type { JsonService } from '../aws/json-service.js';
import { HandlerError } from '../errors.js';
import { sqsClient } from '../requests.js';
import type { Reject } from './ingest-batch.js';

/** Where rejected records are kept for people to look at. */
export interface RejectQueue {
  send(rejects: readonly Reject[]): Promise<void>;
}

/** A batch may have 256 KiB in all, so one of ten gets a tenth of it. */
const mostMessageChars = 25_000;

/** Keeps rejects in an SQS queue, the dead-letter queue of `ingest`. A record too long for a message is left out of it. */
export function sqsRejectQueue(sqs: JsonService, queueUrl: string, clock: Clock): RejectQueue {
  return {
    async send(rejects) {
      const messages = rejects.map((reject) => ({ body: messageOf(reject) }));
      const { refused } = await sendMessages(sqsClient(sqs), queueUrl, messages, { clock });
      if (refused.length === 0) return;
      throw new HandlerError('NOT_QUEUED', `${refused.length} rejected records were refused by their queue.`);
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
