import { HandlerError } from '../errors.js';
import { givenRecords, readEncodedRecords, readRecords, type IngestRecord } from './ingest-records.js';

/** Where an invocation's events come from. */
export type IngestSource = 'http' | 'sqs' | 'kinesis' | 'eventbridge' | 'direct';

/** What one invocation brings: messages, each with one event or several. */
export interface IngestBatch {
  readonly source: IngestSource;
  readonly messages: readonly IngestMessage[];
}

/** One message of the source. */
export interface IngestMessage {
  /** What the source calls it: a message id, a sequence number, a position. */
  readonly id: string;
  /** The records in it, also those that could not be read. */
  readonly records: readonly IngestRecord[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Finds out what called: SQS, Kinesis, EventBridge, a Function URL or API Gateway (both versions), or somebody
 * with an array of events or one event.
 */
export function readIngestBatch(event: unknown): IngestBatch {
  if (!isFields(event)) return direct(event);
  if (Array.isArray(event.Records)) return fromRecords(event.Records);
  if ('detail-type' in event) {
    return { source: 'eventbridge', messages: [{ id: text(event.id), records: givenRecords(event.detail) }] };
  }
  if (isFields(event.requestContext)) return { source: 'http', messages: [fromHttp(event)] };
  return direct('events' in event ? event.events : event);
}

const direct = (value: unknown): IngestBatch => ({
  source: 'direct',
  messages: [{ id: '0', records: givenRecords(value) }],
});

/** A record of an unknown source has neither body nor data: it is refused like any event that is none. */
function fromRecords(records: readonly unknown[]): IngestBatch {
  const all = records.map((record): Fields => (isFields(record) ? record : {}));
  const source = sources.get(text(all.find(({ eventSource }) => eventSource !== undefined)?.eventSource));
  if (source === 'kinesis') {
    return {
      source,
      messages: all.map(({ kinesis }) => {
        const { sequenceNumber, data } = isFields(kinesis) ? kinesis : {};
        return { id: text(sequenceNumber), records: readEncodedRecords(data) };
      }),
    };
  }
  if (source === undefined && all.some(({ messageId }) => messageId === undefined)) return direct(records);
  return {
    source: 'sqs',
    messages: all.map(({ messageId, body }) => ({ id: text(messageId), records: readRecords(body) })),
  };
}

const sources: ReadonlyMap<string, 'sqs' | 'kinesis'> = new Map([
  ['aws:sqs', 'sqs'],
  ['aws:kinesis', 'kinesis'],
]);

function fromHttp({ body, isBase64Encoded }: Fields): IngestMessage {
  return { id: '0', records: isBase64Encoded === true ? readEncodedRecords(body) : readRecords(body) };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  /** The record as it came; its text where it could not be read. It goes to the queue and nowhere else. */
  readonly record: unknown;
}

/** What became of a batch. */
export interface IngestOutcome {
  readonly accepted: number;
  readonly rejects: readonly Reject[];
  /** Messages with an event that was not delivered. They must come again. */
  readonly undeliveredMessages: ReadonlySet<string>;
  /** Messages with a reject that nobody keeps: there is no queue for rejects, or it did not take it. */
  readonly unkeptMessages: ReadonlySet<string>;
  readonly requestsSent: number;
}

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
