import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { messageOf, type Message } from '../../src/sqs/message.js';
import { Queue } from '../../src/sqs/queue.js';

setFlagsFromString('--expose-gc');
// The engine's own function, which has no other way out.
const collectGarbage = runInNewContext('gc') as () => void;

const SENT = 20_000;
const HOUR_MS = 3_600_000;

/** Sends messages, does something with each, and returns how many of them are still held. */
async function heldAfter(queue: Queue, work: (message: Message, at: number) => void): Promise<number> {
  const sent: WeakRef<Message>[] = [];
  for (let at = 0; at < SENT; at += 1) {
    const message = messageOf({ id: String(at), order: at, body: 'x', sentAt: at, visibleAt: at });
    queue.add(message);
    work(message, at);
    sent.push(new WeakRef(message));
  }
  await setImmediate();
  collectGarbage();
  return sent.filter((one) => one.deref() !== undefined).length;
}

test('messages that are deleted long before their visibility timeout ends are not held until then', async () => {
  const queue = new Queue('us-east-1/trucks', {}, {}, 0);
  const held = await heldAfter(queue, (_, at) => {
    for (const message of queue.take(at)) {
      message.revision += 1;
      message.receiveCount += 1;
      message.visibleAt = at + 12 * HOUR_MS;
      queue.hide(message);
      queue.remove(message);
    }
  });
  expect(held).toBeLessThan(SENT / 4);
  expect(queue.messages.size).toBe(0);
});

test('messages that are purged before anybody receives them are not held', async () => {
  const queue = new Queue('us-east-1/trucks', {}, {}, 0);
  const held = await heldAfter(queue, (_, at) => {
    if (at % 100 === 0) queue.purge(at + 1, at);
  });
  expect(held).toBeLessThan(SENT / 4);
});

test('what is still hidden when others are forgotten comes back in its time', () => {
  const queue = new Queue('us-east-1/trucks', {}, {}, 0);
  for (let at = 0; at < 5_000; at += 1)
    queue.add(messageOf({ id: String(at), order: at, body: 'x', sentAt: 0, visibleAt: 0 }));
  for (const message of queue.take(0)) {
    message.revision += 1;
    message.receiveCount += 1;
    message.visibleAt = 1_000 + message.record.order;
    queue.hide(message);
    if (message.record.order % 100 !== 0) queue.remove(message);
  }
  const taken = (now: number): readonly number[] => [...queue.take(now)].map(({ record }) => record.order);
  expect(taken(999)).toEqual([]);
  expect(taken(1_200)).toEqual([0, 100, 200]);
  expect(taken(10_000)).toHaveLength(47);
});
