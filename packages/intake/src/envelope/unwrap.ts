import { stringifyJson } from '@store/foundation';
import type { EnvelopePart, RawPart } from './envelope-part.js';
import { shapeOf } from './event-shape.js';
import { isHttpRequest, requestMessage } from './http-request.js';
import { intakeLimits } from './intake-limits.js';
import { isFields, type ShapeKind, type ShapeMessage } from './message-shape.js';
import { beginReading, messageParts, type BodyOptions, type Reading } from './read-body.js';
import { tooMany } from './refusals.js';

/** What an event came in. */
export type EnvelopeSource = ShapeKind | 'http' | 'direct' | 'unknown';

/**
 * What a source understands as an answer. `batch`: the ids of the messages that must come again. `http`: a status.
 * `firehose`: each record, transformed. `summary`: whoever called reads it. `throw`: nobody reads an answer, so that
 * what is not done must fail the invocation.
 */
export type EnvelopeAnswer = 'batch' | 'http' | 'firehose' | 'summary' | 'throw';

/** One message of an envelope. */
export interface EnvelopeMessage {
  /** What the source calls it: a message id, a sequence number, a record id; empty where it has none. */
  readonly id: string;
  /** What was found in it, in order. */
  readonly parts: readonly EnvelopePart[];
  /** The message as it came, whole. */
  readonly raw: () => RawPart;
}

/** An event, taken apart. */
export interface Envelope {
  /** What the event came in. */
  readonly source: EnvelopeSource;
  /** What the source understands as an answer. */
  readonly answer: EnvelopeAnswer;
  /** The messages of the event, in order. */
  readonly messages: readonly EnvelopeMessage[];
}

/**
 * Takes an event of Lambda apart, as deep as services have wrapped it: SQS, SNS, Kinesis (gzip, KPL aggregates), DynamoDB
 * streams, S3 notifications, EventBridge, Kafka, Amazon MQ, arrays of EventBridge Pipes, CloudWatch Logs, Firehose
 * transformations, HTTP, and records by themselves. Every byte of it is in a part: a record, an object to read, or a
 * refused part that is kept in full. It throws nothing. Of `unknown` nothing may be answered but a failure.
 *
 * @example
 * ```ts
 * import { unwrap } from '@store/intake';
 *
 * const notification = { Type: 'Notification', TopicArn: 'arn:aws:sns:…', MessageId: 'n', Message: '{"store_id":"S1"}' };
 * const { source, messages } = unwrap({
 *   Records: [{ eventSource: 'aws:sqs', messageId: 'm', body: JSON.stringify(notification) }],
 * });
 * console.log(source, messages[0]?.parts[0]?.place); // sqs sqs[0]/sns[0]
 * ```
 */
export function unwrap(event: unknown, options: BodyOptions = {}): Envelope {
  const reading = beginReading(intakeLimits.records, options);
  if (isFields(event) && isHttpRequest(event))
    return envelope('http', 'http', [requestMessage(event)], reading);
  const shape = shapeOf(event);
  if (shape === 'unknown') return { source: 'unknown', answer: 'throw', messages: [] };
  if (shape !== undefined) {
    return envelope(shape.kind, answerOf(shape.kind, event), shape.messages, reading);
  }
  // A caller by hand may put records beside something else.
  const value = isFields(event) && 'events' in event ? event.events : event;
  const records = isFields(value) && Array.isArray(value.Records) ? value.Records : value;
  const body: ShapeMessage['body'] =
    typeof records === 'string' ? { is: 'text', text: records } : { is: 'value', value: records };
  const items: readonly unknown[] | undefined = Array.isArray(records) ? records : undefined;
  if (items === undefined) return envelope('direct', 'summary', [{ id: '0', body, of: event }], reading);
  // One message of many values: each is judged, and too deep, by itself.
  const parts = items.flatMap((item, index) =>
    messageParts({ id: '0', body: { is: 'value', value: item }, of: item }, `direct[${index}]`, reading, 0),
  );
  const raw = (): RawPart => ({ text: stringifyJson(event ?? null) });
  const kept = reading.left < 0 ? [tooMany('direct', reading, raw())] : parts;
  return { source: 'direct', answer: 'summary', messages: [{ id: '0', parts: kept, raw }] };
}

function envelope(
  source: EnvelopeSource,
  answer: EnvelopeAnswer,
  messages: readonly ShapeMessage[],
  reading: Reading,
): Envelope {
  return {
    source,
    answer,
    messages: messages.map((message, index): EnvelopeMessage => {
      reading.left = reading.most;
      const place = `${source}[${index}]`;
      const parts = messageParts(message, place, reading, 0);
      const raw = (): RawPart => rawBody(message);
      return { id: message.id, parts: reading.left < 0 ? [tooMany(place, reading, raw())] : parts, raw };
    }),
  };
}

/** What a source sent: the body of its message where it has one, else the message. */
function rawBody({ body, of }: ShapeMessage): RawPart {
  if (body.is === 'text') return { text: body.text };
  return body.is === 'base64' ? { base64: body.data } : { text: stringifyJson(of ?? null) };
}

/** Only a poller reads which messages failed; Kafka's and the brokers' know the whole batch alone. */
function answerOf(kind: ShapeKind, event: unknown): EnvelopeAnswer {
  if (kind === 'firehose') return 'firehose';
  const isPolled = Array.isArray(event) || (isFields(event) && Array.isArray(event.Records));
  return isPolled && (kind === 'sqs' || kind === 'kinesis' || kind === 'dynamodb') ? 'batch' : 'throw';
}
