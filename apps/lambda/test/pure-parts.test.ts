import { createServer } from 'node:http';
import { createVirtualClock, systemClock } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientSettings } from '../src/aws/clients.js';
import { secretLimits, secretReader } from '../src/aws/secret-reader.js';
import { streamOfStore } from '../src/ingest/event-streams.js';
import { readObject } from '../src/ingest/read-object.js';
import { transformation, transformationLimits } from '../src/ingest/transformation.js';
import { sign, verify, webhook } from '../src/dispatch/truck-systems.js';
import { EventDigest } from '../src/generate/event-digest.js';
import { streamOfShard } from '../src/generate/handler.js';
import { requestFor, type AthenaClient } from '@store/restock';
import { athenaQuery, type LakeQuery } from '../src/plan/run-plan.js';
import { fallingEvent } from './events.js';
import { startSecretStore } from './secret-store.js';

test('shards share their delivery streams fairly: shares of each stream add up to at most its quota', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 40 }), (count, streams) => {
      const names = Array.from({ length: streams }, (_, n) => `s${n}`);
      const sums = new Map<string, number>();
      for (let index = 0; index < count; index++) {
        const { streamName, share } = streamOfShard(names, { index, count });
        sums.set(streamName, (sums.get(streamName) ?? 0) + share);
      }
      for (const sum of sums.values()) expect(sum).toBeCloseTo(1);
    }),
  );
});

test('a store has one delivery stream, and every stream has stores', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.string(), (count, store) => {
      const names = Array.from({ length: count }, (_, n) => `s${n}`);
      expect(streamOfStore(names, store)).toBe(streamOfStore([...names], store));
      const used = new Set(
        Array.from({ length: 60 * count }, (_, n) => streamOfStore(names, `${store}${n}`)),
      );
      expect(used.size).toBeGreaterThan(0.9 * count);
    }),
    { numRuns: 40 },
  );
});

test('what does not fit into an answer of a transformation stays with its delivery stream', async () => {
  const raw = Array.from({ length: 8 }, (_, n) => String(n).repeat(4).padEnd(100_000, 'A'));
  const sink = transformation(raw);
  const event = fallingEvent({ product_name: 'x'.repeat(900_000) });
  const messages = raw.map((_, n) => ({ id: String(n), accepted: 1, isUndelivered: false, isUnkept: false }));
  // The last one holds no event, and the one before is kept by nobody.
  const sent = [0, 1, 2, 3, 4, 5].map(async (n) =>
    sink.send(event, n).then(
      () => true,
      () => false,
    ),
  );
  await sink.deliver(0);
  const isSent = await Promise.all(sent);
  expect(isSent).toEqual([true, true, true, true, false, false]);
  const outcomes = messages.map((message, n) => ({
    ...message,
    isUndelivered: isSent[n] === false,
    isUnkept: n === 6,
  }));
  const records = sink.records({
    messages: outcomes,
    accepted: 4,
    rejects: [],
    skipped: 0,
    requestsSent: 0,
  });
  expect(records.map(({ result }) => result)).toEqual([
    ...Array.from({ length: 4 }, () => 'Ok'),
    ...Array.from({ length: 3 }, () => 'ProcessingFailed'),
    'Dropped',
  ]);
  expect(records[5]?.data).toBe(raw[5]);
  // Those that failed come back as they came, and there is room for them.
  const bytes = records.reduce((sum, { data }) => sum + data.length, 0);
  expect(bytes).toBeLessThanOrEqual(transformationLimits.answerBytes);
});

test('an object that is too long is kept as its notification, one that S3 does not give comes again', async () => {
  const part = {
    kind: 'object',
    place: 's3[0]',
    bucket: 'b',
    key: 'k',
    versionId: undefined,
    raw: { text: 'n' },
  } as const;
  const failing = (error: Error) => ({
    get: async () => Promise.reject(error),
    put: async () => Promise.resolve(undefined),
  });
  const long = Object.assign(new Error('long'), { code: 'TOO_LARGE' });
  expect(await readObject(failing(long), part, {})).toEqual({
    parts: [
      {
        kind: 'refused',
        place: 's3[0]',
        code: 'TOO_LARGE',
        message: expect.any(String) as unknown,
        raw: { text: 'n' },
      },
    ],
  });
  expect(await readObject(failing(new Error('denied')), part, {})).toBeUndefined();
});

test('digests of parts add up to the digest of the whole, in any order', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.nat(), (texts, cut) => {
      const [whole, first, second] = [new EventDigest(), new EventDigest(), new EventDigest()];
      const at = texts.length === 0 ? 0 : cut % texts.length;
      texts.forEach((text, n) => {
        const bytes = Buffer.from(text);
        whole.add(bytes);
        (n < at ? first : second).add(bytes);
      });
      second.addDigest(first.toString());
      expect(second.toString()).toBe(whole.toString());
    }),
  );
});

test('a signature holds for its body, secret and five minutes, and for nothing else', () => {
  const headers = { ...sign('body', 'secret', 1_000_000) };
  expect(verify('body', headers, 'secret', 1_200_000)).toBe(true);
  expect(verify('body', headers, 'secret', 1_400_000)).toBe(false);
  expect(verify('body!', headers, 'secret', 1_000_000)).toBe(false);
  expect(verify('body', headers, 'other', 1_000_000)).toBe(false);
  expect(verify('body', { ...headers, 'store-timestamp': '1001' }, 'secret', 1_000_000)).toBe(false);
});

test('a silent truck system is tried again under the same key, then the message is given back', async () => {
  const keys: (string | null)[] = [];
  const system = webhook({
    url: 'https://trucks.example/requests',
    secret: { read: async () => Promise.resolve('sixteen characters') },
    fetch: async (_url, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      throw new TypeError('no route');
    },
    clock: { ...createVirtualClock(), schedule: runAtOnce },
    random: () => 0,
  });
  await expect(
    system.request(requestFor(fallingEvent()), 'S1/P1/1/2', { leftMs: () => 60_000 }),
  ).rejects.toMatchObject({
    code: 'TRUCK_UNREACHABLE',
  });
  expect(keys).toEqual(Array.from({ length: 4 }, () => 'S1/P1/1/2'));
});

test.each([
  { answers: [409, 409, 202], ends: 'taken' },
  { answers: [503, 408, 425, 204], ends: 'taken' },
  { answers: [409, 409, 429, 500], ends: 'TRUCK_UNREACHABLE' },
  { answers: [422], ends: 'TRUCK_REFUSED' },
  { answers: [503, 400], ends: 'TRUCK_REFUSED' },
])('a truck system that answers $answers: $ends', async ({ answers, ends }) => {
  const left = [...answers];
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(left.shift() ?? 404).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const system = webhook({
    url: `http://127.0.0.1:${port}/requests`,
    secret: { read: async () => Promise.resolve('sixteen characters') },
    fetch,
    clock: systemClock,
    random: () => 0,
  });
  const told = system.request(requestFor(fallingEvent()), 'S1/P1/1/2', { leftMs: () => 60_000 });
  await (ends === 'taken' ? told : expect(told).rejects.toMatchObject({ code: ends }));
  expect(left).toEqual([]);
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

test('a secret is read once in five minutes, again when it may have changed, and never for each stranger', async () => {
  const store = await startSecretStore('first');
  const clock = createVirtualClock();
  const env = { AWS_ENDPOINT_URL_SECRETS_MANAGER: store.url };
  const setting = 'secretsmanager:arn:aws:secretsmanager:us-east-1:000000000000:secret:s#key';
  const secret = secretReader({ name: 'S', setting, leastChars: 5 }, env, clock);
  const isSecond = async () => secret.fits((text) => text === 'second');
  // Ten requests of one batch.
  expect(new Set(await Promise.all(Array.from({ length: 10 }, async () => secret.read())))).toEqual(
    new Set(['first']),
  );
  expect(store.details).toHaveLength(1);
  store.rotate('second');
  expect([await isSecond(), await isSecond()]).toEqual([false, false]);
  expect(store.details).toHaveLength(1);
  clock.advance(secretLimits.doubtMs);
  expect([await isSecond(), await isSecond()]).toEqual([true, true]);
  expect(store.details).toHaveLength(2);
  // What does not hold is an error each time, and no secret of before counts.
  store.rotate('3rd');
  clock.advance(secretLimits.lifeMs);
  await expect(secret.read()).rejects.toThrow(
    'Expected the secret of S to have at least 5 characters, got 3.',
  );
  store.rotate('fourth');
  expect(await secret.read()).toBe('fourth');
  // A clock that stood while the function was frozen.
  store.rotate('fifth');
  clock.shiftWall(secretLimits.lifeMs);
  expect(await secret.read()).toBe('fifth');
  await store.close();
  expect(() => secretReader({ name: 'S', setting: 'secretsmanager:', leastChars: 5 }, env, clock)).toThrow(
    'Expected S to name a secret after secretsmanager:.',
  );
});

test('signed calls go to AWS or to this machine, nowhere else unless the stage is local', () => {
  const away = { AWS_ENDPOINT_URL: 'http://evil.example' };
  const endpointOf = (env: Readonly<Record<string, string>>): string | undefined =>
    clientSettings('SQS', env).endpoint;
  const refused = 'Expected the environment variable AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL';
  expect(() => endpointOf(away)).toThrow(refused);
  expect(() => endpointOf({ AWS_ENDPOINT_URL: 'https://amazonaws.com.evil.example' })).toThrow(refused);
  expect(() => endpointOf({ AWS_ENDPOINT_URL: 'http://sqs.us-east-1.amazonaws.com' })).toThrow(refused);
  expect(() => endpointOf({ AWS_ENDPOINT_URL: 'sqs' })).toThrow(refused);
  expect(endpointOf({ ...away, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBeUndefined();
  expect(endpointOf({ ...away, STAGE: 'local' })).toBe('http://evil.example');
  expect(endpointOf({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).toBe('http://127.0.0.1:9');
  const vpce = 'https://vpce-1a2b-3c4d.sqs.cn-north-1.vpce.amazonaws.com.cn';
  expect(endpointOf({ ...away, AWS_ENDPOINT_URL_SQS: vpce })).toBe(vpce);
});

test('a query is started under a token of its text, and one that scans too much is an error', async () => {
  const tokens: unknown[] = [];
  const athena: AthenaClient = {
    startQueryExecution: async ({ ClientRequestToken }) => {
      tokens.push(ClientRequestToken);
      return Promise.resolve({ QueryExecutionId: 'q' });
    },
    getQueryExecution: async () =>
      Promise.resolve({
        QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 1000 } },
      }),
    getQueryResults: async () =>
      Promise.resolve({
        ResultSet: {
          Rows: [{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '1' }] }],
          ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'bigint' }] },
        },
      }),
    stopQueryExecution: async () => Promise.resolve({}),
  };
  const query = (maxBytesScanned: number, isAlwaysNew = false): LakeQuery =>
    athenaQuery({
      athena,
      database: 'd',
      workGroup: undefined,
      maxBytesScanned,
      isAlwaysNew,
      clock: createVirtualClock(),
    });
  expect((await query(1000)('select 1', 1000)).rows).toEqual([['1']]);
  await expect(query(999)('select 1', 1000)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
  expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(tokens[1]).toBe(tokens[0]);
  await query(1000, true)('select 1', 1000);
  expect(tokens[2]).toBeUndefined();
});

/** A timer that does not wait. */
function runAtOnce(callback: () => void): () => void {
  queueMicrotask(callback);
  return () => undefined;
}
