import { expect, test } from 'vitest';
import {
  AccessDeniedError,
  CredentialsError,
  DeliveryFailedError,
  KmsError,
  StreamNotFoundError,
  type DeadLetter,
  type FirehoseError,
} from '../src/index.js';
import { classify } from '../src/outcome/classify.js';
import { idsOf, serviceError, setUp } from './set-up.js';
import { settlePromises } from './virtual-clock.js';

const cause = (error: unknown): unknown => error;

test.each([
  ['ServiceUnavailableException', 503, 'throttled', 'throttled', false],
  ['LimitExceededException', 400, 'throttled', 'throttled', false],
  ['TooMany', 429, 'throttled', 'throttled', false],
  ['InternalFailure', 500, 'retry', 'service', true],
  ['ServiceUnavailable', 503, 'retry', 'service', true],
  ['GatewayTimeout', 504, 'retry', 'service', true],
  ['ExpiredTokenException', 400, 'credentials', 'credentials', false],
  ['UnrecognizedClientException', 400, 'blocked', 'credentials', false],
  ['AccessDeniedException', 400, 'blocked', 'access_denied', false],
  ['ResourceNotFoundException', 400, 'blocked', 'stream_not_found', false],
  ['InvalidKMSResourceException', 400, 'blocked', 'kms', false],
  ['InvalidSourceException', 400, 'blocked', 'service', false],
  ['InvalidArgumentException', 400, 'poison', 'poison_record', false],
])('%s with status %d is %s', (name, status, kind, code, ambiguous) => {
  const verdict = classify(serviceError(name, status), false);
  expect({ kind: verdict.kind, code: verdict.error.code, ambiguous: verdict.error.ambiguous }).toEqual({
    kind,
    code,
    ambiguous,
  });
});

test.each([
  ['ECONNREFUSED', false],
  ['ENOTFOUND', false],
  ['EAI_AGAIN', false],
  ['ECONNRESET', true],
  ['EPIPE', true],
  ['ETIMEDOUT', true],
])('%s is retried, ambiguous: %s', (code, ambiguous) => {
  const verdict = classify(Object.assign(new Error('broken'), { code }), false);
  expect([verdict.kind, verdict.error.ambiguous]).toEqual(['retry', ambiguous]);
});

test('what no network could cause blocks, so that a wrong setup is told and loses nothing', () => {
  expect(classify(new Error('Region is missing'), false)).toMatchObject({
    kind: 'blocked',
    error: { code: 'service', message: 'Error: Region is missing' },
  });
});

test('bisection finds the poison record; all others are delivered', async () => {
  const letters: DeadLetter[] = [];
  const { clock, producer, received } = setUp(
    (records) => {
      if (records.some((data) => Buffer.from(data).includes('"id":13}'))) {
        throw serviceError('InvalidArgumentException', 400);
      }
      return undefined;
    },
    { packing: { mode: 'single' }, deadLetter: (found) => void letters.push(...found) },
  );
  for (let id = 0; id < 40; id++) producer.put({ id });
  await clock.until(producer.close());
  expect(idsOf(received).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, id) => id).filter((id) => id !== 13),
  );
  expect(
    letters.map(({ data, events, error }) => [Buffer.from(data).toString(), events, error.code]),
  ).toEqual([['{"id":13}\n', 1, 'poison_record']]);
  expect(producer.stats()).toMatchObject({ delivered: 39, failed: 1, pending: 0, ambiguous: 0 });
});

test('failures that nobody took reject the flush, with the bytes', async () => {
  const { clock, producer } = setUp(() => {
    throw serviceError('InvalidArgumentException', 400);
  });
  producer.put({ id: 1 });
  const error = await clock.until(producer.flush().catch(cause));
  expect(error).toBeInstanceOf(DeliveryFailedError);
  const { letters, failedEvents } = error as DeliveryFailedError; // The line above has checked it.
  expect([failedEvents, Buffer.from(letters[0]?.data ?? []).toString()]).toEqual([1, '{"id":1}\n']);
  await clock.until(producer.close());
});

test('a dead-letter handler that fails is no place to lose events', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('InvalidArgumentException', 400);
    },
    { deadLetter: () => Promise.reject(new Error('The queue is down.')) },
  );
  producer.put({ id: 1 });
  expect(await clock.until(producer.close().catch(cause))).toMatchObject({
    code: 'delivery_failed',
    failedEvents: 1,
    cause: { message: 'The queue is down.' },
  });
});

test.each([
  ['ResourceNotFoundException', StreamNotFoundError],
  ['AccessDeniedException', AccessDeniedError],
  ['InvalidKMSResourceException', KmsError],
  ['UnrecognizedClientException', CredentialsError],
])('%s: events are kept, the flush tells why, and all goes on once it is mended', async (name, type) => {
  let broken = true;
  const { calls, clock, producer, received } = setUp(() => {
    if (broken) throw serviceError(name, 400);
    return undefined;
  });
  producer.put({ id: 1 });
  expect(await clock.until(producer.flush().catch(cause))).toBeInstanceOf(type);
  for (let id = 2; id < 5; id++) producer.put({ id });
  while (clock.now() < 60_000) {
    await settlePromises();
    clock.step();
  }
  await settlePromises();
  // One call a pause, and the pauses double.
  expect(calls.length).toBeLessThan(12);
  expect(producer.stats()).toMatchObject({ accepted: 4, pending: 4, failed: 0 });
  broken = false;
  await clock.until(producer.close());
  expect(idsOf(received).sort()).toEqual([1, 2, 3, 4]);
});

test('whoever waits for room learns that there will be none', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('ResourceNotFoundException', 400);
    },
    { packing: { maxEvents: 10, maxBytes: 1000 }, memory: { maxBytes: 10_000 } },
  );
  function* endless(): Generator<{ id: number }> {
    for (let id = 0; ; id++) yield { id };
  }
  expect(await clock.until(producer.pipeFrom(endless()).catch(cause))).toBeInstanceOf(StreamNotFoundError);
  expect(producer.stats().pending).toBe(producer.stats().accepted);
});

test('expired credentials are renewed once, and the same bytes go again', async () => {
  let renewed = 0;
  const { calls, clock, producer } = setUp(
    () => {
      if (renewed === 0) throw serviceError('ExpiredTokenException', 400);
      return undefined;
    },
    {},
    {
      refreshCredentials: async () => {
        renewed++;
      },
    },
  );
  producer.put({ id: 1 });
  await clock.until(producer.close());
  expect([renewed, calls]).toEqual([1, [['{"id":1}\n'], ['{"id":1}\n']]]);
  expect(producer.stats().ambiguous).toBe(0);
});

test('a record that is too old fails with the last refusal as its cause', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('ServiceUnavailableException', 503);
    },
    { retry: { maxAgeMs: 60_000 } },
  );
  const receipt = producer.putAsync({ id: 1 }).catch((error: unknown) => error as FirehoseError);
  await clock.until(producer.flush().catch(cause));
  expect(await receipt).toMatchObject({ code: 'deadline_exceeded', cause: { code: 'throttled' } });
  expect(clock.now()).toBeLessThan(61_000);
});

test('a receipt tells of a possible duplicate after an unknown outcome', async () => {
  let first = true;
  const { clock, producer } = setUp(() => {
    if (!first) return undefined;
    first = false;
    throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  });
  expect(await clock.until(producer.putAsync({ id: 1 }))).toMatchObject({
    attempts: 2,
    possibleDuplicate: true,
  });
  expect(producer.stats().ambiguous).toBe(1);
});

test('an outage is not answered with a storm', async () => {
  const { calls, clock, producer } = setUp(
    () => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    },
    { packing: { mode: 'single' }, batch: { maxRecords: 1 }, retry: { capMs: 100 } },
  );
  for (let id = 0; id < 200; id++) producer.put({ id });
  await clock.until(producer.flush({ deadlineMs: 10_000 }));
  // 200 first attempts, a share of them again, and five a second.
  expect(calls.length).toBeLessThan(200 + 40 + 10 + 50 + 5);
});
