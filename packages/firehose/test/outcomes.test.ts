import { expect, test } from 'vitest';
import { FirehoseError, type FirehoseErrorCode, type Undelivered } from '../src/index.js';
import { classify } from '../src/outcome.js';
import { idsOf, serviceError, setUp } from './set-up.js';
import { settlePromises, until } from './until.js';

const cause = (error: unknown): unknown => error;

test.each([
  ['ServiceUnavailableException', 503, 'throttled', 'THROTTLED', false],
  ['LimitExceededException', 400, 'throttled', 'THROTTLED', false],
  ['TooMany', 429, 'throttled', 'THROTTLED', false],
  ['InternalFailure', 500, 'retry', 'SERVICE', true],
  ['ServiceUnavailable', 503, 'retry', 'SERVICE', true],
  ['GatewayTimeout', 504, 'retry', 'SERVICE', true],
  ['ExpiredTokenException', 400, 'credentials', 'CREDENTIALS', false],
  ['UnrecognizedClientException', 400, 'blocked', 'CREDENTIALS', false],
  ['AccessDeniedException', 400, 'blocked', 'ACCESS_DENIED', false],
  ['ResourceNotFoundException', 400, 'blocked', 'STREAM_NOT_FOUND', false],
  ['InvalidKMSResourceException', 400, 'blocked', 'KMS', false],
  ['InvalidSourceException', 400, 'blocked', 'SERVICE', false],
  ['InvalidArgumentException', 400, 'poison', 'POISON_RECORD', false],
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
    error: { code: 'SERVICE', message: 'Error: Region is missing' },
  });
});

test('bisection finds the poison record; all others are delivered', async () => {
  const letters: Undelivered[] = [];
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
  await until(clock, producer.close());
  expect(idsOf(received).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, id) => id).filter((id) => id !== 13),
  );
  expect(
    letters.map(({ data, events, error }) => [Buffer.from(data).toString(), events, error.code]),
  ).toEqual([['{"id":13}\n', 1, 'POISON_RECORD']]);
  expect(producer.stats()).toMatchObject({ delivered: 39, failed: 1, pending: 0, ambiguous: 0 });
});

test('failures that nobody took reject the flush, with the bytes', async () => {
  const { clock, producer } = setUp(() => {
    throw serviceError('InvalidArgumentException', 400);
  });
  producer.put({ id: 1 });
  const error = await until(clock, producer.flush().catch(cause));
  if (!(error instanceof FirehoseError)) throw error;
  const { events, undelivered = [] } = error.details;
  expect([error.code, events, undelivered.length]).toEqual(['DELIVERY_FAILED', 1, 1]);
  expect(Buffer.from(undelivered[0]?.data ?? []).toString()).toBe('{"id":1}\n');
  await until(clock, producer.close());
});

test('a dead-letter handler that fails is no place to lose events', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('InvalidArgumentException', 400);
    },
    { deadLetter: () => Promise.reject(new Error('The queue is down.')) },
  );
  producer.put({ id: 1 });
  expect(await until(clock, producer.close().catch(cause))).toMatchObject({
    code: 'DELIVERY_FAILED',
    details: { events: 1 },
    cause: { message: 'The queue is down.' },
  });
});

test('what a dead-letter handler threw at is offered once more before the end', async () => {
  const heard: string[] = [];
  let calls = 0;
  const { clock, producer } = setUp(
    () => {
      throw serviceError('InvalidArgumentException', 400);
    },
    {
      deadLetter: (found) => {
        calls += 1;
        if (calls === 1) throw new Error('Not now.');
        heard.push(...found.map(({ data }) => Buffer.from(data).toString()));
      },
    },
  );
  producer.put({ id: 1 });
  await until(clock, producer.close());
  expect(heard).toEqual(['{"id":1}\n']);
});

test('abort hands back what a dead-letter handler did not take', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('InvalidArgumentException', 400);
    },
    { deadLetter: () => Promise.reject(new Error('The queue is down.')) },
  );
  const sent = producer.send({ id: 1 }).catch(cause);
  await until(clock, sent);
  const { undelivered } = await until(clock, producer.abort());
  expect(undelivered.map(({ data }) => Buffer.from(data).toString())).toEqual(['{"id":1}\n']);
});

test('a dead-letter handler that never ends does not hold up the end', async () => {
  const { clock, producer } = setUp(
    () => {
      throw serviceError('InvalidArgumentException', 400);
    },
    { deadLetter: () => new Promise<void>(() => undefined) },
  );
  producer.put({ id: 1 });
  expect(await until(clock, producer.close().catch(cause))).toMatchObject({
    code: 'DELIVERY_FAILED',
    details: { events: 1 },
  });
});

test.each([
  ['ResourceNotFoundException', 'STREAM_NOT_FOUND'],
  ['AccessDeniedException', 'ACCESS_DENIED'],
  ['InvalidKMSResourceException', 'KMS'],
  ['UnrecognizedClientException', 'CREDENTIALS'],
] as const satisfies [string, FirehoseErrorCode][])(
  '%s: events are kept, the flush tells why, and all continues once it is fixed',
  async (name, code) => {
    let broken = true;
    const { calls, clock, producer, received } = setUp(() => {
      if (broken) throw serviceError(name, 400);
      return undefined;
    });
    producer.put({ id: 1 });
    expect(await until(clock, producer.flush().catch(cause))).toMatchObject({
      name: 'FirehoseError',
      code,
      retryable: true,
    });
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
    await until(clock, producer.close());
    expect(idsOf(received).sort()).toEqual([1, 2, 3, 4]);
  },
);

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
  expect(await until(clock, producer.pipe(endless()).catch(cause))).toMatchObject({
    code: 'STREAM_NOT_FOUND',
  });
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
  await until(clock, producer.close());
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
  const receipt = producer.send({ id: 1 }).catch(cause);
  await until(clock, producer.flush().catch(cause));
  expect(await receipt).toMatchObject({
    code: 'DEADLINE_EXCEEDED',
    cause: { code: 'THROTTLED' },
    details: { attempts: expect.any(Number) as number },
  });
  expect(clock.now()).toBeLessThan(61_000);
});

test('a receipt tells of a possible duplicate after an unknown outcome', async () => {
  let first = true;
  const { clock, producer } = setUp(() => {
    if (!first) return undefined;
    first = false;
    throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  });
  expect(await until(clock, producer.send({ id: 1 }))).toMatchObject({
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
  await until(clock, producer.flush({ deadlineMs: 10_000 }));
  // 200 first attempts, a share of them again, and five a second.
  expect(calls.length).toBeLessThan(200 + 40 + 10 + 50 + 5);
});
