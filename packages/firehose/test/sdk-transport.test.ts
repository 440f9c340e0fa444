import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { FirehoseClient, PutRecordBatchCommand, PutRecordBatchInput$ } from '@aws-sdk/client-firehose';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFirehoseProducer, sdkTransport, type FirehoseProducer } from '../src/index.js';

interface Call {
  readonly body: Buffer;
  readonly headers: IncomingMessage['headers'];
}

let server: Server;
let client: FirehoseClient;
let calls: Call[];
/** Errors to answer with, first one first. */
let refusals: { readonly status: number; readonly type: string }[];
/** Bodies to answer with under status 200, first one first. */
let answers: string[];

beforeEach(async () => {
  calls = [];
  refusals = [];
  answers = [];
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      calls.push({ body, headers: request.headers });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const refusal = refusals.shift();
      if (refusal !== undefined) {
        response.statusCode = refusal.status;
        response.end(JSON.stringify({ __type: refusal.type, message: 'by the test' }));
        return;
      }
      const answer = answers.shift();
      if (answer !== undefined) {
        response.end(answer);
        return;
      }
      const RequestResponses = recordsOf(body).map(() => ({ RecordId: 'id' }));
      response.end(JSON.stringify({ FailedPutCount: 0, RequestResponses }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  client = new FirehoseClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterEach(() => {
  client.destroy();
  server.close();
});

function recordsOf(body: Buffer): Buffer[] {
  const parsed = JSON.parse(body.toString()) as { Records: { Data: string }[] };
  return parsed.Records.map(({ Data }) => Buffer.from(Data, 'base64'));
}

const create = (): FirehoseProducer<{ id: number }> =>
  createFirehoseProducer<{ id: number }>({
    deliveryStreamName: 'readings',
    client,
    retry: { baseMs: 0, capMs: 0 },
  });

test('the SDK signs and sends the packed body, and names its hash', async () => {
  const producer = create();
  for (let id = 0; id < 20_000; id++) producer.put({ id });
  await producer.close();
  let text = '';
  for (const { body, headers } of calls) {
    expect(headers['x-amz-content-sha256']).toBe(createHash('sha256').update(body).digest('hex'));
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['x-amz-target']).toBe('Firehose_20150804.PutRecordBatch');
    expect(headers['content-type']).toBe('application/x-amz-json-1.1');
    expect(headers.authorization).toContain('/eu-central-1/firehose/aws4_request');
    for (const data of recordsOf(body)) text += data.toString();
  }
  expect(text).toBe(Array.from({ length: 20_000 }, (_, id) => `{"id":${id}}\n`).join(''));
});

test('the body is, byte for byte, what the SDK would make of the same records', async () => {
  const producer = create();
  for (let id = 0; id < 3000; id++) producer.put({ id });
  await producer.close();
  const [ours] = calls.splice(0);
  const Records = recordsOf(ours?.body ?? Buffer.from('{"Records":[]}')).map((Data) => ({ Data }));
  await client.send(new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records }));
  const [theirs] = calls;
  expect(Records.length).toBeGreaterThan(3);
  expect(ours?.body.equals(theirs?.body ?? Buffer.alloc(0))).toBe(true);
  const names = (call: Call | undefined): string[] =>
    Object.keys(call?.headers ?? {}).filter(
      (name) => !['amz-sdk-request', 'amz-sdk-invocation-id'].includes(name),
    );
  expect(names(ours).sort()).toEqual(names(theirs).sort());
});

test('the SDK’s own deserialiser finds in the body the records that were put, in all of Unicode', async () => {
  const codec = client.config.protocol.getPayloadCodec();
  const event = fc.record({ id: fc.nat(), text: fc.string({ unit: 'binary' }) });
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1 }), async (events) => {
      calls = [];
      const producer = createFirehoseProducer<{ id: number }>({
        deliveryStreamName: 'readings',
        client,
        packing: { maxEvents: 3 },
      });
      for (const one of events) producer.put(one);
      await producer.close();
      const found: Uint8Array[] = [];
      for (const { body } of calls) {
        const input: unknown = await codec.createDeserializer().read(PutRecordBatchInput$, body);
        // The schema names the shape.
        const { DeliveryStreamName, Records } = input as {
          readonly DeliveryStreamName: string;
          readonly Records: readonly { readonly Data: Uint8Array }[];
        };
        expect(DeliveryStreamName).toBe('readings');
        found.push(...Records.map(({ Data }) => Data));
      }
      const lines = events.map((one) => `${JSON.stringify(one)}\n`);
      expect(Buffer.concat(found).equals(Buffer.from(lines.join('')))).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('an SDK that would send anything but the packed body sends nothing, and the events are kept', async () => {
  const { middlewareStack } = client;
  const clone = middlewareStack.clone.bind(middlewareStack);
  middlewareStack.clone = () => withoutHook(clone());
  const producer = create();
  producer.put({ id: 1 });
  const error: unknown = await producer.flush().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'PROTOCOL', retryable: false, ambiguous: false });
  expect(String(error)).toContain('does not send the packed body');
  expect(calls).toEqual([]);
  expect(await producer.abort()).toMatchObject({ undelivered: [{ events: 1, ambiguous: false }] });
  expect(producer.stats().ambiguous).toBe(0);
});

/** A stack that drops the hook which gives the request its body. */
function withoutHook(stack: FirehoseClient['middlewareStack']): FirehoseClient['middlewareStack'] {
  const concat = stack.concat.bind(stack);
  stack.concat = (from) => {
    const rest = from.clone();
    rest.remove('packedBody');
    return concat(rest);
  };
  return stack;
}

test.each([
  ['half an answer', '{"FailedPutCount":0,"RequestRes'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['responses that are no list', '{"FailedPutCount":0,"RequestResponses":{}}'],
  ['a response that is no object', '{"FailedPutCount":0,"RequestResponses":[null]}'],
  ['a record id that is no text', '{"FailedPutCount":0,"RequestResponses":[{"RecordId":1}]}'],
  ['a count that is no number', '{"FailedPutCount":"0","RequestResponses":[{"RecordId":"id"}]}'],
])('%s under status 200 tells nothing: the call is ambiguous and made again', async (_, answer) => {
  answers.push(answer);
  const producer = create();
  producer.put({ id: 1 });
  await producer.close();
  expect(calls.length).toBe(2);
  expect(producer.stats()).toMatchObject({ requests: 2, ambiguous: 1, delivered: 1 });
});

test('a retry is one call of the producer, not one of the SDK', async () => {
  refusals.push(
    { status: 503, type: 'ServiceUnavailableException' },
    { status: 500, type: 'InternalFailure' },
  );
  const producer = create();
  producer.put({ id: 1 });
  await producer.close();
  expect(calls.length).toBe(3);
  expect(new Set(calls.map(({ body }) => body.toString())).size).toBe(1);
  expect(producer.stats()).toMatchObject({ requests: 3, throttledRecords: 1, ambiguous: 1, delivered: 1 });
});

test('the SDK’s errors come through as causes', async () => {
  refusals.push({ status: 400, type: 'ResourceNotFoundException' });
  const producer = create();
  producer.put({ id: 1 });
  await expect(producer.flush()).rejects.toMatchObject({
    code: 'STREAM_NOT_FOUND',
    cause: { name: 'ResourceNotFoundException' },
  });
  await producer.close();
});

test('connections can be dropped between calls', async () => {
  const transport = sdkTransport({ client });
  const producer = createFirehoseProducer<{ id: number }>({ deliveryStreamName: 'readings', transport });
  for (let id = 0; id < 3; id++) {
    producer.put({ id });
    await producer.flush();
    transport.dropIdleConnections?.();
  }
  await producer.close();
  expect(calls.length).toBe(3);
  expect(transport.target?.()).toEqual({ region: 'eu-central-1', aws: false });
});

test('an endpoint that is not AWS’s has no quota to keep to', async () => {
  const producer = create();
  producer.put({ id: 1 });
  await producer.flush();
  expect(producer.stats().bytesPerSec).toBe(Infinity);
  await producer.close();
});

test('no answer within the timeout is ambiguous, and the call is ended', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const mute = new FirehoseClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const producer = createFirehoseProducer<{ id: number }>({
    deliveryStreamName: 'readings',
    client: mute,
    timeouts: { requestMs: 500 },
    retry: { maxAttempts: 1 },
  });
  await expect(Promise.all([producer.send({ id: 1 }), producer.flush()])).rejects.toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    ambiguous: true,
    cause: { code: 'TRANSPORT' },
  });
  await producer.close().catch(() => undefined);
  mute.destroy();
  silent.close();
  silent.closeAllConnections();
});
