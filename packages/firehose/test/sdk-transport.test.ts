import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { afterEach, expect, test } from 'vitest';
import { createFirehoseProducer } from '../src/index.js';

let server: Server | undefined;
afterEach(() => server?.close());

interface Call {
  readonly body: Buffer;
  readonly headers: IncomingMessage['headers'];
}

async function listen(calls: Call[]): Promise<FirehoseClient> {
  const created = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces);
      calls.push({ body, headers: request.headers });
      const { Records } = JSON.parse(body.toString()) as { Records: unknown[] };
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(
        JSON.stringify({ FailedPutCount: 0, RequestResponses: Records.map(() => ({ RecordId: 'id' })) }),
      );
    });
  });
  server = created;
  await new Promise<void>((resolve) => created.listen(0, '127.0.0.1', resolve));
  const { port } = created.address() as AddressInfo;
  return new FirehoseClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

test('the SDK signs and sends the packed body, and names its hash', async () => {
  const calls: Call[] = [];
  const client = await listen(calls);
  const producer = createFirehoseProducer<{ id: number }>({ deliveryStreamName: 'readings', client });
  for (let id = 0; id < 20_000; id++) producer.put({ id });
  await producer.close();
  let text = '';
  for (const { body, headers } of calls) {
    const hash = createHash('sha256').update(body).digest('hex');
    expect(headers['x-amz-content-sha256']).toBe(hash);
    expect(headers['content-length']).toBe(String(body.length));
    expect(headers['x-amz-target']).toBe('Firehose_20150804.PutRecordBatch');
    expect(headers.authorization).toContain('SignedHeaders=');
    const parsed = JSON.parse(body.toString()) as {
      DeliveryStreamName: string;
      Records: { Data: string }[];
    };
    expect(parsed.DeliveryStreamName).toBe('readings');
    for (const { Data } of parsed.Records) text += Buffer.from(Data, 'base64').toString();
  }
  expect(text).toBe(Array.from({ length: 20_000 }, (_, id) => `{"id":${id}}\n`).join(''));
  client.destroy();
});
