import { stringifyJson, type Clock } from '@store/foundation';
import { sendMessages, sqsLimits } from '@store/restock';
import type { JsonService } from '../aws/json-service.js';
import { sqsClient } from '../requests.js';
import type { Reject } from './ingest-batch.js';
import { ingestLimits } from './ingest-records.js';

/** Where rejected records are kept for people to look at. */
export interface RejectQueue {
  /**
   * Keeps rejects, and returns those that were not kept: refused, or left when time is up. It throws nothing.
   *
   * @param remainingMs - time that may still be taken, in milliseconds
   */
  send(rejects: readonly Reject[], remainingMs: () => number): Promise<readonly Reject[]>;
}

/** A batch may have 256 KiB in all, so one of ten gets a tenth of it. */
const mostMessageBytes = 25_000;

/** Keeps rejects in an SQS queue, the dead-letter queue of `ingest`; the text of a long record is cut. */
export function sqsRejectQueue(sqs: JsonService, queueUrl: string, clock: Clock): RejectQueue {
  const client = sqsClient(sqs);
  /** The places of those that were not taken. */
  const refusedOf = async (batch: readonly Reject[]): Promise<ReadonlySet<string>> => {
    const messages = batch.map((reject) => ({ body: messageOf(reject) }));
    try {
      const { refused } = await sendMessages(client, queueUrl, messages, { clock });
      return new Set(refused.map(({ Id = '' }) => Id));
    } catch {
      // The queue did not answer: whoever sent the messages keeps them, which the answer of the function says.
      return new Set([...batch.keys()].map(String));
    }
  };
  return {
    async send(rejects, remainingMs) {
      const unkept: Reject[] = rejects.slice(ingestLimits.keptRejects);
      const wanted = rejects.slice(0, ingestLimits.keptRejects);
      for (let at = 0; at < wanted.length; at += sqsLimits.messagesPerBatch) {
        const batch = wanted.slice(at, at + sqsLimits.messagesPerBatch);
        const refused = remainingMs() > 0 ? await refusedOf(batch) : undefined;
        unkept.push(...batch.filter((_, index) => refused === undefined || refused.has(String(index))));
      }
      return unkept;
    },
  };
}

/** The reject as a message: whole where it fits, otherwise with as much of the record's text as does. */
function messageOf(reject: Reject): string {
  const { record, ...rest } = reject;
  const text =
    typeof record === 'string' ? record : stringifyJson(record ?? null, { maxChars: mostMessageBytes });
  const whole = bodyOf(text.length < mostMessageBytes ? reject : { ...rest, recordText: text });
  if (Buffer.byteLength(whole) <= mostMessageBytes) return whole;
  const issues = reject.issues.slice(0, 10);
  for (let chars = 12_000; ; chars >>= 1) {
    const cut = bodyOf({ ...rest, issues, recordText: text.slice(0, chars), isCut: true });
    if (Buffer.byteLength(cut) <= mostMessageBytes || chars === 0) return cut;
  }
}

/** JSON without the two characters that SQS takes in no message (API_SendMessage, 2026). */
function bodyOf(value: object): string {
  return stringifyJson(value).replaceAll(
    /[\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
}
