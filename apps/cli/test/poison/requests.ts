import { connect } from 'node:net';
import { signedHeaders } from '../authorization.js';
import type { Chance } from './chance.js';

/** One hostile request: raw bytes that are written to the endpoint's port. */
export interface HostileRequest {
  readonly kind: string;
  readonly bytes: Buffer;
}

const targets = [
  'Firehose_20150804.PutRecord',
  'Firehose_20150804.PutRecordBatch',
  'Firehose_20150804.CreateDeliveryStream',
  'Firehose_20150804.constructor',
  'Firehose_20150804.__proto__',
  'Firehose_20150804.valueOf',
  'AWSGlue.CreateTable',
  'AWSGlue.GetPartitions',
  'AWSGlue.BatchCreatePartition',
  'AmazonAthena.StartQueryExecution',
  'AmazonAthena.GetQueryResults',
  'AmazonSQS.SendMessage',
  'AmazonSQS.ReceiveMessage',
  'AmazonSQS.SendMessageBatch',
  'AmazonSQS.toString',
  'Nobody.Nothing',
  '',
];

/** The names that a forged request tries to act on; all of them exist while the campaign runs. */
export interface Victims {
  readonly stream: string;
  readonly database: string;
  readonly table: string;
}

/** Makes one hostile request of a kind that `chance` picks. */
export function hostileRequest(chance: Chance, victims: Victims): HostileRequest {
  const kind = chance.pick(Object.keys(kinds));
  const make = kinds[kind];
  if (make === undefined) throw new Error(`No kind ${kind}`);
  return { kind, bytes: make(chance, victims) };
}

/**
 * Sends the bytes and waits for the end of the connection. Resolves with the first line of the answer, with '' when
 * the connection was closed without one, with undefined when nothing ended within the time.
 */
export function sendRaw(port: number, bytes: Buffer, waitMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const timer = setTimeout(() => {
      resolve(answer === '' ? undefined : answer.split('\r\n')[0]);
      socket.destroy();
    }, waitMs);
    const end = (): void => {
      clearTimeout(timer);
      resolve(answer.split('\r\n')[0] ?? '');
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      answer = (answer + chunk.toString('latin1')).slice(0, 2_000);
    });
    // A reset is an end like any other.
    socket.on('error', end);
    socket.on('close', end);
    socket.end(bytes);
  });
}

/** A JSON request of AWS's protocol. */
function json(target: string, body: string | Buffer, headers: readonly string[] = []): Buffer {
  const has = (name: string): boolean => headers.some((header) => header.startsWith(`${name}:`));
  const signature = Object.entries(signedHeaders(target))
    .filter(([name]) => !has(name))
    .map(([name, value]) => `${name}: ${value}`);
  const own = ['content-type: application/x-amz-json-1.1', `x-amz-target: ${target}`];
  return request('POST', '/', [...own, ...signature, ...headers], Buffer.from(body));
}

function request(method: string, path: string, headers: readonly string[], body: Buffer): Buffer {
  const length = headers.some((header) => /^(content-length|transfer-encoding):/i.test(header))
    ? []
    : [`content-length: ${body.length}`];
  const head = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', 'connection: close', ...length, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function strangeValue(chance: Chance, depth = 0): string {
  if (depth > 3 || chance.next() < 0.6) {
    return chance.pick([
      'null',
      '-1',
      '1e999',
      '""',
      '"x"',
      '[]',
      '{}',
      'true',
      '"\\ud800"',
      '"__proto__"',
      '12345678901234567890',
      `"${'y'.repeat(chance.below(3_000))}"`,
      `${'['.repeat(2_000)}${']'.repeat(2_000)}`,
    ]);
  }
  const inner = Array.from({ length: chance.below(4) }, () => strangeValue(chance, depth + 1));
  return chance.next() < 0.5
    ? `[${inner.join(',')}]`
    : `{${inner.map((value) => `"${chance.pick(fields)}":${value}`).join(',')}}`;
}

const fields = [
  'DeliveryStreamName',
  'Record',
  'Records',
  'Data',
  'DatabaseName',
  'Name',
  'TableInput',
  'Expression',
  'NextToken',
  'QueryString',
  'QueryExecutionId',
  'QueueUrl',
  'MessageBody',
  'Entries',
  'Attributes',
  '__proto__',
  'constructor',
  'MaxNumberOfMessages',
  'MaxResults',
];

const kinds: Readonly<Record<string, (chance: Chance, victims: Victims) => Buffer>> = {
  'strange members': (chance) => {
    const members = Array.from(
      { length: chance.below(6) },
      () => `"${chance.pick(fields)}":${strangeValue(chance)}`,
    );
    return json(chance.pick(targets), `{${members.join(',')}}`);
  },
  'not JSON': (chance) =>
    json(
      chance.pick(targets),
      chance.pick([
        Buffer.from(''),
        Buffer.from('{'),
        Buffer.from('[]'),
        Buffer.from('null'),
        chance.bytes(300),
      ]),
    ),
  'deep JSON': (chance) => {
    const depth = 10 ** (2 + chance.below(4));
    return json(chance.pick(targets), `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  },
  'a form of the query protocol': (chance) => {
    const action = chance.pick([
      'SendMessage',
      'CreateQueue',
      'ReceiveMessage',
      'SendMessageBatch',
      'toString',
    ]);
    const extra = chance.pick([
      'Attribute.1.Name=__proto__&Attribute.1.Value=x',
      'SendMessageBatchRequestEntry.999999999.Id=a',
      `${'a.'.repeat(5_000)}b=1`,
      'QueueName=__proto__',
      'QueueName=%00',
      '%zz=%',
      'MessageBody=%ed%a0%80',
    ]);
    return request(
      'POST',
      '/',
      [
        'content-type: application/x-www-form-urlencoded',
        ...Object.entries(signedHeaders('AmazonSQS')).map(([name, value]) => `${name}: ${value}`),
      ],
      Buffer.from(`Action=${action}&${extra}`),
    );
  },
  'strange path': (chance) =>
    request(
      chance.pick(['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'OPTIONS', 'TRACE', 'PATCH']),
      chance.pick([
        '/../../../etc/passwd',
        '/%2e%2e/%2e%2e/etc/passwd',
        '/lake/%00',
        '/lake/%ff%fe',
        `/lake/${'k'.repeat(4_000)}`,
        '/lake?list-type=2&max-keys=-1&continuation-token=x',
        '/lake?list-type=2&prefix=%F0%9F%98%80&delimiter=%2F',
        '/__proto__/constructor',
        '//',
        '/*',
        '/_emulator/../_emulator/flushh',
        '/_emulator/__proto__',
      ]),
      [],
      Buffer.alloc(0),
    ),
  'strange header': (chance) =>
    json('Firehose_20150804.ListDeliveryStreams', '{}', [
      chance.pick([
        'authorization: AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host;__proto__, Signature=0',
        'authorization: AWS4-HMAC-SHA256',
        'x-amz-date: 99999999T999999Z',
        'x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
        'content-encoding: gzip',
        'content-encoding: aws-chunked',
        'expect: 100-continue',
        'expect: nonsense',
        'transfer-encoding: chunked',
        'upgrade: websocket',
        `cookie: ${'c'.repeat(chance.below(30_000))}`,
        'content-length: 999999999999',
        'content-length: -1',
        'range: bytes=9-1',
      ]),
    ]),
  'no HTTP': (chance) =>
    chance.pick([
      chance.bytes(200),
      Buffer.from('GET\r\n\r\n'),
      Buffer.from('POST / HTTP/9.9\r\n\r\n'),
      Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]),
      Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
      Buffer.from('CONNECT 127.0.0.1:1 HTTP/1.1\r\nhost: x\r\n\r\n'),
    ]),
  // Each of these would destroy something that the verdict needs, if it were obeyed.
  'forged by a page': (chance, { stream, database, table }) =>
    json(
      ...chance.pick<[string, string]>([
        ['Firehose_20150804.DeleteDeliveryStream', JSON.stringify({ DeliveryStreamName: stream })],
        ['AWSGlue.DeleteTable', JSON.stringify({ DatabaseName: database, Name: table })],
        ['AWSGlue.DeleteDatabase', JSON.stringify({ Name: database })],
      ]),
      [
        chance.pick([
          'origin: https://evil.example',
          'origin: null',
          'origin: http://127.0.0.1:1',
          'sec-fetch-site: cross-site',
          'sec-fetch-site: same-site',
        ]),
      ],
    ),
};
