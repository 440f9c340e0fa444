import { HandlerError } from '../errors.js';
import type { IngestBatch } from './ingest-batch.js';
import type { IngestOutcome } from './run-ingest.js';

/** What `ingest` answers to SQS and Kinesis. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What `ingest` answers to somebody who waits: counts, and why records were refused, never the records. */
export interface IngestSummary {
  readonly accepted: number;
  readonly rejectedCount: number;
  /** The first hundred. */
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly path: string }[];
  readonly requestsSent: number;
}

/** What `ingest` answers over HTTP. */
export interface HttpAnswer {
  readonly statusCode: 200 | 400 | 422 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The answer that the caller understands.
 *
 * @throws HandlerError `NOT_DELIVERED` where only a failed invocation is tried again
 */
export function ingestAnswer(
  { source }: IngestBatch,
  outcome: IngestOutcome,
): BatchAnswer | HttpAnswer | IngestSummary {
  const { rejects, accepted, undeliveredMessages, unkeptMessages, requestsSent } = outcome;
  if (source === 'sqs' || source === 'kinesis') {
    const failed = new Set([...undeliveredMessages, ...unkeptMessages]);
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  }
  const rejected = rejects
    .slice(0, 100)
    .map(({ index, code, issues }) => ({ index, code, path: issues[0]?.path ?? '' }));
  const summary = { accepted, rejectedCount: rejects.length, rejected, requestsSent };
  const undelivered = undeliveredMessages.size > 0;
  if (source === 'http') return httpAnswer(summary, undelivered);
  if (undelivered) {
    throw new HandlerError(
      'NOT_DELIVERED',
      'Events were not delivered. Repeat the invocation; events keep their ids.',
    );
  }
  // Nobody reads what an EventBridge target answers: a reject that is not kept must end in the function's own queue.
  if (source === 'eventbridge' && unkeptMessages.size > 0) {
    throw new HandlerError('INVALID_INPUT', `The event was rejected: ${rejected[0]?.code ?? 'INVALID'}.`);
  }
  return summary;
}

function httpAnswer(summary: IngestSummary, undelivered: boolean): HttpAnswer {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify(summary);
  if (undelivered) return { statusCode: 503, headers: { ...json, 'retry-after': '5' }, body };
  if (summary.accepted > 0 || summary.rejectedCount === 0) return { statusCode: 200, headers: json, body };
  const notJson = summary.rejected.every(({ code }) => code === 'NOT_JSON');
  return { statusCode: notJson ? 400 : 422, headers: json, body };
}
