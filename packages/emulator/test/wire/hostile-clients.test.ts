import { randomBytes } from 'node:crypto';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { emulatorLimits, type Emulator } from '../../src/index.js';
import { startedEmulator } from '../clients.js';
import { startNeighbor, type Neighbor } from './neighbor.js';
import { authorization, exchange, head, rawClient, type HeaderList, type RawClient } from './raw-client.js';

const json = { 'content-type': 'application/x-amz-json-1.1', authorization: authorization('firehose') };
const listStreams = { ...json, 'x-amz-target': 'Firehose_20150804.ListDeliveryStreams' };
const receive = { ...json, 'x-amz-target': 'AmazonSQS.ReceiveMessage' };
const formType = {
  'content-type': 'application/x-www-form-urlencoded',
  authorization: authorization('sqs'),
};

/** A request with its body. */
function request(headers: Readonly<Record<string, string>>, body: string): string {
  return head('POST /', { ...headers, 'content-length': String(Buffer.byteLength(body)) }) + body;
}

async function endpointWithNeighbor(): Promise<{ emulator: Emulator; neighbor: Neighbor }> {
  const emulator = await startedEmulator();
  return { emulator, neighbor: await startNeighbor(emulator.endpoint) };
}

async function queue(emulator: Emulator, messages: readonly string[] = []): Promise<void> {
  const sqs = new SQSClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'any' },
  });
  onTestFinished(() => {
    sqs.destroy();
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'trucks' }));
  for (const MessageBody of messages) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

const clients = (endpoint: string, count: number): Promise<readonly RawClient[]> =>
  Promise.all(Array.from({ length: count }, () => rawClient(endpoint)));

test('clients that begin a request and stop lose their connection in time; puts of others continue', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  const started: readonly (readonly [begin: string, end: RegExp])[] = [
    ['', /^(HTTP\/1\.1 408[^]*)?$/],
    ['PO', /^(HTTP\/1\.1 408[^]*)?$/],
    ['POST / HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ', /^HTTP\/1\.1 408/],
    [head('POST /', { ...listStreams, 'content-length': '1000' }), /RequestTimeout/],
    [`${head('POST /', { ...listStreams, 'content-length': '1000' })}{"Limit"`, /RequestTimeout/],
    [`${head('POST /', { ...listStreams, 'transfer-encoding': 'chunked' })}5\r\n{"Lim`, /RequestTimeout/],
    [`${head('POST /', { ...listStreams, 'transfer-encoding': 'chunked' })}2\r\n{}\r\n`, /RequestTimeout/],
    [`${head('POST /', { ...formType, 'content-length': '99' })}Action=`, /<Code>RequestTimeout<\/Code>/],
  ];
  await Promise.all(
    started.map(async ([begin, end]) => {
      const client = await rawClient(emulator.endpoint);
      client.write(begin);
      expect(await client.closed(), begin).toMatch(end);
    }),
  );
  await neighbor.goesOn();
  expect(await neighbor.stop()).toBeGreaterThan(0);
});

test('a body that is declared or sent beyond the limit is refused, whatever its form', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  for (const length of ['17000000', '1000000000000', '9007199254740993', '99999999999999999']) {
    const answer = await exchange(
      emulator.endpoint,
      head('POST /', { ...listStreams, 'content-length': length }),
    );
    expect(answer.status, length).toBe(413);
  }
  for (const length of ['-1', '1e3', '0x10', '99999999999999999999999', '5, 6']) {
    const answer = await exchange(
      emulator.endpoint,
      head('POST /', { ...listStreams, 'content-length': length }),
    );
    expect(answer.status, length).toBe(400);
  }
  const endless = await rawClient(emulator.endpoint);
  endless.write(head('POST /', { ...listStreams, 'transfer-encoding': 'chunked' }));
  const chunk = Buffer.concat([
    Buffer.from('100000\r\n'),
    Buffer.alloc(1024 * 1024, ' '),
    Buffer.from('\r\n'),
  ]);
  const more = (): void => {
    if (endless.socket.writable) endless.socket.write(chunk, () => setImmediate(more));
  };
  more();
  expect(await endless.until(/^HTTP/)).toMatch(/^HTTP\/1\.1 413/);
  await endless.closed();
  await neighbor.goesOn();
});

test('forty senders of 15 MiB: with a secret none gets as far as its body, without one their sum has a bound', async () => {
  const length = 15 * 1024 * 1024;
  const secret = await startedEmulator({ secretAccessKey: 'secret' });
  const refused = await clients(secret.endpoint, 40);
  for (const client of refused)
    client.write(head('POST /', { ...listStreams, 'content-length': String(length) }));
  for (const client of refused) expect(await client.until(/\}$/)).toMatch(/^HTTP\/1\.1 403/);

  const { emulator, neighbor } = await endpointWithNeighbor();
  const before = process.memoryUsage().rss;
  const bytes = randomBytes(1024 * 1024);
  const senders = await clients(emulator.endpoint, 40);
  const ends = senders.map(async (client) => {
    client.write(head('POST /', { ...listStreams, 'content-length': String(length) }));
    // All but the last megabyte: nothing is ever complete.
    for (let sent = 1; sent < 15 && client.received() === ''; sent += 1) {
      await new Promise((resolve) => client.socket.write(bytes, resolve));
      if (sent % 5 === 0) await neighbor.goesOn();
    }
    return client.until(/^HTTP[^]*\}$/);
  });
  await neighbor.goesOn();
  const most = process.memoryUsage().rss - before;
  for (const end of ends) expect(await end).toMatch(/^HTTP\/1\.1 (503|408)/);
  await neighbor.goesOn();
  // Today's 40 times 15 MiB would be 600.
  expect(most / 2 ** 20).toBeLessThan(400);
});

test('who connects and says nothing keeps nobody out', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  const silent = await clients(emulator.endpoint, emulatorLimits.connections + 200);
  await neighbor.goesOn();
  const late = await exchange(emulator.endpoint, head('GET /_emulator/status'));
  expect(late.status).toBe(200);
  await Promise.all(silent.slice(0, 150).map((client) => client.closed()));
  await neighbor.stop();
});

test('receives that wait are bounded, on one connection and on many', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  await queue(emulator);
  const wait = request(receive, '{"QueueUrl":"/000000000000/trucks","WaitTimeSeconds":20}');
  const one = await rawClient(emulator.endpoint);
  one.write(wait.repeat(2_000));
  expect(await one.closed()).toBe('');
  await neighbor.goesOn();

  const many = await clients(emulator.endpoint, emulatorLimits.waitingReceives + 20);
  const answers = many.map(async (client) => {
    client.write(wait);
    // Those that leave without an answer are most of them.
    return client.until(/\r\n\r\n[^]*\}/).catch(() => '');
  });
  let surplus = 0;
  await new Promise<void>((resolve) => {
    for (const answer of answers) {
      void answer.then((text) => {
        if (!text.startsWith('HTTP/1.1 503')) return;
        surplus += 1;
        if (surplus === 20) resolve();
      });
    }
  });
  await neighbor.goesOn();
  // Those that leave make room.
  for (const client of many) client.socket.destroy();
  await Promise.all(answers);
  const short = request(receive, '{"QueueUrl":"/000000000000/trucks","WaitTimeSeconds":1}');
  await expect.poll(async () => (await exchange(emulator.endpoint, short)).status).toBe(200);
});

const askForAll = request(
  receive,
  '{"QueueUrl":"/000000000000/trucks","MaxNumberOfMessages":10,"VisibilityTimeout":0}',
);
const tenMegabytes = Array.from({ length: 10 }, () => 'x'.repeat(1_000_000));

test('answers that nobody reads are dropped beyond a bound', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  await queue(emulator, tenMegabytes);
  const deaf = await clients(emulator.endpoint, 8);
  // Each asks for 30 MB and takes what the system's own buffers take.
  for (const client of deaf) {
    client.socket.pause();
    client.write(askForAll.repeat(3));
    await neighbor.goesOn();
  }
  for (let round = 0; round < 20; round += 1) await neighbor.goesOn();
  const whole = deaf.map(async (client) => {
    client.socket.resume();
    return Promise.race([client.untilBytes(30_000_000).then(() => true), client.closed().then(() => false)]);
  });
  const read = (await Promise.all(whole)).filter(Boolean).length;
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(6);
});

test('a client that reads nothing of its answer loses its connection', async () => {
  const { emulator, neighbor } = await endpointWithNeighbor();
  await queue(emulator, tenMegabytes);
  const client = await rawClient(emulator.endpoint);
  client.socket.pause();
  client.write(askForAll.repeat(3));
  const from = performance.now();
  while (performance.now() - from < 2 * emulatorLimits.answerPauseMs + 5_000) await neighbor.goesOn();
  client.socket.resume();
  expect((await client.closed()).length).toBeLessThan(30_000_000);
});

test('other methods and protocols are answered, and no more is done', async () => {
  const { emulator } = await endpointWithNeighbor();
  const status = async (bytes: string): Promise<number> => (await exchange(emulator.endpoint, bytes)).status;
  expect(await status(head('CONNECT 127.0.0.1:80'))).toBe(405);
  expect(await status(head('TRACE /', json))).toBe(405);
  expect(await status(head('DELETE /bucket/key', json))).toBe(404);
  expect(await status(head('PATCH /bucket/key', json))).toBe(405);
  expect(await status(head('GET /', listStreams))).toBe(405);
  expect(await status(head('GET /', { ...json, upgrade: 'h2c', connection: 'upgrade' }))).toBe(200);
  expect(await status('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toBe(400);
  expect(await status('GET / HTTP/1.1\r\n\r\n')).toBe(400);
  expect(
    await status(head('POST /', { ...listStreams, 'content-encoding': 'gzip', 'content-length': '9' })),
  ).toBe(415);
  expect(
    await status(head('POST /', { ...listStreams, 'content-length': '2', 'transfer-encoding': 'chunked' })),
  ).toBe(400);
});

test('Expect: 100-continue gets its word only when the headers are in order', async () => {
  const { endpoint } = await startedEmulator({ secretAccessKey: 'secret' });
  const expecting = { expect: '100-continue', 'content-length': '2' };
  const refused = await rawClient(endpoint);
  refused.write(head('POST /', { ...listStreams, ...expecting }));
  expect(await refused.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 403/);
  const open = await startedEmulator();
  const client = await rawClient(open.endpoint);
  client.write(head('POST /', { ...listStreams, ...expecting }));
  expect(await client.until(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
  client.write('{}');
  expect(await client.until(/DeliveryStreamNames/)).toMatch(/HTTP\/1\.1 200 OK/);
});

test('a body that is too deep, too wide or no text is refused with its reason', async () => {
  const { endpoint } = await startedEmulator();
  const type = async (bytes: string | Buffer): Promise<string> => {
    const body = Buffer.from(bytes);
    const client = await rawClient(endpoint);
    client.write(head('POST /', { ...listStreams, 'content-length': String(body.length) }));
    client.write(body);
    const text = await client.until(/\r\n\r\n[^]*\}/);
    client.socket.destroy();
    return text;
  };
  const { jsonDepth, jsonValues } = emulatorLimits;
  const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  expect(await type(nested(jsonDepth))).toMatch(/^HTTP\/1\.1 200/);
  for (const deep of [
    nested(jsonDepth + 1),
    nested(500_000),
    '['.repeat(1_000_000),
    '{"a":'.repeat(1_000_000),
  ]) {
    expect(await type(deep)).toContain(`nested deeper than ${jsonDepth}`);
  }
  expect(await type(`{"a":[${'1,'.repeat(jsonValues)}1]}`)).toContain(`more than ${jsonValues} values`);
  expect(await type(`{"a":"${'[{,'.repeat(jsonValues)}\\"${'\\\\'.repeat(100)}"}`)).toMatch(
    /^HTTP\/1\.1 200/,
  );
  for (const bytes of [
    [0x22, 0xff, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xef, 0xbb],
  ]) {
    expect(await type(Buffer.from(bytes))).toContain('not valid UTF-8');
  }
  for (const text of ['{"a":1', '{"a":"', '"\\', 'nul', '{"a":\u0000}', '[]', 'null', '1', '"a"']) {
    expect(await type(text), text).toMatch(/^HTTP\/1\.1 400[^]*SerializationException/);
  }
});

test('a form that is too wide, too deep, doubled or no text is refused with its reason', async () => {
  const { emulator } = await endpointWithNeighbor();
  await queue(emulator);
  const at = 'QueueUrl=/000000000000/trucks';
  const answer = async (form: string): Promise<string> => {
    const { status, body } = await exchange(emulator.endpoint, request(formType, form));
    return `${status} ${/<Code>(.*?)<\/Code>/.exec(body)?.[1] ?? ''}`;
  };
  const { formParameters } = emulatorLimits;
  const cases: readonly (readonly [form: string, code: string])[] = [
    [`Action=ListQueues&${'&'.repeat(1_000_000)}`, '400 MalformedQueryString'],
    [`Action=ListQueues${'&a'.repeat(formParameters)}`, '400 MalformedQueryString'],
    ['Action=ListQueues&Action=DeleteQueue', '400 MalformedQueryString'],
    ['Action=ListQueues&a.b.c.d.e.f.g=1', '400 MalformedQueryString'],
    [`Action=ListQueues&${'a.'.repeat(100_000)}`, '400 MalformedQueryString'],
    ['Action=SendMessage&MessageBody=%ff', '400 MalformedQueryString'],
    ['Action=SendMessage&MessageBody=%ed%a0%80', '400 MalformedQueryString'],
    ['Action=SendMessage&MessageBody=%', '400 MalformedQueryString'],
    [`Action=SendMessage&${at}&MessageBody=%00`, '400 InvalidMessageContents'],
    [`Action=SendMessageBatch&${at}&SendMessageBatchRequestEntry.x.Id=a`, '400 MalformedQueryString'],
    [`Action=SendMessageBatch&${at}&SendMessageBatchRequestEntry.-1.Id=a`, '400 MalformedQueryString'],
    [
      `Action=SendMessageBatch&${at}&SendMessageBatchRequestEntry.9999999999.Id=a`,
      '400 MalformedQueryString',
    ],
    [
      `Action=SendMessageBatch&${at}&SendMessageBatchRequestEntry.999999999.Id=a&SendMessageBatchRequestEntry.999999999.MessageBody=b`,
      '200 ',
    ],
    [`Action=SendMessageBatch&${at}&Entries.member.999999999.Id=a`, '400 InvalidParameterValue'],
    [
      `Action=SetQueueAttributes&${at}&Attribute.1.Name=__proto__&Attribute.1.Value=1`,
      '400 InvalidAttributeName',
    ],
    [
      `Action=SetQueueAttributes&${at}&Attribute.1.Name=constructor&Attribute.1.Value=1`,
      '400 InvalidAttributeName',
    ],
    [`Action=GetQueueAttributes&${at}&AttributeName.1=toString`, '400 InvalidAttributeName'],
    [`Action=TagQueue&${at}&Tag.1.Key=__proto__&Tag.1.Value=kept`, '200 '],
    ['Action=__proto__', '400 InvalidAction'],
    ['Action=constructor', '400 InvalidAction'],
    ['__proto__=1&Action.1=2', '400 MissingAction'],
    ['', '400 MissingAction'],
  ];
  for (const [form, code] of cases)
    expect([form.slice(0, 90), await answer(form)]).toEqual([form.slice(0, 90), code]);
  const tags = await exchange(emulator.endpoint, request(formType, `Action=ListQueueTags&${at}`));
  expect(tags.body).toContain('<Key>__proto__</Key><Value>kept</Value>');
});

test('a header that two programs would read in two ways is refused', async () => {
  const { endpoint } = await startedEmulator();
  const once = Object.entries(listStreams);
  for (const [name, value] of [
    ['Host', '127.0.0.1'],
    ['HOST', 'localhost'],
    ['X-Amz-Target', 'AmazonSQS.PurgeQueue'],
    ['Authorization', authorization('sqs')],
    ['Content-Type', 'text/plain'],
    ['Sec-Fetch-Site', 'same-origin'],
  ] as const) {
    const headers: HeaderList = [
      ['host', '127.0.0.1'],
      ['sec-fetch-site', 'same-origin'],
      ...once,
      [name, value],
    ];
    const answer = await exchange(endpoint, head('POST /', [...headers, ['content-length', '0']]));
    expect(answer.status, name).toBe(400);
    expect(answer.body).toContain('more than once');
  }
  // Beyond Node's usual thousand headers one could hide.
  const many: HeaderList = Array.from({ length: 1_500 }, () => ['a', ''] as const);
  const hidden = await exchange(
    endpoint,
    head('POST /_emulator/flush', [...many, ['origin', 'https://evil.example']]),
  );
  expect(hidden.status).toBe(403);
});
