import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ended, start } from '../built-command.js';
import { contentsOf, createStream, empty, fill, keysIn, put, queueUrl } from './filled-endpoint.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

let served: ServedEndpoint;

beforeAll(async () => {
  served = await serveEndpoint(['--deliver-now']);
});

afterAll(() => served.stop());

const filled = { databases: 1, streams: 1, queues: 1, workGroups: 1, queries: 1 };

async function admin(call: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  const [method = '', path = ''] = call.split(' ');
  return fetch(`${served.endpoint}/_emulator/${path}`, { method, headers });
}

test('the health address says what runs, and in which version', async () => {
  const response = await admin('GET health');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: 'running',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
    services: {
      ...{ glue: 'running', sqs: 'running', firehose: 'running', athena: 'running', s3: 'running' },
      dynamodb: 'running',
    },
  });
});

test('the health address answers while queries, puts and resets are under way', async () => {
  await admin('POST reset');
  await fill(served);
  const query =
    'SELECT count(*) FROM UNNEST(sequence(1, 9000)) a(x), UNNEST(sequence(1, 9000)) b(y) WHERE x * y = 7';
  await served.json('AmazonAthena.StartQueryExecution', {
    QueryString: query,
    ResultConfiguration: { OutputLocation: 's3://lake/results/' },
  });
  const busy = Promise.all([
    ...Array.from({ length: 20 }, () => put(served, 'sales')),
    ...Array.from({ length: 20 }, () => keysIn(served, 'lake')),
  ]);
  const asked = await Promise.all(Array.from({ length: 10 }, () => admin('GET health')));
  await busy;
  const reset = admin('POST reset');
  asked.push(...(await Promise.all(Array.from({ length: 10 }, () => admin('GET health')))));
  expect(asked.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await reset).status).toBe(200);
});

test('with --deliver-now a record is an object when its put is answered', async () => {
  await createStream(served, 'now');
  for (const count of [1, 2, 3]) {
    await put(served, 'now');
    expect((await keysIn(served, 'lake')).filter((key) => key.startsWith('now/'))).toHaveLength(count);
  }
});

test('a reset empties every service, and the endpoint continues', async () => {
  for (const round of [1, 2]) {
    await admin('POST reset');
    await fill(served);
    expect([round, await contentsOf(served)]).toMatchObject([round, filled]);
    const response = await admin('POST reset');
    expect([response.status, await response.json()]).toEqual([200, {}]);
    expect(await contentsOf(served)).toEqual(empty);
  }
  // Files go at last, while requests are answered.
  await expect.poll(() => readdir(join(served.folder, 'data', 's3'))).toEqual([]);
});

test('a receive that waits for messages gets an answer when everything is reset', async () => {
  await fill(served);
  await served.json('AmazonSQS.PurgeQueue', { QueueUrl: queueUrl(served) });
  const receive = served.json('AmazonSQS.ReceiveMessage', {
    QueueUrl: queueUrl(served),
    WaitTimeSeconds: 20,
  });
  expect((await admin('POST reset')).status).toBe(200);
  expect((await receive).status).toBeLessThan(500);
  expect(await contentsOf(served)).toEqual(empty);
});

test('puts that come while everything is reset are each answered, and a put that counts is kept', async () => {
  const answers: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await createStream(served, 'sales');
    const puts = Array.from({ length: 20 }, async (_, index) => {
      const { status } = await served.json('Firehose_20150804.PutRecord', {
        DeliveryStreamName: 'sales',
        Record: { Data: Buffer.from(`{"amount":${index}}\n`).toString('base64') },
      });
      answers.push(status);
    });
    await Promise.all([admin('POST reset'), admin('POST reset'), ...puts]);
    await admin('POST reset');
  }
  expect(answers).toHaveLength(60);
  // Put before, or its stream is gone.
  expect(answers.filter((status) => status !== 200 && status !== 400 && status !== 503)).toEqual([]);
  await createStream(served, 'sales');
  await put(served, 'sales');
  expect((await keysIn(served, 'lake')).filter((key) => key.startsWith('sales/'))).toHaveLength(1);
  await admin('POST reset');
});

test('a page of another origin, or under another name, resets nothing', async () => {
  await served.json('AmazonSQS.CreateQueue', { QueueName: 'stays' });
  expect((await admin('POST reset', { origin: 'https://example.com' })).status).toBe(403);
  expect((await admin('POST reset', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await admin('GET reset')).status).toBe(404);
  expect(await contentsOf(served)).toEqual({ ...empty, queues: 1 });
});

test('a reset that is killed leaves the folder as it was, or empty', async () => {
  let endpoint = await serveEndpoint();
  for (let round = 0; round < 4; round += 1) {
    await fill(endpoint);
    const before = await contentsOf(endpoint);
    const reset = fetch(`${endpoint.endpoint}/_emulator/reset`, { method: 'POST' }).catch(() => undefined);
    await wait(round * 8);
    await endpoint.end('SIGKILL');
    await reset;
    endpoint = await serveEndpoint([], endpoint.folder);
    const after = await contentsOf(endpoint);
    // Both endings are right: the kill comes before the reset takes effect, or after. Queries do not outlive the process.
    const isEmpty = after.databases === 0;
    expect(after).toEqual(isEmpty ? empty : { ...before, queries: 0 });
    await fetch(`${endpoint.endpoint}/_emulator/reset`, { method: 'POST' });
  }
  await endpoint.stop();
});

test('--reset starts empty, on a damaged folder too', async () => {
  const first = await serveEndpoint();
  await fill(first);
  await first.end();
  await writeFile(join(first.folder, 'data', 'state', 'firehose', 'stream-sales', 'stream.json'), 'damaged');
  const second = await serveEndpoint(['--reset'], first.folder);
  expect(await contentsOf(second)).toEqual(empty);
  await second.stop();
});

test('--reset removes nothing from a folder that is no data folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-own-'));
  try {
    for (const name of ['s3', 'state']) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'mine.txt'), 'mine');
    }
    const { code, stderr } = await ended(start(['emulator', '--reset', '--no-setup', '--data', '.'], folder));
    expect(code).not.toBe(0);
    expect(stderr).toContain('no endpoint was started there');
    expect(await readdir(folder)).toEqual(['s3', 'state']);
    expect(await readdir(join(folder, 's3'))).toEqual(['mine.txt']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the command says on a line of its own that it is ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'store-ready-'));
  const child = start(['emulator', '--no-setup', '--data', 'data'], folder);
  let said = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/^READY .*\n/m.test(said)) resolve();
    });
  });
  expect(said).toMatch(/^READY http:\/\/127\.0\.0\.1:\d+$/m);
  const closed = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  await closed;
  await rm(folder, { recursive: true, force: true });
});
