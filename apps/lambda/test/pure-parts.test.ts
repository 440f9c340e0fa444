import { createVirtualClock } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceEndpoint } from '../src/aws/service-endpoint.js';
import { sign, verify, webhook } from '../src/dispatch/truck-systems.js';
import { EventDigest } from '../src/generate/event-digest.js';
import { streamOfShard } from '../src/generate/handler.js';
import { requestFor } from '@store/restock';
import { athenaQuery, type LakeQuery } from '../src/plan/run-plan.js';
import { fallingEvent } from './events.js';

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
    secret: 'sixteen characters',
    fetch: async (_url, init) => {
      keys.push(new Headers(init?.headers).get('idempotency-key'));
      throw new TypeError('no route');
    },
    clock: { ...createVirtualClock(), schedule: runAtOnce },
    random: () => 0,
  });
  await expect(system.request(requestFor(fallingEvent()), { leftMs: () => 60_000 })).rejects.toMatchObject({
    code: 'TRUCK_UNREACHABLE',
  });
  expect(keys).toEqual(Array.from({ length: 4 }, () => 'S1/P1/1'));
});

test('signed calls go to AWS or to this machine, nowhere else unless the stage is local', () => {
  const away = { AWS_ENDPOINT_URL: 'http://evil.example' };
  expect(() => serviceEndpoint('sqs', away)).toThrow(
    'Expected the environment variable AWS_ENDPOINT_URL_SQS',
  );
  expect(serviceEndpoint('sqs', { ...away, STAGE: 'local' }).aws).toBe(false);
  expect(serviceEndpoint('sqs', { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }).aws).toBe(false);
  expect(serviceEndpoint('events', { AWS_REGION: 'cn-north-1' }).url.host).toBe(
    'events.cn-north-1.amazonaws.com.cn',
  );
  expect(() => serviceEndpoint('sqs', { AWS_REGION: 'x.evil.example/' })).toThrow('AWS_REGION');
});

test('a query is started under a token of its text, and one that scans too much is an error', async () => {
  const tokens: unknown[] = [];
  const answers: Readonly<Record<string, (input: object) => Readonly<Record<string, unknown>>>> = {
    StartQueryExecution: (input) => {
      tokens.push(Reflect.get(input, 'ClientRequestToken'));
      return { QueryExecutionId: 'q' };
    },
    GetQueryExecution: () => ({
      QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 1000 } },
    }),
    GetQueryResults: () => ({
      ResultSet: {
        Rows: [{ Data: [{ VarCharValue: 'n' }] }, { Data: [{ VarCharValue: '1' }] }],
        ResultSetMetadata: { ColumnInfo: [{ Name: 'n' }] },
      },
    }),
  };
  const query = (maxBytesScanned: number): LakeQuery =>
    athenaQuery({
      athena: { call: async (action, input) => Promise.resolve(answers[action]?.(input) ?? {}) },
      database: 'd',
      workGroup: undefined,
      maxBytesScanned,
      clock: createVirtualClock(),
    });
  expect((await query(1000)('select 1', 1000)).rows).toEqual([['1']]);
  await expect(query(999)('select 1', 1000)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
  expect(tokens[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(tokens[1]).toBe(tokens[0]);
});

/** A timer that does not wait. */
function runAtOnce(callback: () => void): () => void {
  queueMicrotask(callback);
  return () => undefined;
}
