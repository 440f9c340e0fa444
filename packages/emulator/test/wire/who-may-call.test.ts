import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Emulator } from '../../src/index.js';
import { startedEmulator } from '../clients.js';
import { authorization, exchange, head } from './raw-client.js';

const form = 'Action=DeleteQueue&QueueUrl=/000000000000/trucks';
const formType = { 'content-type': 'application/x-www-form-urlencoded' };

async function withQueue(): Promise<{ emulator: Emulator; messages: () => Promise<string> }> {
  const emulator = await startedEmulator();
  const sqs = new SQSClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'trucks' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a load' }));
  sqs.destroy();
  const messages = async (): Promise<string> => {
    const body = `Action=GetQueueAttributes&QueueUrl=/000000000000/trucks&AttributeName.1=All`;
    const answer = await exchange(
      emulator.endpoint,
      head('POST /', {
        ...formType,
        authorization: authorization('sqs'),
        'content-length': `${body.length}`,
      }) + body,
    );
    return /<Name>ApproximateNumberOfMessages<\/Name><Value>(\d+)/.exec(answer.body)?.[1] ?? answer.body;
  };
  return { emulator, messages };
}

const foreign: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'http://localhost' },
  { origin: 'http://127.0.0.1.evil.example' },
  { origin: 'https://127.0.0.1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'Same-Origin' },
  { 'sec-fetch-site': '' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  { 'sec-fetch-site': 'none', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-origin', origin: 'null' },
];

describe('a page of another origin', () => {
  test.each(foreign)(
    'is refused with %j on every path, before its body, and nothing is done',
    async (headers) => {
      const { emulator, messages } = await withQueue();
      const signed = { ...headers, authorization: authorization('sqs'), 'content-length': '1000' };
      const json = { ...signed, 'content-type': 'application/x-amz-json-1.0' };
      for (const request of [
        head('POST /', { ...formType, ...signed }),
        head(`POST /?X-Amz-Signature=${'0'.repeat(64)}`, {
          ...formType,
          ...headers,
          'content-length': '1000',
        }),
        head('POST /', { ...json, 'x-amz-target': 'AmazonSQS.PurgeQueue' }),
        head('POST /', { ...json, 'x-amz-target': 'Firehose_20150804.DeleteDeliveryStream' }),
        head('POST /_emulator/flush', { ...headers, 'content-length': '1000' }),
        head('PUT /_emulator/faults', { ...headers, 'content-length': '1000' }),
        head('GET /_emulator/status', headers),
        head('GET /', { ...headers, authorization: authorization('s3') }),
        head('PUT /lake', { ...headers, authorization: authorization('s3') }),
        head('PUT /lake/key', { ...headers, authorization: authorization('s3'), 'content-length': '1000' }),
        head('POST /lake?delete', {
          ...headers,
          authorization: authorization('s3'),
          'content-length': '1000',
        }),
        head('POST /lake/key?uploads', { ...headers, authorization: authorization('s3') }),
        head('DELETE /lake/key', { ...headers, authorization: authorization('s3') }),
        head('OPTIONS /', headers),
        head('GET /', { ...headers, upgrade: 'websocket', connection: 'upgrade' }),
      ]) {
        // The body never comes: the answer does not wait for it.
        const { status, body } = await exchange(emulator.endpoint, request);
        expect(status, request).toBe(403);
        expect(body).toMatch(/AccessDenied/);
      }
      expect(await messages()).toBe('1');
    },
  );

  test('is told from the endpoint’s own origin, which is that of its Host', async () => {
    const { endpoint } = await startedEmulator();
    const { host } = new URL(endpoint);
    const status = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await exchange(endpoint, head('GET /_emulator/status', headers))).status;
    expect(await status({ host, origin: `http://${host}` })).toBe(200);
    expect(await status({ host, origin: `http://${host.replace('127.0.0.1', 'localhost')}` })).toBe(403);
    expect(await status({ host, 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await status({ host, 'sec-fetch-site': 'none' })).toBe(200);
    expect(await status({ host: 'evil.example', origin: 'http://evil.example' })).toBe(403);
  });

  test('answers carry nosniff, whatever they are', async () => {
    const { endpoint } = await startedEmulator();
    for (const line of ['GET /_emulator/status', 'GET /', 'POST /_emulator/nothing']) {
      expect((await exchange(endpoint, head(line))).head).toMatch(/x-content-type-options: nosniff/i);
    }
  });
});

test('a presigned URL is for S3 and for a GET of SQS, not for other requests', async () => {
  const { emulator, messages } = await withQueue();
  const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260101%2Fus-east-1%2Fsqs%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}`;
  for (const request of [
    head(`POST /?${query}`, { ...formType, 'content-length': `${form.length}` }) + form,
    head(`POST /?${query}`, { 'x-amz-target': 'AmazonSQS.PurgeQueue', 'content-length': '2' }) + '{}',
    head(`POST /?${query}`, {
      'x-amz-target': 'Firehose_20150804.ListDeliveryStreams',
      'content-length': '2',
    }) + '{}',
  ]) {
    expect((await exchange(emulator.endpoint, request)).status, request).toBe(403);
  }
  const ofS3 = query.replace('%2Fsqs%2F', '%2Fs3%2F');
  expect((await exchange(emulator.endpoint, head(`GET /?${ofS3}`))).status).toBe(200);
  expect((await exchange(emulator.endpoint, head(`GET /?${query}`))).status).toBe(404);
  // A page can make a browser ask for an address, and old browsers do not say that they do.
  const purge = `GET /000000000000/restock?Action=PurgeQueue&${query}`;
  for (const browser of [{ 'user-agent': 'Mozilla/5.0' }, { referer: 'http://evil.example/' }]) {
    expect((await exchange(emulator.endpoint, head(purge, browser))).status).toBe(403);
  }
  const put = head(`PUT /bucket/key?${query}`, { 'content-length': '0' });
  expect((await exchange(emulator.endpoint, put)).body).toContain('NoSuchBucket');
  expect(await messages()).toBe('1');
});

test('each kind of a wrong signature has its name, before the body comes', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: 'secret' });
  const now = new Date().toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = now.slice(0, 8);
  const header = (change: {
    readonly scope?: string;
    readonly signed?: string;
    readonly algorithm?: string;
    readonly value?: string;
  }): string =>
    `${change.algorithm ?? 'AWS4-HMAC-SHA256'} Credential=AKID/${change.scope ?? `${day}/us-east-1/firehose/aws4_request`}, SignedHeaders=${change.signed ?? 'host;x-amz-date;x-amz-target'}, Signature=${change.value ?? '0'.repeat(64)}`;
  const cases: readonly (readonly [name: string, headers: readonly (readonly [string, string])[]])[] = [
    ['MissingAuthenticationTokenException', []],
    ['IncompleteSignatureException', [['authorization', header({ algorithm: 'AWS4-ECDSA-P256-SHA256' })]]],
    ['IncompleteSignatureException', [['authorization', 'Bearer abc']]],
    ['IncompleteSignatureException', [['authorization', header({ value: 'xyz' })]]],
    ['IncompleteSignatureException', [['authorization', header({ signed: 'host;host' })]]],
    ['IncompleteSignatureException', [['authorization', header({ signed: 'Host' })]]],
    ['IncompleteSignatureException', [['authorization', header({ signed: 'host;x-amz-date;;x' })]]],
    [
      'InvalidHttpRequest',
      [
        ['authorization', header({})],
        ['authorization', header({})],
      ],
    ],
    [
      'InvalidHttpRequest',
      [
        ['authorization', header({})],
        ['X-Amz-Target', 'AmazonSQS.PurgeQueue'],
      ],
    ],
    ['InvalidSignatureException', [['authorization', header({ signed: 'host;__proto__;x-amz-target' })]]],
    ['InvalidSignatureException', [['authorization', header({ signed: 'constructor;host;x-amz-target' })]]],
    ['InvalidSignatureException', [['authorization', header({ signed: 'host;x-amz-date' })]]],
    ['InvalidSignatureException', [['authorization', header({ signed: 'x-amz-date;x-amz-target' })]]],
    [
      'InvalidSignatureException',
      [['authorization', header({ scope: `${day}/eu-west-1/firehose/aws4_request` })]],
    ],
    [
      'InvalidSignatureException',
      [['authorization', header({ scope: `${day}/us-east-1/sqs/aws4_request` })]],
    ],
    [
      'IncompleteSignatureException',
      [['authorization', header({ scope: '20200101/us-east-1/firehose/aws4_request' })]],
    ],
  ];
  const date: readonly [string, string] = ['x-amz-date', now];
  const target: readonly [string, string] = ['x-amz-target', 'Firehose_20150804.PutRecordBatch'];
  for (const [name, headers] of cases) {
    const { status, body } = await exchange(
      endpoint,
      head('POST /', [...headers, date, target, ['content-length', '15000000']]),
    );
    expect([status === 403 || status === 400, body], JSON.stringify(headers)).toEqual([
      true,
      expect.stringContaining(name) as unknown,
    ]);
  }
  for (const [stamp, reason] of [
    ['20991231T000000Z', 'not yet current'],
    ['20200101T000000Z', 'expired'],
    ['20260230', 'X-Amz-Date'],
    ['', 'X-Amz-Date'],
  ] as const) {
    const scope = `${stamp.slice(0, 8) === '' ? day : stamp.slice(0, 8)}/us-east-1/firehose/aws4_request`;
    const { status, body } = await exchange(
      endpoint,
      head('POST /', [
        ['authorization', header({ scope })],
        ['x-amz-date', stamp],
        target,
        ['content-length', '9'],
      ]),
    );
    expect(status).toBe(403);
    expect(body).toContain(reason);
  }
});

test('X-Amz-Expires is digits, from 1 to a week', async () => {
  const { endpoint } = await startedEmulator();
  const status = async (expires: string): Promise<number> => {
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=${'0'.repeat(64)}&X-Amz-Expires=${expires}`;
    return (await exchange(endpoint, head(`GET /?${query}`))).status;
  };
  for (const good of ['1', '60', '604800']) expect(await status(good), good).toBe(200);
  for (const bad of [
    '',
    '0',
    '-1',
    '1e3',
    '0x10',
    '604801',
    '60.0',
    '%2060',
    '60%20',
    'Infinity',
    '٣',
    '60&X-Amz-Expires=60',
  ]) {
    expect([400, 403], bad).toContain(await status(bad));
  }
});

test('whatever is in the headers of who calls, the answer is a refusal or an answer, never a 500', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: 'secret' });
  const value = fc.oneof(
    fc.constantFrom(
      '__proto__',
      'constructor',
      'AmazonSQS.constructor',
      'Firehose_20150804.__proto__',
      'null',
      '',
      'host;__proto__',
    ),
    fc.constantFrom('sqs', 'firehose', 's3').map(authorization),
    fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
  );
  const name = fc.constantFrom(
    'authorization',
    'x-amz-target',
    'x-amz-date',
    'x-amz-content-sha256',
    'origin',
    'sec-fetch-site',
    'content-type',
    'content-encoding',
    'expect',
    'x-amz-decoded-content-length',
    'range',
    '__proto__',
    'constructor',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'),
      fc.constantFrom(
        '/',
        '//',
        '/?',
        '/a/b',
        '/_emulator/flush',
        '/%',
        '/?X-Amz-Signature=1',
        '/?X-Amz-Expires=__proto__',
        '*',
      ),
      fc.array(fc.tuple(name, value), { maxLength: 6 }),
      async (method, path, headers) => {
        const { status } = await exchange(endpoint, head(`${method} ${path}`, headers));
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      },
    ),
    { numRuns: 150 },
  );
});
