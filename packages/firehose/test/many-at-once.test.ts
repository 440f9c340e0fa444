import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { acceptAll, type BatchAnswer } from '../src/index.js';
import { FlushWaiters } from '../src/dispatch/flush-waiters.js';
import { backOffMs, Breaker } from '../src/retry.js';
import { FirehoseError } from '../src/errors.js';
import { idsOf, serviceError, setUp, type SetUp } from './set-up.js';
import { settlePromises, until } from './until.js';

/** Two calls under way at one time, which fail together. */
async function failTwo(name: string, parts: Parameters<typeof setUp>[2] = {}): Promise<SetUp> {
  const failing: (() => void)[] = [];
  const handler = (): Promise<BatchAnswer> | undefined =>
    failing.length === 2
      ? undefined
      : new Promise((_, reject) => {
          failing.push(() => {
            reject(serviceError(name, 400));
          });
        });
  const one = { packing: { mode: 'single' }, batch: { maxRecords: 1, lingerMs: 0 } } as const;
  const made = setUp(handler, { ...one, rate: { bytesPerSec: 'learn' } }, parts);
  for (const id of [1, 2]) made.producer.put({ id });
  while (failing.length < 2) {
    made.clock.advance(1);
    await settlePromises();
  }
  for (const fail of failing) fail();
  return made;
}

test('credentials that expire under several calls are renewed once, and no call is told that there are none', async () => {
  let renewed = 0;
  const { clock, producer, received } = await failTwo('ExpiredTokenException', {
    refreshCredentials: async () => {
      renewed++;
      await turn();
    },
  });
  expect(await until(clock, producer.close())).toMatchObject({ complete: true, delivered: 2 });
  expect([renewed, idsOf(received).sort()]).toEqual([1, [1, 2]]);
});

test('a call that fails with the old credentials after new ones have come is no reason to block', async () => {
  const ends: { readonly fail: () => void; readonly take: () => void }[] = [];
  const { clock, producer, received } = setUp(
    (records) =>
      new Promise((resolve, reject) => {
        const fail = (): void => {
          reject(serviceError('ExpiredTokenException', 400));
        };
        const take = (): void => {
          resolve(acceptAll(records));
        };
        ends.push({ fail, take });
      }),
    { packing: { mode: 'single' }, batch: { maxRecords: 1, lingerMs: 0 }, rate: { bytesPerSec: 'learn' } },
    { refreshCredentials: async () => undefined },
  );
  const underWay = async (calls: number): Promise<void> => {
    while (ends.length < calls) {
      clock.advance(1);
      await settlePromises();
    }
  };
  for (const id of [1, 2]) producer.put({ id });
  const closed = producer.close();
  await underWay(2);
  clock.advance(1);
  ends[0]?.fail();
  await underWay(3);
  // The second call of the old credentials, while the first of the new ones is under way.
  ends[1]?.fail();
  await settlePromises();
  ends[2]?.take();
  await underWay(4);
  ends[3]?.take();
  expect(await until(clock, closed)).toMatchObject({ complete: true, delivered: 2 });
  expect(idsOf(received).sort()).toEqual([1, 2]);
});

test('all calls under way when nothing can be delivered count as one refusal', () => {
  const breaker = new Breaker();
  const refused = new FirehoseError('STREAM_NOT_FOUND', 'There is no such stream.');
  for (let call = 0; call < 16; call++) breaker.trip(refused, 5000 + call);
  expect(breaker.probeAt).toBe(6000);
  breaker.trip(refused, 6001);
  expect(breaker.probeAt).toBe(8001);
});

test('a pause between attempts is a number, however often a record was refused', () => {
  expect(backOffMs({ baseMs: 0, capMs: 10_000 }, 5000, () => 0.5)).toBe(50);
  expect(backOffMs({ baseMs: 100, capMs: 10_000 }, 5000, () => 0.5)).toBe(5050);
});

test('any number of flushes may wait', () => {
  const waiters = new FlushWaiters();
  let done = 0;
  const count = (): void => {
    done++;
  };
  for (let epoch = 0; epoch < 200_000; epoch++) {
    waiters.sealed(epoch);
    waiters.wait(count, () => undefined);
  }
  for (let epoch = 0; epoch < 200_000; epoch++) waiters.settled(epoch);
  expect([done, waiters.waiting]).toEqual([200_000, false]);
});

test('a transport that puts an event of its own changes no other', async () => {
  const text = 'x'.repeat(60_000);
  let hasPut = false;
  const { clock, producer, received } = setUp((records) => {
    if (!hasPut) producer.put({ id: 100 });
    hasPut = true;
    return acceptAll(records);
  });
  for (let id = 0; id < 40; id++) producer.put({ id, text });
  while (received.length === 0) {
    clock.advance(10);
    await settlePromises();
  }
  await until(clock, producer.close());
  expect(idsOf(received).sort((a, b) => a - b)).toEqual([...Array(40).keys(), 100]);
});
