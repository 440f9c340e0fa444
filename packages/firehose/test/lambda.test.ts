import { expect, test } from 'vitest';
import { FirehoseError, withProducer } from '../src/index.js';
import { serviceError, setUp } from './set-up.js';
import { until } from './until.js';

const context = (remainingMs: number) => ({ getRemainingTimeInMillis: () => remainingMs });

test('everything is delivered before the handler’s result is returned', async () => {
  const { clock, producer, received } = setUp();
  const handler = withProducer(
    () => producer,
    async (event: { count: number }, _, target) => {
      for (let id = 0; id < event.count; id++) target.put({ id });
      return 'done';
    },
  );
  expect(await until(clock, handler({ count: 2 }, context(3000)))).toBe('done');
  expect(received).toEqual(['{"id":0}\n{"id":1}\n']);
});

test('what does not go out in time fails the invocation, and the next one starts clean', async () => {
  const lives = [setUp(() => new Promise(() => undefined)), setUp()];
  let life = -1;
  const current = () => lives[life] ?? setUp();
  const handler = withProducer(
    () => {
      life++;
      return current().producer;
    },
    async (id: number, _, target) => {
      target.put({ id });
      return id;
    },
  );
  const first = handler(7, context(2000)).catch((error: unknown) => error);
  const error = await until(current().clock, first);
  expect(error).toBeInstanceOf(FirehoseError);
  expect(error).toMatchObject({
    code: 'UNDELIVERED',
    retryable: true,
    details: { events: 1, undelivered: [{ events: 1, ambiguous: true }], spooled: 0 },
  });
  expect(current().clock.now()).toBe(1500);
  const second = handler(8, context(2000));
  expect(await until(current().clock, second)).toBe(8);
  expect(current().received).toEqual(['{"id":8}\n']);
});

test('undelivered events can become a partial batch response, with the cause', async () => {
  const { clock, producer } = setUp(() => {
    throw serviceError('ResourceNotFoundException', 400);
  });
  const handler = withProducer(
    () => producer,
    async (id: number, _, target) => {
      target.put({ id });
      return { batchItemFailures: [] as string[] };
    },
    {
      onUndelivered: ({ undelivered }, id) => ({
        batchItemFailures: undelivered.map(({ events, error }) => `${id} ${events} ${error.code}`),
      }),
    },
  );
  expect(await until(clock, handler(7, context(2000)))).toEqual({
    batchItemFailures: ['7 1 STREAM_NOT_FOUND'],
  });
});

test('the handler’s own error is the one that is thrown, after its events went out', async () => {
  const { clock, producer, received } = setUp();
  const handler = withProducer(
    () => producer,
    async (id: number, _, target) => {
      target.put({ id });
      throw new Error('The handler fails.');
    },
  );
  await expect(until(clock, handler(7, context(2000)))).rejects.toThrow('The handler fails.');
  expect(received).toEqual(['{"id":7}\n']);
});

const noText: unknown = Object.create(null);

test.each([
  ['an error', new Error('The handler fails.'), 'The handler fails.'],
  ['what has no form as text', noText, 'an object'],
])(
  'where the handler throws %s and the delivery fails, both are told, and the events are handed back',
  async (_name, thrown, said) => {
    const { clock, producer } = setUp(() => {
      throw serviceError('AccessDeniedException', 400);
    });
    const handler = withProducer(
      () => producer,
      async (id: number, _, target) => {
        target.put({ id });
        throw thrown;
      },
    );
    const error: unknown = await until(
      clock,
      handler(7, context(2000)).catch((failure: unknown) => failure),
    );
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(`${said} 1 events could not be delivered`),
    );
    expect(error).toMatchObject({
      errors: [thrown, { code: 'UNDELIVERED', details: { events: 1, undelivered: [{ events: 1 }] } }],
    });
  },
);

test('after a freeze idle connections are dropped before anything is sent', async () => {
  let dropped = 0;
  const { clock, producer } = setUp(undefined, {}, { dropIdleConnections: () => (dropped += 1) });
  producer.put({ id: 1 });
  await until(clock, producer.flush());
  producer.put({ id: 2 });
  await until(clock, producer.flush());
  expect(dropped).toBe(0);
  clock.schedule(() => undefined, 60_000);
  clock.step();
  producer.put({ id: 3 });
  await until(clock, producer.flush());
  expect(dropped).toBe(1);
});

test('a machine that was suspended is seen on the wall clock, where the other one stood still', async () => {
  let dropped = 0;
  const { clock, producer } = setUp(undefined, {}, { dropIdleConnections: () => (dropped += 1) });
  for (const [pauseMs, drops] of [
    [0, 0],
    [4000, 0],
    [6000, 1],
    // Somebody has set it back: that is no pause.
    [-60_000, 1],
    [6000, 2],
  ] as const) {
    clock.shiftWall(pauseMs);
    producer.put({ id: 1 });
    await until(clock, producer.flush());
    expect(dropped).toBe(drops);
  }
});

test('a handler that closes the producer itself has delivered everything', async () => {
  const made: ReturnType<typeof setUp>[] = [];
  const handler = withProducer(
    () => {
      const next = setUp();
      made.push(next);
      return next.producer;
    },
    async (event: { readonly id: number }, _context, producer) => {
      producer.put(event);
      await producer.close();
      return event.id;
    },
  );
  expect([await handler({ id: 1 }, context(3000)), await handler({ id: 2 }, context(3000))]).toEqual([1, 2]);
  expect(made.map(({ received }) => received)).toEqual([['{"id":1}\n'], ['{"id":2}\n']]);
});
