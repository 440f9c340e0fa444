import { createServer, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { expect, onTestFinished, test } from 'vitest';
import {
  createFirehoseProducer,
  ingestCostUsd,
  regionQuota,
  type FirehoseProducer,
  type Undelivered,
} from '../src/index.js';
import { classify } from '../src/outcome.js';

interface Server {
  readonly producer: FirehoseProducer<{ id: number }>;
  /** Connections that ended. */
  readonly closed: () => number;
  readonly letters: Undelivered[];
}

/** A producer whose server answers as it likes. */
async function against(answer: (response: ServerResponse) => void, requestMs = 60_000): Promise<Server> {
  let closed = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      answer(response);
    });
  });
  server.on('connection', (socket) => {
    socket.on('close', () => (closed += 1));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const client = new FirehoseClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const letters: Undelivered[] = [];
  const producer = createFirehoseProducer<{ id: number }>({
    deliveryStreamName: 'readings',
    client,
    timeouts: { requestMs },
    retry: { maxAttempts: 1 },
    deadLetter: (found) => void letters.push(...found),
  });
  onTestFinished(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });
  return { producer, closed: () => closed, letters };
}

/** Writes for as long as somebody reads. */
function pourOut(response: ServerResponse): void {
  const piece = Buffer.alloc(64 * 1024, 'x');
  const go = (): void => {
    while (!response.destroyed && response.write(piece)) continue;
  };
  response.on('drain', go).on('error', () => undefined);
  go();
}

test.each([200, 400, 503])(
  'an answer of status %d that never ends is cut off, and its connection dropped',
  async (status) => {
    const { producer, closed, letters } = await against((response) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      pourOut(response);
    });
    producer.put({ id: 1 });
    const before = process.memoryUsage().arrayBuffers;
    if (status === 400) await producer.flush().catch(() => undefined);
    else {
      await producer.flush();
      expect(letters[0]?.error.message).toBeDefined();
    }
    await expect.poll(closed).toBeGreaterThan(0);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    await producer.abort();
  },
);

test('a 200 that stands still within its body ends with the time of a request', async () => {
  const { producer, closed, letters } = await against((response) => {
    response.writeHead(200);
    response.write('{"FailedPutCount":');
  }, 200);
  producer.put({ id: 1 });
  await producer.flush();
  expect(letters).toMatchObject([{ ambiguous: true, error: { code: 'DEADLINE_EXCEEDED' } }]);
  await expect.poll(closed).toBeGreaterThan(0);
  await producer.close();
});

test.each([
  ['null', 'null'],
  ['a list', '[]'],
  ['no JSON', '<html>'],
  ['too few responses', '{"FailedPutCount":0,"RequestResponses":[]}'],
  ['responses that are none', '{"FailedPutCount":0,"RequestResponses":[null]}'],
  ['a count that contradicts', '{"FailedPutCount":7,"RequestResponses":[{"RecordId":"x"}]}'],
  ['another type', '{"FailedPutCount":"0","RequestResponses":{"0":{}}}'],
  ['deep', '['.repeat(100_000)],
  ['compressed', gzipSync(Buffer.alloc(10_000_000))],
])('an answer that cannot be believed (%s) is an unknown outcome of its records', async (_name, body) => {
  const { producer, letters } = await against((response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(body);
  });
  producer.put({ id: 1 });
  await producer.flush();
  expect(letters).toMatchObject([
    { ambiguous: true, error: { code: 'DEADLINE_EXCEEDED', cause: { code: 'PROTOCOL' } } },
  ]);
  await producer.close();
});

test('headers without an end are refused', async () => {
  const { producer, letters } = await against((response) => {
    response.socket?.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(1_000_000)}\r\n\r\n`);
  });
  producer.put({ id: 1 });
  await producer.flush();
  expect(letters).toMatchObject([{ error: { cause: { code: 'TRANSPORT' } } }]);
  await producer.close();
});

test('a server’s text is short and printable wherever an error holds it', async () => {
  const evil = `\u001b[2J\u202e${'y'.repeat(100_000)}`;
  const { producer, letters } = await against((response) => {
    response.writeHead(503, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: 'InternalFailure', message: evil }));
  });
  producer.put({ id: 1 });
  await producer.flush();
  for (let error: unknown = letters[0]?.error; error instanceof Error; error = error.cause) {
    expect(error.message.length).toBeLessThan(1_000);
    expect(`${error.message}${error.stack?.split('\n')[0] ?? ''}`).not.toMatch(/\p{Cc}|\u202e/u);
  }
  await producer.close();
});

test('the text of one record’s refusal is short and printable, too', async () => {
  const { producer, letters } = await against((response) => {
    response.end(
      JSON.stringify({
        FailedPutCount: 1,
        RequestResponses: [{ ErrorCode: 'InternalFailure', ErrorMessage: `\u001b[2J${'z'.repeat(90_000)}` }],
      }),
    );
  });
  producer.put({ id: 1 });
  await producer.flush();
  const { cause } = letters[0]?.error ?? {};
  expect(cause).toMatchObject({ message: expect.stringContaining(String.raw`\x1b[2Jzzz`) as unknown });
  expect((cause as Error).message.length).toBeLessThan(600);
  await producer.close();
});

test('a region of any name has a quota and a price', () => {
  for (const region of ['constructor', '__proto__', 'toString']) {
    expect(regionQuota(region)).toBe(regionQuota(undefined));
    expect(ingestCostUsd(2 ** 30, region)).toBe(ingestCostUsd(2 ** 30));
  }
});

test('whatever a transport rejects with has a verdict', () => {
  for (const thrown of [Object.create(null), undefined, Symbol('odd'), { toString: null }, 'no such host']) {
    expect(classify(thrown, false)).toMatchObject({ kind: 'blocked', error: { code: 'SERVICE' } });
  }
});
