import { createVirtualClock } from '@store/foundation';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  readRequestMessage,
  requestFor,
  sendMessages,
  sendRequests,
  toRequestMessage,
  type BatchEntry,
  type FailedEntry,
  type SqsClient,
} from '../src/index.js';
import { inventoryEvent } from './events.js';

/** A queue that refuses some entries of some calls, and remembers what it took. */
function queue(refuse: (entry: BatchEntry, call: number) => FailedEntry | undefined): {
  readonly client: SqsClient;
  readonly calls: (readonly BatchEntry[])[];
  readonly taken: BatchEntry[];
} {
  const calls: (readonly BatchEntry[])[] = [];
  const taken: BatchEntry[] = [];
  const client: SqsClient = {
    sendMessageBatch({ Entries }) {
      calls.push(Entries);
      const Failed = Entries.flatMap((entry) => refuse(entry, calls.length) ?? []);
      taken.push(...Entries.filter(({ Id }) => !Failed.some((failed) => failed.Id === Id)));
      return Promise.resolve(Failed.length === 0 ? {} : { Failed });
    },
  };
  return { client, calls, taken };
}

/** Runs timers immediately, as long as something waits. */
function impatientClock(): ReturnType<typeof createVirtualClock> {
  const clock = createVirtualClock();
  return {
    ...clock,
    schedule(callback, delayMs) {
      const cancel = clock.schedule(callback, delayMs);
      queueMicrotask(() => clock.step());
      return cancel;
    },
  };
}

const messages = (count: number): { body: string }[] =>
  Array.from({ length: count }, (_, n) => ({ body: String(n) }));

test('a request of any text is a message that SQS takes, and the same request again', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Milk\uffff', '\ufffe', '\u0000'));
  fc.assert(
    fc.property(text, text, (store_name, product_name) => {
      const request = requestFor(inventoryEvent({ current_stock: 1, store_name, product_name }));
      const { body } = toRequestMessage(request);
      // What XML 1.0 has as characters (API_SendMessage, 2026).
      expect(body).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
      expect(readRequestMessage(body)).toEqual(request);
    }),
  );
});

test('messages go out in batches of ten, in the order given', async () => {
  const { client, calls, taken } = queue(() => undefined);
  expect(await sendMessages(client, 'q', messages(23))).toEqual({ sent: 23, refused: [] });
  expect(calls.map(({ length }) => length)).toEqual([10, 10, 3]);
  expect(taken.map(({ MessageBody }) => MessageBody)).toEqual(messages(23).map(({ body }) => body));
});

test('a batch has no more bytes than the queue takes, and a message of more is refused alone', async () => {
  const { client, calls } = queue(() => undefined);
  const bodies = [200_000, 200_000, 200_000, 524_288].map((length) => ({ body: 'é'.repeat(length) }));
  const tooLong = { body: 'e'.repeat(1_048_577) };
  const { sent, refused } = await sendMessages(client, 'q', [...bodies, { body: 'e' }, tooLong]);
  expect(calls.map((entries) => entries.map(({ Id }) => Id))).toEqual([['0', '1'], ['2'], ['3'], ['4']]);
  expect(sent).toBe(5);
  expect(refused).toMatchObject([{ Id: '5', Code: 'BatchRequestTooLong', SenderFault: true }]);
});

test('what a queue refuses through no fault of ours is sent again, alone', async () => {
  const busy = queue(({ Id }, call) => (call === 1 && Id > '6' ? { Id, Code: 'InternalError' } : undefined));
  const clock = impatientClock();
  expect(await sendMessages(busy.client, 'q', messages(10), { clock })).toEqual({ sent: 10, refused: [] });
  expect(busy.calls.map((entries) => entries.map(({ Id }) => Id).join(''))).toEqual(['0123456789', '789']);
});

test('a message that is refused for its own fault is handed back, and holds up no other; a queue that takes nothing ends the sending', async () => {
  const refusal = (SenderFault: boolean) => (entry: BatchEntry) =>
    entry.MessageBody === '12' ? { Id: entry.Id, Code: 'No', SenderFault } : undefined;
  const clock = impatientClock();
  const wrong = queue(refusal(true));
  const outcome = await sendMessages(wrong.client, 'q', messages(30), { clock });
  expect(outcome).toEqual({ sent: 29, refused: [{ Id: '12', Code: 'No', SenderFault: true }] });
  expect(wrong.calls).toHaveLength(3);
  const ill = queue(refusal(false));
  expect(await sendMessages(ill.client, 'q', messages(30), { clock })).toMatchObject({ sent: 19 });
  expect(ill.calls).toHaveLength(1 + 5);
  // One of each in a batch: what may fare better is sent again, without the other.
  const both = queue(({ Id, MessageBody }, call) =>
    MessageBody === '3' ? { Id, SenderFault: true } : call === 1 && MessageBody > '6' ? { Id } : undefined,
  );
  expect(await sendMessages(both.client, 'q', messages(10), { clock })).toEqual({
    sent: 9,
    refused: [{ Id: '3', SenderFault: true }],
  });
  expect(both.calls.map((entries) => entries.map(({ Id }) => Id).join(''))).toEqual(['0123456789', '789']);
});

test('a request is one message, in its store’s group, under its own id', async () => {
  const { client, taken } = queue(() => undefined);
  const low = { current_stock: 1 };
  const requests = [
    inventoryEvent({ ...low, store_id: 'S/1', sequence: 3 }),
    inventoryEvent({ ...low, store_id: 'S2', product_id: 'ü'.repeat(100) }),
  ].map((event) => requestFor(event));
  expect(await sendRequests(client, 'q', [...requests, ...requests])).toEqual({ sent: 2, refused: [] });
  expect(taken.map(({ MessageGroupId }) => MessageGroupId)).toEqual(['S%2F1', 'S2']);
  expect(taken[0]?.MessageDeduplicationId).toBe('S%2F1/P1/3');
  // Longer than SQS takes: by its hash, always the same.
  expect(taken[1]?.MessageDeduplicationId).toMatch(/^[0-9a-f]{64}$/);
  expect(taken.map(({ MessageBody }) => readRequestMessage(MessageBody))).toEqual(requests);
});

test('what is no request is refused with the place, and any text is answered so', () => {
  const request = requestFor(inventoryEvent({ current_stock: 1 }));
  expect(readRequestMessage(toRequestMessage(request).body)).toEqual(request);
  expect(() => readRequestMessage('{"poison":1}')).toThrow('The message is no restock request:');
  fc.assert(
    fc.property(fc.string(), (body) => {
      expect(() => readRequestMessage(body)).toThrow(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
    }),
  );
});
