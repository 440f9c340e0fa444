import { expect, test } from 'vitest';
import { UndeliveredError, withProducer, type Clock } from '../src/index.js';
import { serviceError, setUp } from './set-up.js';
import { VirtualClock } from './virtual-clock.js';

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
  expect(await clock.until(handler({ count: 2 }, context(3000)))).toBe('done');
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
  const error = await current().clock.until(first);
  expect(error).toBeInstanceOf(UndeliveredError);
  expect(error).toMatchObject({ events: 1, records: [{ events: 1, ambiguous: true }] });
  expect(current().clock.now()).toBe(1500);
  const second = handler(8, context(2000));
  expect(await current().clock.until(second)).toBe(8);
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
      onUndelivered: ({ cause, events }, id) => ({
        batchItemFailures: [`${id} ${events} ${cause?.code ?? ''}`],
      }),
    },
  );
  expect(await clock.until(handler(7, context(2000)))).toEqual({
    batchItemFailures: ['7 1 stream_not_found'],
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
  await expect(clock.until(handler(7, context(2000)))).rejects.toThrow('The handler fails.');
  expect(received).toEqual(['{"id":7}\n']);
});

test('where the handler and the delivery fail, both are told, and the events are handed back', async () => {
  const { clock, producer } = setUp(() => {
    throw serviceError('AccessDeniedException', 400);
  });
  const handler = withProducer(
    () => producer,
    async (id: number, _, target) => {
      target.put({ id });
      throw new Error('The handler fails.');
    },
  );
  const error: unknown = await clock.until(handler(7, context(2000)).catch((thrown: unknown) => thrown));
  expect(error).toBeInstanceOf(AggregateError);
  expect(error).toMatchObject({
    errors: [
      { message: 'The handler fails.' },
      { name: 'UndeliveredError', events: 1, records: [{ events: 1 }] },
    ],
  });
});

test('after a freeze idle connections are dropped before anything is sent', async () => {
  let dropped = 0;
  const { clock, producer } = setUp(undefined, {}, { dropIdleConnections: () => (dropped += 1) });
  producer.put({ id: 1 });
  await clock.until(producer.flush());
  producer.put({ id: 2 });
  await clock.until(producer.flush());
  expect(dropped).toBe(0);
  clock.schedule(() => undefined, 60_000);
  clock.step();
  producer.put({ id: 3 });
  await clock.until(producer.flush());
  expect(dropped).toBe(1);
});

test('a machine that was suspended is seen on the wall clock, where the other one stood still', async () => {
  let dropped = 0;
  let wallAt = 1e12;
  const virtual = new VirtualClock();
  const clock: Clock = {
    now: () => virtual.now(),
    schedule: (callback, delayMs) => virtual.schedule(callback, delayMs),
    wallNow: () => wallAt,
  };
  const { producer } = setUp(undefined, { clock }, { dropIdleConnections: () => (dropped += 1) });
  for (const [pauseMs, drops] of [
    [0, 0],
    [4000, 0],
    [6000, 1],
    // Somebody has set it back: that is no pause.
    [-60_000, 1],
    [6000, 2],
  ] as const) {
    wallAt += pauseMs;
    producer.put({ id: 1 });
    await virtual.until(producer.flush());
    expect(dropped).toBe(drops);
  }
});
