import type { Envelope } from '@store/intake';
import { HandlerError } from '../errors.js';
import type { IngestOutcome, MessageOutcome } from './run-ingest.js';
import type { TransformedRecord } from './transformation.js';

/** What `ingest` answers to a poller: the messages that must come again. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** What `ingest` answers to a delivery stream. */
export interface TransformationAnswer {
  readonly records: readonly TransformedRecord[];
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
  readonly statusCode: 200 | 400 | 405 | 413 | 415 | 422 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What `ingest` answers, by who called. */
export type IngestAnswer = BatchAnswer | HttpAnswer | TransformationAnswer | IngestSummary;

/**
 * The answer that the caller understands. A message that was not delivered, or of which a reject is kept nowhere, is in no
 * success.
 *
 * @throws HandlerError `NOT_DELIVERED` or `NOT_KEPT` where only a failed invocation is noticed; `UNKNOWN_ENVELOPE`
 */
export function ingestAnswer(
  { source, answer }: Envelope,
  outcome: IngestOutcome,
  transformed: readonly TransformedRecord[],
): IngestAnswer {
  if (source === 'unknown') {
    throw new HandlerError(
      'UNKNOWN_ENVELOPE',
      'Expected an event of a service that the README names, got one of another. Nothing of it was taken; it stays with its source.',
    );
  }
  const { messages } = outcome;
  if (answer === 'firehose') return { records: transformed };
  if (answer === 'batch' && messages.every((message) => !isFailed(message) || message.id !== '')) {
    const failed = new Set(messages.filter(isFailed).map(({ id }) => id));
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  }
  const summary = summaryOf(outcome);
  if (answer === 'http') return httpAnswer(summary, messages);
  if (messages.some(({ isUndelivered }) => isUndelivered)) {
    throw new HandlerError(
      'NOT_DELIVERED',
      `${messages.filter(({ isUndelivered }) => isUndelivered).length} of ${messages.length} messages were not delivered. Repeat the invocation; events keep their ids.`,
    );
  }
  if (messages.some(({ isUnkept }) => isUnkept)) {
    const { code = 'INVALID', path = '' } = summary.rejected[0] ?? {};
    throw new HandlerError(
      'NOT_KEPT',
      `${summary.rejectedCount} records were rejected (${code}${path === '' ? '' : ` at ${path}`}) and are kept nowhere; ${summary.accepted} were delivered. Set REJECT_QUEUE_URL, or repeat the invocation with records that are right.`,
    );
  }
  return summary;
}

const isFailed = ({ isUndelivered, isUnkept }: MessageOutcome): boolean => isUndelivered || isUnkept;

function summaryOf({ accepted, rejects, requestsSent }: IngestOutcome): IngestSummary {
  const rejected = rejects
    .slice(0, 100)
    .map(({ index, code, issues }) => ({ index, code, path: issues[0]?.path ?? '' }));
  return { accepted, rejectedCount: rejects.length, rejected, requestsSent };
}

/** Statuses of what is wrong with a request as a whole. */
const statuses: Readonly<Record<string, HttpAnswer['statusCode']>> = {
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_TYPE: 415,
  TOO_LARGE: 413,
  TOO_MANY_RECORDS: 413,
  NOT_JSON: 400,
  NOT_CSV: 400,
  DAMAGED: 400,
};

function httpAnswer(summary: IngestSummary, messages: readonly MessageOutcome[]): HttpAnswer {
  const json = { 'content-type': 'application/json' };
  const body = JSON.stringify(summary);
  if (messages.some(({ isUndelivered }) => isUndelivered)) {
    return { statusCode: 503, headers: { ...json, 'retry-after': '5' }, body };
  }
  const { accepted, rejectedCount, rejected } = summary;
  // Some were taken and the others are kept: nothing is left for the caller to do.
  const isDone = rejectedCount === 0 || (accepted > 0 && messages.every(({ isUnkept }) => !isUnkept));
  if (isDone) return { statusCode: 200, headers: json, body };
  const [first] = rejected;
  const isOfAll = accepted === 0 && rejected.every(({ code }) => code === first?.code);
  const statusCode = (isOfAll ? statuses[first?.code ?? ''] : undefined) ?? 422;
  const allow = statusCode === 405 ? { allow: 'POST' } : {};
  return { statusCode, headers: { ...json, ...allow }, body };
}
