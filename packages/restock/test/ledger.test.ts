import { createVirtualClock } from '@store/foundation';
import { expect, test } from 'vitest';
import {
  askForTrucks,
  createMemoryLedger,
  requestFor,
  type BatchEntry,
  type SqsClient,
} from '../src/index.js';
import { inventoryEvent } from './events.js';

const request = (sequence: number) => requestFor(inventoryEvent({ sequence, current_stock: 1 }));

/** A queue that takes everything, or fails before or after it has. */
function queue(fails: { before?: boolean; after?: boolean } = {}): SqsClient & { taken: BatchEntry[] } {
  const taken: BatchEntry[] = [];
  return {
    taken,
    sendMessageBatch({ Entries }) {
      if (fails.before === true) return Promise.reject(new Error('gone before'));
      taken.push(...Entries);
      return fails.after === true ? Promise.reject(new Error('gone after')) : Promise.resolve({});
    },
  };
}

test('what was asked for is known the next time, and what could not be sent is owed', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5));
  const ledger = createMemoryLedger({ clock });
  const requests = Array.from({ length: 23 }, (_, sequence) => request(sequence));
  await expect(askForTrucks(ledger, queue({ before: true }), 'q', requests, { clock })).rejects.toThrow(
    'before',
  );
  await expect(askForTrucks(ledger, queue({ after: true }), 'q', requests, { clock })).rejects.toThrow(
    'after',
  );
  const sqs = queue();
  expect(await askForTrucks(ledger, sqs, 'q', requests, { clock })).toMatchObject({ asked: 23, known: 0 });
  clock.advance(3 * 86_400_000);
  expect(await askForTrucks(ledger, sqs, 'q', requests, { clock })).toMatchObject({ asked: 0, known: 23 });
  expect(sqs.taken).toHaveLength(23);
  // SQS has forgotten by now what no truck took.
  clock.advance(86_400_000);
  expect(await askForTrucks(ledger, sqs, 'q', requests, { clock })).toMatchObject({ asked: 0, resent: 23 });
});

test('a request that the queue refuses for its own fault stays owed, and the trucks behind it are asked for', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 5));
  const ledger = createMemoryLedger({ clock });
  const requests = Array.from({ length: 23 }, (_, sequence) => request(sequence));
  const refused = [{ Id: 'S1/P1/4', Code: 'InvalidMessageContents', SenderFault: true }];
  const tried: number[] = [];
  const sqs: SqsClient = {
    sendMessageBatch({ Entries }) {
      tried.push(Entries.length);
      const Failed = Entries.filter(({ MessageBody }) => MessageBody.includes('/P1/4"')).map(({ Id }) => ({
        Id,
        Code: 'InvalidMessageContents',
        SenderFault: true,
      }));
      return Promise.resolve({ Failed });
    },
  };
  expect(await askForTrucks(ledger, sqs, 'q', requests, { clock })).toMatchObject({ asked: 22, refused });
  expect(await askForTrucks(ledger, sqs, 'q', requests, { clock })).toMatchObject({ known: 22, refused });
  expect(tried).toEqual([10, 10, 3, 1]);
});

test('requests of many bytes go out in batches that the queue takes', async () => {
  const ledger = createMemoryLedger();
  const requests = Array.from({ length: 5 }, (_, sequence) =>
    requestFor(inventoryEvent({ sequence, current_stock: 1, product_name: 'm'.repeat(400_000) })),
  );
  const batches: number[] = [];
  const sqs: SqsClient = {
    sendMessageBatch: async ({ Entries }) => Promise.resolve((batches.push(Entries.length), {})),
  };
  expect(await askForTrucks(ledger, sqs, 'q', requests)).toMatchObject({ asked: 5, refused: [] });
  expect(batches).toEqual([2, 2, 1]);
});
