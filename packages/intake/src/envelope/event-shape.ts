import {
  base64Body,
  isFields,
  textBody,
  textOf,
  type Fields,
  type MessageBody,
  type Shape,
  type ShapeMessage,
} from './message-shape.js';
import { objectBody, shapeOfBroker, shapeOfPiped, shapeOfRecords } from './records-shape.js';

/**
 * The envelope that a value is, taken apart by one step: `undefined` where it is none, so a record; `unknown` where it
 * comes from a service of AWS whose form is not known.
 */
export function shapeOf(value: unknown): Shape | 'unknown' | undefined {
  if (Array.isArray(value)) return shapeOfPiped(value);
  if (!isFields(value)) return undefined;
  if (Array.isArray(value.Records)) return shapeOfRecords(value.Records);
  if (isFields(value.awslogs)) {
    return { kind: 'logs', messages: [{ id: '0', body: base64Body(value.awslogs.data), of: value }] };
  }
  for (const read of single) {
    const shape = read(value);
    if (shape !== undefined) return shape;
  }
  return typeof value.eventSource === 'string' && value.eventSource.startsWith('aws:')
    ? 'unknown'
    : undefined;
}

/** Envelopes that one object is, each by fields that only it has. */
const single: readonly ((value: Fields) => Shape | undefined)[] = [
  shapeOfBroker,
  logEvents,
  firehose,
  notification,
  eventBridge,
  destination,
  door,
  reject,
];

/** What CloudWatch Logs compresses. `CONTROL_MESSAGE` is its probe for whether somebody listens. */
function logEvents(value: Fields): Shape | undefined {
  const { messageType, logEvents: events } = value;
  if (!Array.isArray(events) || typeof messageType !== 'string') return undefined;
  if (messageType === 'CONTROL_MESSAGE') return one('logs', '0', { is: 'control', what: messageType }, value);
  if (messageType !== 'DATA_MESSAGE') return undefined;
  return {
    kind: 'logs',
    messages: events.map((event: unknown): ShapeMessage => {
      const { id, message } = isFields(event) ? event : {};
      return { id: textOf(id), body: textBody(message), of: event };
    }),
  };
}

/** What a delivery stream has transformed. */
function firehose({ invocationId, deliveryStreamArn, records }: Fields): Shape | undefined {
  if (typeof invocationId !== 'string' || typeof deliveryStreamArn !== 'string') return undefined;
  if (!Array.isArray(records)) return undefined;
  return {
    kind: 'firehose',
    messages: records.map((record: unknown): ShapeMessage => {
      const { recordId, data } = isFields(record) ? record : {};
      return { id: textOf(recordId), body: base64Body(data), of: record };
    }),
  };
}

/** What SNS puts into a queue or posts, and the message by which S3 tries a queue or topic. */
function notification(value: Fields): Shape | undefined {
  if (value.Service === 'Amazon S3' && value.Event === 's3:TestEvent') {
    return one('s3', '0', { is: 'control', what: 's3:TestEvent' }, value);
  }
  if (value.Type !== 'Notification' || typeof value.TopicArn !== 'string') return undefined;
  return one('sns', textOf(value.MessageId), textBody(value.Message), value);
}

function eventBridge(value: Fields): Shape | undefined {
  if (typeof value['detail-type'] !== 'string' || !('detail' in value)) return undefined;
  const { source, detail } = value;
  const id = textOf(value.id);
  if (source !== 'aws.s3' || !isFields(detail)) {
    return one('eventbridge', id, { is: 'value', value: detail }, value);
  }
  const { bucket, object } = detail;
  // Here a key is plain.
  const body = objectBody({
    isNew: value['detail-type'] === 'Object Created',
    bucket: isFields(bucket) ? textOf(bucket.name) : '',
    key: isFields(object) ? textOf(object.key) : '',
    versionId: isFields(object) ? textOf(object['version-id']) : '',
  });
  return one('eventbridge', id, body, value);
}

/** What Lambda writes of an asynchronous invocation that failed: the event is in it. */
function destination(value: Fields): Shape | undefined {
  if (!('requestPayload' in value) || !isFields(value.requestContext)) return undefined;
  const id = textOf(value.requestContext.requestId);
  return one('destination', id, { is: 'value', value: value.requestPayload }, value);
}

/** What the webhook door of this project puts into the queue. */
function door(value: Fields): Shape | undefined {
  const { sender, contentType } = value;
  if (value.door !== 1 || typeof sender !== 'string') return undefined;
  const hints = { contentType: textOf(contentType) };
  if (typeof value.text === 'string') return one('door', '0', textBody(value.text, hints), value);
  return typeof value.base64 === 'string'
    ? one('door', '0', base64Body(value.base64, hints), value)
    : undefined;
}

/** A reject of this project that is sent again. */
function reject(value: Fields): Shape | undefined {
  const { raw, code } = value;
  if (value.reject !== 1 || typeof code !== 'string' || !isFields(raw)) return undefined;
  if (typeof raw.text === 'string') return one('reject', '0', textBody(raw.text), value);
  if (typeof raw.base64 === 'string') return one('reject', '0', base64Body(raw.base64), value);
  if (!isFields(raw.object)) return undefined;
  const { bucket, key } = raw.object;
  const body = objectBody({ isNew: true, bucket: textOf(bucket), key: textOf(key), versionId: '' });
  return one('reject', '0', body, value);
}

const one = (kind: Shape['kind'], id: string, body: MessageBody, of: unknown): Shape => ({
  kind,
  messages: [{ id, body, of }],
});
