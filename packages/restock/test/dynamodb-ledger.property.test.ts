import { systemClock, type Clock } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askForTrucks, requestFor, type BatchEntry } from '../src/index.js';
import { createDynamoDbLedger, type DynamoDbClient } from '../src/dynamodb/index.js';
import { inventoryEvent } from './events.js';

/** A clock whose waits end immediately, and the milliseconds that they would have taken. */
function hastyClock(): Clock & { waitedMs: number } {
  return {
    ...systemClock,
    waitedMs: 0,
    schedule(callback, delayMs) {
      this.waitedMs += delayMs;
      queueMicrotask(callback);
      return () => undefined;
    },
  };
}

const keyText = (item: Readonly<Record<string, unknown>>): string => JSON.stringify(item.request_id);

/** A table that gets to `shares` of the keys of each BatchGetItem, one after the other, and to the last share from then on. */
function slowTable(shares: readonly number[]): { dynamodb: DynamoDbClient; calls: number[] } {
  const calls: number[] = [];
  const unexpected = (): never => {
    throw new Error('Expected BatchGetItem alone.');
  };
  const items = new Map<string, Readonly<Record<string, unknown>>>();
  const dynamodb: DynamoDbClient = {
    putItem: ({ Item }) => {
      items.set(keyText(Item), Item);
      return Promise.resolve({});
    },
    updateItem: unexpected,
    getItem: unexpected,
    query: unexpected,
    batchGetItem({ RequestItems }) {
      const [[name, { Keys }] = ['', { Keys: [] }]] = Object.entries(RequestItems);
      const share = shares[Math.min(calls.length, shares.length - 1)] ?? 1;
      const done = Math.floor(Keys.length * share);
      calls.push(done);
      const found = Keys.slice(0, done)
        .map((key) => items.get(keyText(key)))
        .filter((item) => item !== undefined);
      return Promise.resolve({
        Responses: { [name]: found },
        UnprocessedKeys: done === Keys.length ? {} : { [name]: { Keys: Keys.slice(done) } },
      });
    },
  };
  return { dynamodb, calls };
}

test('a table that gets to some of the keys is asked for the others until all are read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 9 }),
      fc.integer({ min: 1, max: 250 }),
      async (shares, count) => {
        const { dynamodb } = slowTable([...shares, 1]);
        const clock = hastyClock();
        const ledger = createDynamoDbLedger(dynamodb, { tableName: 'restock', clock });
        const requests = Array.from({ length: count }, (_, sequence) =>
          requestFor(inventoryEvent({ sequence, current_stock: 1 })),
        );
        // Every second one was asked for.
        const asked = requests.filter((_, at) => at % 2 === 0);
        for (const request of asked) await ledger.ask(request);
        const ids = requests.map(({ request_id: id }) => id);
        const found = await ledger.find(ids);
        expect([...found.keys()].sort()).toEqual(asked.map(({ request_id: id }) => id).sort());
      },
    ),
    { seed: 15, numRuns: 200 },
  );
});

test('a table that gets to none of the keys is told of after ten answers', async () => {
  const { dynamodb, calls } = slowTable([0.5, 0]);
  const clock = hastyClock();
  const ledger = createDynamoDbLedger(dynamodb, { tableName: 'restock', clock });
  await expect(ledger.find(['a', 'b'])).rejects.toMatchObject({ code: 'LEDGER_BUSY' });
  expect(calls).toHaveLength(11);
  expect(clock.waitedMs).toBeLessThan(16_000);
});

test('a move of a request whose item was removed meanwhile ends, and says that there is none', async () => {
  const items = new Map<string, Readonly<Record<string, unknown>>>();
  let updates = 0;
  const dynamodb: DynamoDbClient = {
    ...slowTable([1]).dynamodb,
    putItem: async ({ Item }) => {
      items.set('only', Item);
      return Promise.resolve();
    },
    getItem: async () => Promise.resolve({ Item: items.get('only') }),
    updateItem: async () => {
      updates += 1;
      items.delete('only');
      if (updates > 10) throw new Error('asked without end');
      throw Object.assign(new Error('The conditional request failed'), {
        name: 'ConditionalCheckFailedException',
      });
    },
  };
  const ledger = createDynamoDbLedger(dynamodb, { tableName: 'restock' });
  const request = requestFor(inventoryEvent({ current_stock: 1 }));
  await ledger.ask(request);
  await expect(ledger.advance(request.request_id, 'cancelled')).rejects.toMatchObject({
    code: 'UNKNOWN_REQUEST',
    requestId: request.request_id,
  });
});

test('a request that no item can hold is refused by its id, and the trucks behind it are asked for', async () => {
  const { dynamodb } = slowTable([1]);
  const ledger = createDynamoDbLedger(
    { ...dynamodb, updateItem: async () => Promise.resolve() },
    { tableName: 'restock' },
  );
  const low = { current_stock: 1 };
  const requests = [
    inventoryEvent({ ...low, store_id: 'é'.repeat(400) }),
    inventoryEvent({ ...low, product_id: 'P2', product_name: 'm'.repeat(410_000) }),
    inventoryEvent(low),
  ].map((event) => requestFor(event));
  const sent: BatchEntry[] = [];
  const sendMessageBatch = async ({ Entries }: { Entries: BatchEntry[] }) =>
    Promise.resolve((sent.push(...Entries), {}));
  const outcome = await askForTrucks(ledger, { sendMessageBatch }, 'q', requests);
  expect(outcome).toMatchObject({
    asked: 1,
    refused: requests.slice(0, 2).map(({ request_id: Id }) => ({ Id, Code: 'REQUEST_TOO_LARGE' })),
  });
  expect(sent).toHaveLength(1);
});
