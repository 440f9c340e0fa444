import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceEndpoint } from '../src/aws/service-endpoint.js';
import { sign, verify } from '../src/dispatch/signature.js';
import { webhook } from '../src/dispatch/webhook.js';
import { EventDigest } from '../src/generate/event-digest.js';
import { streamOfShard } from '../src/generate/stream-of-shard.js';
import { toInventoryEvent } from '@store/intake';
import { toUtcIso } from '@store/intake';
import { requestFor } from '@store/restock';
import { athenaRows } from '../src/plan/athena-rows.js';
import { fallingEvent } from './events.js';

const instants = fc.date({
  noInvalidDate: true,
  min: new Date('1980-01-01'),
  max: new Date('2999-12-31T23:59:59Z'),
});

test('an instant is the same instant in every form that sources use', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
      const iso = date.toISOString();
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
      const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
      for (const form of [
        iso,
        iso.replace('T', ' '),
        iso.slice(0, -1),
        `${local}${zone}`,
        `${local.replace('T', ' ')}${zone.replace(':', '')}`,
        date.getTime(),
        String(date.getTime()),
        date.getTime() / 1000,
      ]) {
        expect(toUtcIso(form)).toBe(iso);
      }
    }),
  );
});

test.each([
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-01T25:00:00Z',
  'soon',
  '',
  null,
  NaN,
  1e18,
])('what is no instant stays for the validator: %s', (value) => {
  expect(toUtcIso(value)).toBeUndefined();
});

test('every valid event passes through unchanged, and anything at all is answered without a throw', () => {
  expect(toInventoryEvent(fallingEvent())).toEqual({ ok: true, event: fallingEvent(), mapping: 'inventory' });
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(toInventoryEvent(value).ok).toBe(false);
    }),
  );
});

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
    now: () => 0,
    random: () => 0,
    sleep: async () => undefined,
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

test('every page of a query is read, and a query that scans too much is an error', async () => {
  const cell = (value: string): object => ({ Data: [{ VarCharValue: value }] });
  const meta = { ResultSetMetadata: { ColumnInfo: [{ Name: 'n' }] } };
  const answers: Readonly<Record<string, (input: object) => Readonly<Record<string, unknown>>>> = {
    StartQueryExecution: () => ({ QueryExecutionId: 'q' }),
    GetQueryExecution: () => ({
      QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 1000 } },
    }),
    // Only the first page has a heading.
    GetQueryResults: (input) =>
      'NextToken' in input
        ? { ResultSet: { Rows: [cell('2')], ...meta } }
        : { ResultSet: { Rows: [cell('n'), cell('1')], ...meta }, NextToken: 'more' },
  };
  const source = (maxBytesScanned: number): ReturnType<typeof athenaRows> =>
    athenaRows({
      athena: { call: async (action, input) => Promise.resolve(answers[action]?.(input) ?? {}) },
      database: 'd',
      workGroup: undefined,
      maxBytesScanned,
      sleep: async () => undefined,
    });
  const deadline = { leftMs: () => 1000 };
  expect((await source(1000).rows('select 1', deadline)).rows).toEqual([{ n: '1' }, { n: '2' }]);
  await expect(source(999).rows('select 1', deadline)).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
});
