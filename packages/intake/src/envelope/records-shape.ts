import {
  base64Body,
  isFields,
  textBody,
  textOf,
  type Fields,
  type MessageBody,
  type Shape,
  type ShapeKind,
  type ShapeMessage,
} from './message-shape.js';

/** How one message of a service that sends `Records`, or a pipe's array, is taken apart. */
interface Reader {
  readonly kind: ShapeKind;
  /** From an event source mapping or a notification. */
  readonly record: (record: Fields) => Omit<ShapeMessage, 'of'>;
  /** From EventBridge Pipes, where it differs. */
  readonly piped?: (record: Fields) => Omit<ShapeMessage, 'of'>;
}

const sqs: Reader = {
  kind: 'sqs',
  record: ({ messageId, body }) => ({ id: textOf(messageId), body: textBody(body) }),
};

/** A stream's checkpoint is a sequence number; a pipe asks for the id of the event (EventBridge Pipes, partial batch failure). */
const kinesis: Reader = {
  kind: 'kinesis',
  record: ({ kinesis: record }) => {
    const { sequenceNumber, data } = isFields(record) ? record : {};
    return { id: textOf(sequenceNumber), body: base64Body(data) };
  },
  piped: ({ eventID, data }) => ({ id: textOf(eventID), body: base64Body(data) }),
};

const dynamodb: Reader = {
  kind: 'dynamodb',
  record: ({ dynamodb: change }) => ({
    id: isFields(change) ? textOf(change.SequenceNumber) : '',
    body: imageBody(change),
  }),
  piped: ({ eventID, dynamodb: change }) => ({ id: textOf(eventID), body: imageBody(change) }),
};

function imageBody(change: unknown): MessageBody {
  const image = isFields(change) ? change.NewImage : undefined;
  if (isFields(image)) return { is: 'item', item: image };
  return {
    is: 'refused',
    code: 'NO_NEW_IMAGE',
    message: 'Expected NewImage: a removal has none, nor has a stream of keys or old images.',
  };
}

const sns: Reader = {
  kind: 'sns',
  record: ({ Sns }) => {
    const { MessageId, Message } = isFields(Sns) ? Sns : {};
    return { id: textOf(MessageId), body: textBody(Message) };
  },
};

const s3: Reader = {
  kind: 's3',
  record: ({ eventName, s3: notice }) => {
    const { bucket, object } = isFields(notice) ? notice : {};
    const { key, versionId } = isFields(object) ? object : {};
    return {
      id: isFields(object) ? textOf(object.sequencer) : '',
      body: objectBody({
        isNew: /^(s3:)?ObjectCreated:/.test(textOf(eventName)),
        bucket: isFields(bucket) ? textOf(bucket.name) : '',
        // Notifications write a key as a form does; a percent sign that is none of a form's stays undecoded.
        key: formDecoded(textOf(key)),
        versionId: textOf(versionId),
      }),
    };
  },
};

/** The object that a notification names, if it was written. */
export function objectBody(named: {
  readonly isNew: boolean;
  readonly bucket: string;
  readonly key: string | undefined;
  readonly versionId: string;
}): MessageBody {
  const { isNew, bucket, key, versionId } = named;
  if (isNew && bucket !== '' && key !== undefined && key !== '') {
    return { is: 'object', bucket, key, versionId: versionId === '' ? undefined : versionId };
  }
  const message = 'Expected a notification of a written object, with its bucket and its key.';
  return { is: 'refused', code: 'NO_OBJECT', message };
}

function formDecoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    // A URIError says no more than that: the notification is refused, whole.
    return undefined;
  }
}

const kafka: Reader = {
  kind: 'kafka',
  record: ({ topic, partition, offset, value }) => ({
    id: `${textOf(topic)}-${textOf(partition)}-${textOf(offset)}`,
    body: base64Body(value),
  }),
};

const activemq: Reader = {
  kind: 'activemq',
  record: ({ messageID, data }) => ({ id: textOf(messageID), body: base64Body(data) }),
};

const rabbitmq: Reader = {
  kind: 'rabbitmq',
  record: ({ basicProperties, data }) => {
    const { messageId, contentType, contentEncoding } = isFields(basicProperties) ? basicProperties : {};
    const hints = { contentType: textOf(contentType), contentEncoding: textOf(contentEncoding) };
    return { id: textOf(messageId), body: base64Body(data, hints) };
  },
};

/** By the name that each service gives itself. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ['aws:sqs', sqs],
  ['aws:sns', sns],
  ['aws:kinesis', kinesis],
  ['aws:dynamodb', dynamodb],
  ['aws:s3', s3],
  ['aws:kafka', kafka],
  ['SelfManagedKafka', kafka],
  ['aws:mq', activemq],
  ['aws:amq', activemq],
  ['aws:rmq', rabbitmq],
]);

const sourceOf = (record: Fields): string => textOf(record.eventSource ?? record.EventSource);

/** True for the name of a service of AWS, known or not. */
const isService = (name: string): boolean => /^aws:/i.test(name) || name === 'SelfManagedKafka';

/**
 * The messages of an event's `Records`. `unknown` where a service sends them that is not known, or several do;
 * `undefined` where no service does.
 */
export function shapeOfRecords(records: readonly unknown[]): Shape | 'unknown' | undefined {
  const all = records.map((record): Fields => (isFields(record) ? record : {}));
  const names = new Set(all.map(sourceOf).filter((name) => name !== ''));
  const [name] = names;
  if (name === undefined) {
    // What calls by hand in the form of SQS leaves the name out at times.
    const isSqs =
      all.length > 0 && all.every(({ messageId, body }) => messageId !== undefined && body !== undefined);
    return isSqs ? shape(sqs, records, sqs.record) : undefined;
  }
  if (names.size > 1) return [...names].some(isService) ? 'unknown' : undefined;
  const reader = readers.get(name);
  if (reader === undefined) return isService(name) ? 'unknown' : undefined;
  return shape(reader, records, reader.record);
}

/** The messages of a pipe's array, as {@link shapeOfRecords} has them. */
export function shapeOfPiped(items: readonly unknown[]): Shape | 'unknown' | undefined {
  const names = new Set(items.map((item) => (isFields(item) ? sourceOf(item) : '')));
  const [name = ''] = names;
  if (![...names].some(isService)) return undefined;
  const reader = names.size === 1 ? readers.get(name) : undefined;
  if (reader === undefined || reader.kind === 'sns' || reader.kind === 's3') return 'unknown';
  return shape(reader, items, reader.piped ?? reader.record);
}

function shape(reader: Reader, records: readonly unknown[], read: Reader['record']): Shape {
  return {
    kind: reader.kind,
    messages: records.map((record) => ({ ...read(isFields(record) ? record : {}), of: record })),
  };
}

/** The messages of an event of Kafka or Amazon MQ, whose source is above the records. */
export function shapeOfBroker(event: Fields): Shape | undefined {
  const reader = readers.get(textOf(event.eventSource));
  if (reader?.kind === 'kafka' && isFields(event.records)) {
    return shape(reader, Object.values(event.records).flatMap(listOf), reader.record);
  }
  if (reader?.kind === 'activemq' && Array.isArray(event.messages)) {
    return shape(reader, event.messages, reader.record);
  }
  if (reader?.kind === 'rabbitmq' && isFields(event.rmqMessagesByQueue)) {
    return shape(reader, Object.values(event.rmqMessagesByQueue).flatMap(listOf), reader.record);
  }
  // DynamoDB through a Kinesis stream: one change, by itself.
  if (reader?.kind === 'dynamodb' && isFields(event.dynamodb)) return shape(reader, [event], reader.record);
  return undefined;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
