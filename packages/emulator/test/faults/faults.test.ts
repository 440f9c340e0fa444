import {
  CreateDeliveryStreamCommand,
  PutRecordBatchCommand,
  PutRecordCommand,
} from '@aws-sdk/client-firehose';
import { CreateDatabaseCommand } from '@aws-sdk/client-glue';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { createVirtualClock } from '@store/foundation';
import { startEmulator, type EmulatorOptions, type FaultPlan } from '../../src/index.js';
import {
  createReadings,
  firehoseClient,
  glueClient,
  plainStream,
  reading,
  readingsStream,
  record,
  startedEmulator,
  temporaryFolder,
} from '../clients.js';
import { filesBelow } from '../lake-files.js';

const DeliveryStreamName = 'plain';
const hundred = Array.from({ length: 100 }, (_, id) => record(`${id}\n`));

async function refusals(seed: number): Promise<(string | undefined)[]> {
  const emulator = await startedEmulator({ seed, faults: { refusedRecords: 0.3 } });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const answer = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: hundred }));
  const codes = (answer.RequestResponses ?? []).map(({ ErrorCode }) => ErrorCode);
  expect(codes.filter((code) => code !== undefined)).toHaveLength(answer.FailedPutCount ?? -1);
  expect(new Set(codes)).toEqual(new Set([undefined, 'ServiceUnavailableException']));
  await emulator.flush();
  return codes;
}

test('refused records fail one by one in the real shape, the same ones for the same seed', async () => {
  const first = await refusals(7);
  expect(await refusals(7)).toEqual(first);
  expect(await refusals(8)).not.toEqual(first);
});

const setFaults = (endpoint: string, plan: FaultPlan): Promise<Response> =>
  fetch(`${endpoint}/_emulator/faults`, { method: 'PUT', body: JSON.stringify(plan) });

test('a full disk refuses with the service’s own error, loses nothing, and recovers', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const put = (text: string): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record(text) }));
  await put('a');
  await setFaults(emulator.endpoint, { diskFull: true });
  await expect(put('lost')).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  await setFaults(emulator.endpoint, {});
  await put('b');
  await emulator.flush();
  expect(await filesBelow(emulator.lakeDir)).toHaveLength(1);
});

test('a full disk holds up tables, queues, queries of what is only in memory, and deliveries; then all continues', async () => {
  const emulator = await startedEmulator();
  await createReadings(emulator);
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(readingsStream()));
  const put = (id: number): Promise<unknown> =>
    firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: 'readings', Records: [record(reading(id))] }),
    );
  await put(1);
  await setFaults(emulator.endpoint, { diskFull: true });
  const DatabaseInput = { Name: 'other' };
  const glue = glueClient(emulator);
  await expect(glue.send(new CreateDatabaseCommand({ DatabaseInput }))).rejects.toThrow(/disk has room/);
  const sqs = new SQSClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  await expect(sqs.send(new CreateQueueCommand({ QueueName: 'q' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 503 },
  });
  await expect(put(2)).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
  await expect(emulator.query('SELECT id FROM lake.readings')).rejects.toMatchObject({
    code: 'QUERY_FAILED',
  });
  const flushed = emulator.flush();
  await setFaults(emulator.endpoint, {});
  await flushed;
  await put(3);
  await glue.send(new CreateDatabaseCommand({ DatabaseInput }));
  await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  sqs.destroy();
  const rows = await emulator.query('SELECT id FROM lake.readings ORDER BY id');
  expect(rows.map(({ id }) => Number(id))).toEqual([1, 3]);
  expect(await filesBelow(emulator.lakeDir)).toHaveLength(1);
});

test('throttled calls and internal errors reach the SDK as the errors that AWS sends', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const put = (): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
  await setFaults(emulator.endpoint, { throttledCalls: 1 });
  await expect(put()).rejects.toMatchObject({
    name: 'ServiceUnavailableException',
    message: 'Slow down.',
    $metadata: { httpStatusCode: 503 },
  });
  await setFaults(emulator.endpoint, { internalErrors: 1 });
  await expect(put()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
});

test('a reset after the commit stores what the client believes lost; one before does not', async () => {
  const emulator = await startedEmulator();
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const put = (): Promise<unknown> =>
    firehose.send(new PutRecordCommand({ DeliveryStreamName, Record: record('a') }));
  await setFaults(emulator.endpoint, { resetsBeforeCommit: 1 });
  await expect(put()).rejects.toThrow();
  expect(await undelivered(emulator.endpoint)).toBe(0);
  await setFaults(emulator.endpoint, { resetsAfterCommit: 1 });
  await expect(put()).rejects.toThrow();
  expect(await undelivered(emulator.endpoint)).toBe(1);
});

async function undelivered(endpoint: string): Promise<number> {
  const answer = await fetch(`${endpoint}/_emulator/status`);
  // The endpoint's own answer.
  const status = (await answer.json()) as { streams: { undeliveredRecords: number }[] };
  return status.streams[0]?.undeliveredRecords ?? -1;
}

test('a delivery that fails is tried again until it succeeds', async () => {
  const troubles: unknown[] = [];
  const emulator = await startedEmulator({ seed: 3, onTrouble: (error) => troubles.push(error) });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records: hundred }));
  await setFaults(emulator.endpoint, { failedDeliveries: 0.7 });
  await emulator.flush();
  expect(await filesBelow(emulator.lakeDir)).toHaveLength(1);
});

test('quotas throttle by the record and by the byte, and let more through as time goes on', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5));
  const quotas = { requestsPerSecond: 3, recordsPerSecond: 60, bytesPerSecond: 10_000 };
  const emulator = await startedEmulator({ clock, quotas });
  const firehose = firehoseClient(emulator);
  await firehose.send(new CreateDeliveryStreamCommand(plainStream('plain')));
  const put = new PutRecordBatchCommand({ DeliveryStreamName, Records: hundred });
  expect((await firehose.send(put)).FailedPutCount).toBe(40);
  expect((await firehose.send(put)).FailedPutCount).toBe(100);
  clock.advance(500);
  expect((await firehose.send(put)).FailedPutCount).toBe(70);
  await firehose.send(put);
  await expect(firehose.send(put)).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
});

test.each([
  [{ prot: 4790 }, 'Unknown option `prot`. Did you mean `port`?'],
  [{ quotas: 'mars' }, "Expected `quotas` to be 'none', 'us-east-1' or 'other'"],
  [{ quotas: { requestPerSecond: 1 } }, 'Did you mean `quotas.requestsPerSecond`?'],
  [{ quotas: { requestsPerSecond: 1, recordsPerSecond: 1 } }, 'Expected `quotas.bytesPerSecond` to be'],
  [{ faults: { refusedRecrods: 0.1 } }, 'Did you mean `faults.refusedRecords`?'],
  [{ lambdas: { 'arn:x': 'no function' } }, 'Expected `lambdas["arn:x"]` to be a function'],
  [{ accountId: '12' }, 'Expected `accountId` to be 12 digits, got "12"'],
])('an option that is unknown or cannot be is refused with the nearest name: %j', async (wrong, message) => {
  // What a JavaScript caller may pass.
  const options = { dataDir: '/nowhere', ...wrong } as EmulatorOptions;
  await expect(startEmulator(options)).rejects.toMatchObject({
    name: 'EmulatorError',
    code: 'INVALID_OPTION',
    message: expect.stringContaining(message) as string,
  });
});

test('options and fault plans that cannot be are refused with what would do', async () => {
  const dataDir = await temporaryFolder();
  await expect(startEmulator({ dataDir, port: 70_000 })).rejects.toThrow(
    'Expected `port` to be 0 to 65535, got 70000',
  );
  await expect(startEmulator({ dataDir, faults: { refusedRecords: 2 } })).rejects.toThrow(
    'Expected `faults.refusedRecords` to be 0 to 1, got 2',
  );
  await expect(startEmulator({ dataDir, host: '0.0.0.0' })).rejects.toThrow('set `secretAccessKey` too');
  const first = await startedEmulator({ dataDir });
  await expect(startEmulator({ dataDir })).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE' });
  await first.close();
  await expect(first.flush()).rejects.toMatchObject({ code: 'CLOSED' });
});

test.each([
  { latencyMs: -1 },
  { deliveryDelayMs: -1 },
  { latencyMs: 3_600_001 },
  { deliveryDelayMs: 2 ** 31 },
  { clockSkewMs: 1e15 },
  { clockSkewMs: '5' },
  { unavailable: 1.5 },
  { unavailable: -0.1 },
  { diskFull: 1 },
  { latency: 5 },
  [],
  null,
])('a fault plan of %j is refused, and the one before it stays', async (plan) => {
  const { endpoint } = await startedEmulator({ faults: { latencyMs: 1 } });
  const put = await fetch(`${endpoint}/_emulator/faults`, { method: 'PUT', body: JSON.stringify(plan) });
  expect(put.status).toBe(400);
  expect(await put.json()).toMatchObject({ __type: 'ValidationException' });
  expect(await (await fetch(`${endpoint}/_emulator/faults`)).json()).toEqual({ latencyMs: 1 });
});
