import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intakeLimits, rawOf, readBody, unwrap, type EnvelopePart } from '../src/index.js';
import { shapeKinds } from '../src/envelope/message-shape.js';
import { accountFor, aggregate, plans } from './envelope-fuzz.js';

const record = '{"store_id":"S1"}';
const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const partsOf = (event: unknown): readonly EnvelopePart[] =>
  unwrap(event).messages.flatMap(({ parts }) => parts);
const sqs = (body: unknown): object => ({ Records: [{ eventSource: 'aws:sqs', messageId: 'm', body }] });
const http = (body: unknown, headers: object, more: object = {}): object => ({
  requestContext: { http: { method: 'POST' } },
  headers,
  body,
  ...more,
});
const logs = (message: object): string => base64(gzipSync(JSON.stringify(message)));
const data = { messageType: 'DATA_MESSAGE', logEvents: [{ id: '1', message: record }] };

test('the README names every envelope, and what it is answered', () => {
  const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, section = ''] = /## Envelopes\n([\s\S]*?)\n## /.exec(page) ?? [];
  const rows = [...section.matchAll(/^\| `(\w+)` .*\| `(\w+)` +\|$/gm)].map(([, name, answer]) => [
    name,
    answer,
  ]);
  expect(rows.map(([name]) => name).sort()).toEqual([...shapeKinds, 'http', 'direct'].sort());
  const samples: Readonly<Record<string, unknown>> = {
    sqs: sqs(record),
    kinesis: { Records: [{ eventSource: 'aws:kinesis' }] },
    dynamodb: [{ eventSource: 'aws:dynamodb' }],
    sns: { Records: [{ EventSource: 'aws:sns' }] },
    s3: { Records: [{ eventSource: 'aws:s3' }] },
    eventbridge: { 'detail-type': 'x', detail: {} },
    kafka: { eventSource: 'aws:kafka', records: {} },
    activemq: { eventSource: 'aws:mq', messages: [] },
    rabbitmq: { eventSource: 'aws:rmq', rmqMessagesByQueue: {} },
    logs: { awslogs: {} },
    firehose: { invocationId: 'i', deliveryStreamArn: 'a', records: [] },
    http: http(record, {}),
    destination: { requestContext: {}, requestPayload: {} },
    door: { door: 1, sender: 'x', text: record },
    reject: { reject: 1, code: 'X', raw: { text: record } },
    direct: { store_id: 'S1' },
  };
  for (const [name = '', answer] of rows) {
    expect(unwrap(samples[name]), name).toMatchObject({ source: name, answer });
  }
});

describe('every envelope gives its record, its place, and what its source calls it', () => {
  const kafka = { 'stock-0': [{ topic: 'stock', partition: 0, offset: 7, value: base64(record) }] };
  const change = { SequenceNumber: '9', NewImage: { store_id: { S: 'S1' } } };
  const sns = { Type: 'Notification', TopicArn: 'arn', MessageId: 'n', Message: record };
  test.each<[string, unknown, string, string, string]>([
    ['sqs', sqs(record), 'batch', 'm', 'sqs[0]'],
    ['sqs', [{ eventSource: 'aws:sqs', messageId: 'm', body: record }], 'batch', 'm', 'sqs[0]'],
    ['sqs', sqs(JSON.stringify(sns)), 'batch', 'm', 'sqs[0]/sns[0]'],
    [
      'sqs',
      sqs(JSON.stringify({ 'detail-type': 'x', detail: { store_id: 'S1' } })),
      'batch',
      'm',
      'sqs[0]/eventbridge[0]',
    ],
    ['sqs', sqs(JSON.stringify(sqs(record))), 'batch', 'm', 'sqs[0]/sqs[0]'],
    [
      'sqs',
      sqs(JSON.stringify({ requestContext: {}, requestPayload: { store_id: 'S1' } })),
      'batch',
      'm',
      'sqs[0]/destination[0]',
    ],
    [
      'sqs',
      sqs(JSON.stringify({ door: 1, sender: 'shopify', text: record })),
      'batch',
      'm',
      'sqs[0]/door[0]',
    ],
    [
      'sqs',
      sqs(JSON.stringify({ reject: 1, code: 'MISSING', raw: { text: record } })),
      'batch',
      'm',
      'sqs[0]/reject[0]',
    ],
    [
      'sns',
      { Records: [{ EventSource: 'aws:sns', Sns: { MessageId: 'n', Message: record } }] },
      'throw',
      'n',
      'sns[0]',
    ],
    [
      'kinesis',
      { Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '4', data: base64(record) } }] },
      'batch',
      '4',
      'kinesis[0]',
    ],
    [
      'kinesis',
      [{ eventSource: 'aws:kinesis', eventID: 'shard:4', data: base64(gzipSync(record)) }],
      'batch',
      'shard:4',
      'kinesis[0]',
    ],
    [
      'kinesis',
      [{ eventSource: 'aws:kinesis', eventID: 'e', data: base64(aggregate([gzipSync(record)])) }],
      'batch',
      'e',
      'kinesis[0]/aggregate[0]',
    ],
    [
      'kinesis',
      [{ eventSource: 'aws:kinesis', eventID: 'e', data: logs(data) }],
      'batch',
      'e',
      'kinesis[0]/logs[0]',
    ],
    [
      'dynamodb',
      { Records: [{ eventSource: 'aws:dynamodb', dynamodb: change }] },
      'batch',
      '9',
      'dynamodb[0]',
    ],
    [
      'dynamodb',
      [{ eventSource: 'aws:dynamodb', eventID: 'e', dynamodb: change }],
      'batch',
      'e',
      'dynamodb[0]',
    ],
    [
      'eventbridge',
      { 'detail-type': 'x', id: 'e', detail: { store_id: 'S1' } },
      'throw',
      'e',
      'eventbridge[0]',
    ],
    ['kafka', { eventSource: 'aws:kafka', records: kafka }, 'throw', 'stock-0-7', 'kafka[0]'],
    ['kafka', { eventSource: 'SelfManagedKafka', records: kafka }, 'throw', 'stock-0-7', 'kafka[0]'],
    [
      'activemq',
      { eventSource: 'aws:mq', messages: [{ messageID: 'i', data: base64(record) }] },
      'throw',
      'i',
      'activemq[0]',
    ],
    [
      'rabbitmq',
      {
        eventSource: 'aws:rmq',
        rmqMessagesByQueue: { 'q::/': [{ basicProperties: {}, data: base64(record) }] },
      },
      'throw',
      '',
      'rabbitmq[0]',
    ],
    ['logs', { awslogs: { data: logs(data) } }, 'throw', '0', 'logs[0]/logs[0]'],
    [
      'firehose',
      { invocationId: 'i', deliveryStreamArn: 'a', records: [{ recordId: 'r', data: base64(record) }] },
      'firehose',
      'r',
      'firehose[0]',
    ],
    ['http', http(record, {}), 'http', '0', 'http[0]'],
    [
      'http',
      {
        httpMethod: 'POST',
        requestContext: { elb: {} },
        multiValueHeaders: { 'content-encoding': ['gzip'] },
        isBase64Encoded: true,
        body: base64(gzipSync(record)),
      },
      'http',
      '0',
      'http[0]',
    ],
    [
      'http',
      http(base64(deflateSync(record)), { 'Content-Encoding': 'deflate' }, { isBase64Encoded: true }),
      'http',
      '0',
      'http[0]',
    ],
    [
      'http',
      http(`\ufeff[${record}]`, { 'content-type': 'application/vnd.api+json; charset=UTF-8' }),
      'http',
      '0',
      'http[0]',
    ],
    [
      'http',
      http('store_id=S1', { 'content-type': 'application/x-www-form-urlencoded' }),
      'http',
      '0',
      'http[0]',
    ],
    ['direct', { store_id: 'S1' }, 'summary', '0', 'direct[0]'],
    ['direct', { events: [{ store_id: 'S1' }] }, 'summary', '0', 'direct[0]'],
    ['direct', record, 'summary', '0', 'direct[0]'],
  ])('%s', (source, event, answer, id, place) => {
    const envelope = unwrap(event);
    expect(envelope).toMatchObject({ source, answer, messages: [{ id }] });
    expect(envelope.messages[0]?.parts).toMatchObject([{ kind: 'record', place, value: { store_id: 'S1' } }]);
  });

  test('a notification of S3 names its object: its key is a form’s, that of EventBridge is plain', () => {
    const s3 = { bucket: { name: 'b' }, object: { key: 'M%C3%A4rz+list.csv', versionId: 'v' } };
    const written = { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] };
    const object = { kind: 'object', bucket: 'b', key: 'März list.csv', versionId: 'v' };
    expect(partsOf(written)).toMatchObject([object]);
    expect(partsOf(sqs(JSON.stringify(written)))).toMatchObject([object]);
    const detail = { bucket: { name: 'b' }, object: { key: 'a+b.csv' } };
    const plain = { source: 'aws.s3', 'detail-type': 'Object Created', detail };
    expect(partsOf(plain)).toMatchObject([{ kind: 'object', key: 'a+b.csv' }]);
    const gone = { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectRemoved:Delete', s3 }] };
    expect(partsOf(gone)).toMatchObject([{ kind: 'refused', code: 'NO_OBJECT' }]);
  });

  test('a service’s own probe is no record, and a service that is not known is never done', () => {
    const probe = { messageType: 'CONTROL_MESSAGE', logEvents: [{ id: '', message: 'CWL CONTROL MESSAGE' }] };
    expect(partsOf({ awslogs: { data: logs(probe) } })).toMatchObject([{ kind: 'control' }]);
    const trial = { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' };
    expect(partsOf(sqs(JSON.stringify(trial)))).toMatchObject([{ kind: 'control' }]);
    for (const event of [
      { Records: [{ eventSource: 'aws:ses' }] },
      { Records: [{ eventSource: 'aws:sqs', messageId: 'm', body: '{}' }, { eventSource: 'aws:kinesis' }] },
      [{ eventSource: 'aws:codecommit' }],
      { eventSource: 'aws:new', records: {} },
    ]) {
      expect(unwrap(event)).toMatchObject({ source: 'unknown', answer: 'throw', messages: [] });
    }
  });

  test('rows below a header are records, and a row by itself can be read again', () => {
    const rows = 'store_id;stock\r\nS1;7\r\n\r\nS2\r\n;\r\n"S;3";8\r\n';
    for (const event of [
      sqs(rows),
      http(base64(gzipSync(rows)), { 'content-type': 'text/csv' }, { isBase64Encoded: true }),
      http(
        base64(Buffer.from(`\ufeff${rows}`, 'utf16le')),
        { 'content-type': 'text/csv' },
        { isBase64Encoded: true },
      ),
    ]) {
      const parts = partsOf(event);
      expect(parts).toMatchObject([
        { kind: 'record', value: { store_id: 'S1', stock: '7' } },
        { kind: 'refused', code: 'NOT_CSV', raw: { text: 'store_id;stock\nS2\r\n' } },
        { kind: 'control' },
        { kind: 'record', value: { store_id: 'S;3', stock: '8' } },
      ]);
      const again = parts.map(rawOf)[3];
      expect(partsOf(sqs(again !== undefined && 'text' in again ? again.text : ''))).toMatchObject([
        { kind: 'record', value: { store_id: 'S;3', stock: '8' } },
      ]);
    }
    const latin = Buffer.from('store_id,city\nS1,Malm\u00f6\n', 'latin1');
    expect(readBody(latin, { name: 'x.csv' })).toMatchObject([
      { code: 'INVALID_UTF8', raw: { base64: base64(latin) } },
    ]);
    const named = [{ contentType: 'text/csv; charset=windows-1252' }, {}] as const;
    expect(readBody(latin, named[0])).toMatchObject([{ value: { city: 'Malmö' } }]);
    expect(readBody(latin, named[1], 'object', { encoding: 'windows-1252' })).toMatchObject([
      { value: { city: 'Malmö' } },
    ]);
    for (const text of ['a,a\n1,2\n', 'a,b\n1,\0\n']) {
      expect(readBody(Buffer.from(text), { name: 'x.csv' })).toMatchObject([
        { code: 'NOT_CSV', raw: { text } },
      ]);
    }
    // A first line of words does not make rows of the records below it.
    expect(partsOf(sqs(`Hello, all.\n${record}`))).toMatchObject([{ code: 'NOT_JSON' }, { kind: 'record' }]);
  });

  test('numbers of DynamoDB keep their digits, and a change without a new image is kept', () => {
    const image = (change: object): readonly EnvelopePart[] =>
      partsOf({ Records: [{ eventSource: 'aws:dynamodb', dynamodb: change }] });
    const NewImage = {
      n: { N: '12.50' },
      id: { N: '12345678901234567890' },
      tags: { L: [{ S: 'a' }, { NULL: true }, { BOOL: false }] },
      place: { M: { city: { S: 'Oslo' } } },
    };
    const [part] = image({ NewImage });
    expect(part === undefined ? '' : rawOf(part)).toEqual({
      text: '{"n":12.50,"id":12345678901234567890,"tags":["a",null,false],"place":{"city":"Oslo"}}',
    });
    expect(image({ Keys: { id: { S: 'x' } } })).toMatchObject([{ code: 'NO_NEW_IMAGE' }]);
  });
});

test('ten thousand envelopes, a share of them here: no byte is nowhere', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(accountFor(plan).lost).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test('any JSON at all is taken apart without a throw', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('aws:sqs', 'aws:s3', 'aws:kinesis', 'aws:dynamodb'),
      (value, eventSource) => {
        unwrap(value);
        unwrap({
          Records: [value, { eventSource, s3: value, dynamodb: value, kinesis: value, body: value }],
        });
        unwrap({ requestContext: {}, headers: value, body: value });
      },
    ),
    { numRuns: 300 },
  );
  const deep: unknown = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
  const nested: unknown = JSON.parse(`${'{"M":'.repeat(5000)}1${'}'.repeat(5000)}`);
  for (const event of [
    [{ store_id: 'S1' }, deep],
    { 'detail-type': 'x', detail: deep },
    { Records: [{ eventSource: 'aws:dynamodb', dynamodb: { NewImage: { a: nested } } }] },
  ]) {
    expect(partsOf(event).at(-1)).toMatchObject({ kind: 'refused', code: 'TOO_DEEP' });
  }
});

describe('what claims too much is kept in full', () => {
  const whole = (body: string, code: string): void => {
    const parts = partsOf(sqs(body));
    expect(parts).toMatchObject([{ kind: 'refused', code }]);
    expect(parts[0] === undefined ? undefined : rawOf(parts[0])).toEqual({ text: body });
  };
  const binary = (bytes: Buffer, code: string): void => {
    const parts = partsOf([{ eventSource: 'aws:kinesis', eventID: 'e', data: base64(bytes) }]);
    expect(parts).toMatchObject([{ kind: 'refused', code, raw: { base64: base64(bytes) } }]);
  };

  test('records of a message and of an aggregate', () => {
    whole('1\n'.repeat(intakeLimits.records + 1), 'TOO_MANY_RECORDS');
    expect(partsOf(sqs('1\n'.repeat(intakeLimits.records)))).toHaveLength(intakeLimits.records);
    const one = Buffer.from([0x1a, 4, 8, 0, 0x1a, 0]);
    const many = aggregate([]).subarray(4, -16);
    const body = Buffer.concat([many, Buffer.alloc(one.length * (intakeLimits.aggregatedRecords + 1), one)]);
    const parts = readBody(aggregateOf(body));
    expect(parts).toMatchObject([{ kind: 'refused', code: 'TOO_MANY_RECORDS' }]);
    expect(readBody(Buffer.from('1\n'.repeat(intakeLimits.objectRecords + 1)))).toMatchObject([
      { code: 'TOO_MANY_RECORDS' },
    ]);
  });

  test('envelopes and compressions within each other', () => {
    let body = record;
    for (let depth = 0; depth < intakeLimits.envelopeDepth; depth++) {
      body = JSON.stringify({ door: 1, sender: 's', text: body });
    }
    expect(partsOf(sqs(body))).toMatchObject([{ kind: 'record', value: { store_id: 'S1' } }]);
    const parts = partsOf(sqs(JSON.stringify({ door: 1, sender: 's', text: body })));
    expect(parts).toMatchObject([
      {
        kind: 'refused',
        code: 'TOO_NESTED',
        raw: { text: JSON.stringify({ door: 1, sender: 's', text: record }) },
      },
    ]);
    let bytes: Buffer = Buffer.from(record);
    for (let depth = 0; depth < intakeLimits.compressionDepth; depth++) bytes = gzipSync(bytes);
    expect(readBody(bytes)).toMatchObject([{ kind: 'record' }]);
    binary(gzipSync(bytes), 'TOO_LARGE');
  });

  test('what compressed bytes become', () => {
    const zeros = Buffer.alloc(2 * 1024 * 1024, '1\n');
    expect(zeros.length).toBeGreaterThan(gzipSync(zeros).length * intakeLimits.expansion);
    binary(gzipSync(zeros), 'TOO_LARGE');
    binary(Buffer.concat([gzipSync(record), Buffer.from([0, 0])]), 'DAMAGED');
    binary(gzipSync(record).subarray(0, -4), 'DAMAGED');
    // All parts of an event share what they may become.
    const noise = Buffer.from(
      `"${randomBytes(8 * 1024)
        .toString('hex')
        .repeat(1024)}"`,
    );
    const item = { eventSource: 'aws:kinesis', eventID: 'e', data: base64(gzipSync(noise, { level: 1 })) };
    const times = Math.ceil(intakeLimits.unpackedBytes / noise.length);
    const codes = partsOf(Array.from({ length: times }, () => item)).map((part) =>
      part.kind === 'refused' ? part.code : part.kind,
    );
    expect(codes.slice(0, -1)).toEqual(Array.from({ length: times - 1 }, () => 'record'));
    expect(codes.at(-1)).toBe('TOO_LARGE');
  });
});

/** An aggregate whose checksum holds over any bytes. */
function aggregateOf(body: Buffer): Buffer {
  const digest = createHash('md5').update(body).digest();
  return Buffer.concat([Buffer.from([0xf3, 0x89, 0x9a, 0xc2]), body, digest]);
}

test('bytes that only look like an aggregate are an ordinary record; one that is broken inside is kept', () => {
  const wrong = aggregate([Buffer.from(record)]);
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
  for (const [bytes, code] of [
    [wrong, 'INVALID_UTF8'],
    [aggregateOf(Buffer.from([0x1a, 200])), 'DAMAGED'],
    [aggregateOf(Buffer.from([0x22, 1, 65])), 'DAMAGED'],
    [aggregateOf(Buffer.from([0x1a, 6, 0x1a, 1, 65, 0x1a, 1, 66])), 'DAMAGED'],
  ] as const) {
    const data = base64(bytes);
    expect(partsOf([{ eventSource: 'aws:kinesis', eventID: 'e', data }])).toMatchObject([
      { kind: 'refused', code, raw: { base64: data } },
    ]);
  }
});

test.each([
  [http('<a/>', { 'content-type': 'application/xml' }), 'UNSUPPORTED_TYPE'],
  [http(base64('x'), { 'content-encoding': 'zstd' }, { isBase64Encoded: true }), 'UNSUPPORTED_TYPE'],
  [http(record, { 'content-encoding': 'gzip' }), 'DAMAGED'],
  [http(undefined, {}), 'NO_BODY'],
  [http('a=%zz', { 'content-type': 'application/x-www-form-urlencoded' }), 'DAMAGED'],
  [http('a=1&a=2', { 'content-type': 'application/x-www-form-urlencoded' }), 'DUPLICATE_KEY'],
  [http('AAAAA', {}, { isBase64Encoded: true }), 'NOT_BASE64'],
  [{ requestContext: { http: { method: 'GET' } }, rawPath: '/' }, 'METHOD_NOT_ALLOWED'],
])('a request that cannot be read says why: %#', (event, code) => {
  expect(partsOf(event)).toMatchObject([{ kind: 'refused', code }]);
});

test.each([
  ['blanks', ' '.repeat(300_000)],
  ['a word and line ends', `a${'\n'.repeat(300_000)}`],
  ['line ends and rows', `${'\n'.repeat(300_000)}a,b\n1,2\n`],
])('a body of %s is read in the time of its length', (_, text) => {
  const parts = readBody(Buffer.from(text));
  expect(parts).toHaveLength(1);
  expect(parts[0]?.kind).toBe(text.includes(',') ? 'record' : 'refused');
});
