import { afterAll, beforeAll, expect, test } from 'vitest';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../../src/index.js';
import { scanBatch } from '../../src/firehose/batch-records.js';
import { createReadings, reading, readingsStream } from '../clients.js';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };
let dataDir = '';
let emulator: Emulator;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'emulator-'));
  emulator = await startEmulator({ dataDir });
  await createReadings(emulator);
  const client = new FirehoseClient({ endpoint: emulator.endpoint, region: 'us-east-1', credentials });
  await client.send(new CreateDeliveryStreamCommand(readingsStream()));
  client.destroy();
});

afterAll(async () => {
  await emulator.close();
  await rm(dataDir, { recursive: true });
});

async function put(body: string | ReadableStream): Promise<{ status: number; answer: unknown }> {
  const signature = `AWS4-HMAC-SHA256 Credential=AKID/20260105/us-east-1/firehose/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'Firehose_20150804.PutRecordBatch', authorization: signature },
    body,
    ...(typeof body === 'string' ? {} : { duplex: 'half' }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const base64 = (id: number): string => Buffer.from(`${reading(id, 1)}\n`).toString('base64');
const records = (...ids: readonly number[]): { Data: string }[] => ids.map((id) => ({ Data: base64(id) }));

test('a batch is the same in whatever JSON it comes', async () => {
  const DeliveryStreamName = 'readings';
  const spaced = `{"DeliveryStreamName": "readings", "Records": [{"Data": "${base64(3)}"}, {"Data": "${base64(4)}"}]}`;
  const pretty = JSON.stringify({ Records: records(5), DeliveryStreamName }, undefined, 2);
  const escaped = JSON.stringify({ DeliveryStreamName, Records: records(6) }).replaceAll('/', '\\/');
  const large = { DeliveryStreamName, Records: records(...Array.from({ length: 490 }, (_, at) => 100 + at)) };
  for (const body of [
    JSON.stringify({ DeliveryStreamName, Records: records(0, 1) }),
    JSON.stringify({ Records: records(2), DeliveryStreamName }),
    spaced,
    pretty,
    escaped,
    JSON.stringify(large),
  ]) {
    const { status, answer } = await put(body);
    expect({ status, answer }).toMatchObject({ status: 200, answer: { FailedPutCount: 0 } });
  }
  const rows = await emulator.query('SELECT id FROM lake.readings WHERE id < 10000 ORDER BY id');
  expect(rows.map(({ id }) => Number(id))).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6],
    ...Array.from({ length: 490 }, (_, at) => 100 + at),
  ]);
});

test('a body that does not say how long it is arrives complete', async () => {
  const text = JSON.stringify({
    DeliveryStreamName: 'readings',
    Records: Array.from({ length: 400 }, (_, at) => ({
      Data: Buffer.from(`${reading(20_000 + at, 1)}\n`.repeat(1)).toString('base64'),
    })),
  });
  const { status } = await put(new Blob([text]).stream());
  expect(status).toBe(200);
  const [row] = await emulator.query('SELECT count(*) AS n FROM lake.readings WHERE id >= 20000');
  expect(row?.n).toBe(400);
});

test.each([
  ['no base64', '{"DeliveryStreamName":"readings","Records":[{"Data":"!!!!"}]}', 'SerializationException'],
  ['no records', '{"DeliveryStreamName":"readings","Records":[]}', 'ValidationException'],
  ['half a request', '{"DeliveryStreamName":"readings","Records":[{"Data":"YQ=="}', 'SerializationException'],
  [
    'no such stream',
    '{"DeliveryStreamName":"other","Records":[{"Data":"YQ=="}]}',
    'ResourceNotFoundException',
  ],
  [
    'more behind it',
    '{"DeliveryStreamName":"readings","Records":[{"Data":"YQ=="}]}]',
    'SerializationException',
  ],
])('%s is refused', async (_, body, code) => {
  const { status, answer } = await put(body);
  expect([status, answer]).toMatchObject([400, { __type: code }]);
});

test('what the SDKs send is read where it lies', () => {
  const sdk = Buffer.from('{"DeliveryStreamName":"s","Records":[{"Data":"YQ=="},{"Data":""}]}');
  expect(scanBatch(sdk)).toMatchObject({ name: 's', places: [46, 50, 62, 62] });
  const cli = Buffer.from('{"DeliveryStreamName": "s", "Records": [{"Data": "YQ=="}]}');
  expect(scanBatch(cli)?.places).toHaveLength(2);
  expect(
    scanBatch(Buffer.from('{"Records":[{"Data":"YQ==","More":1}],"DeliveryStreamName":"s"}')),
  ).toBeUndefined();
});
