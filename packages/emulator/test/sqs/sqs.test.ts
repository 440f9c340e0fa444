import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerCall } from '../../src/wire/service-entry.js';
import { createSqsService, type SqsService } from '../../src/sqs/sqs-service.js';
import { requestContext, type TurnedClock, turnedClock } from '../service-context.js';

type Answer = Readonly<Record<string, unknown>>;
interface Received {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: unknown;
  readonly MD5OfMessageAttributes?: string;
}

interface Queue {
  readonly clock: TurnedClock;
  readonly service: SqsService;
  call(action: string, input?: object): Promise<Answer>;
  send(body: string, more?: object): Promise<Answer>;
  receive(more?: object): Promise<readonly Received[]>;
  remove(message: Received): Promise<Answer>;
  count(): Promise<string>;
}

async function queueNamed(
  name: string,
  Attributes: object = {},
  clock: TurnedClock = turnedClock(),
  service?: SqsService,
): Promise<Queue> {
  const sqs = service ?? (await createSqsService({ clock }));
  const raw = async (action: string, input: object): Promise<Answer> =>
    // Every answer of this service is an object.
    (await answerCall(sqs, action, input, requestContext())) as Answer;
  const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const { QueueUrl } = await raw('CreateQueue', {
    QueueName: name,
    Attributes: { ...fifo, ...Attributes },
  });
  const call = (action: string, input: object = {}): Promise<Answer> => raw(action, { QueueUrl, ...input });
  return {
    clock,
    service: sqs,
    call,
    send: (body, more) => call('SendMessage', { MessageBody: body, ...more }),
    receive: async (more) =>
      ((await call('ReceiveMessage', { MaxNumberOfMessages: 10, ...more })).Messages ??
        []) as readonly Received[],
    remove: ({ ReceiptHandle }) => call('DeleteMessage', { ReceiptHandle }),
    count: async () => {
      const { Attributes: found } = await call('GetQueueAttributes', { AttributeNames: ['All'] });
      const a = found as Readonly<Record<string, string>>;
      const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = a;
      return `${ApproximateNumberOfMessages} ${ApproximateNumberOfMessagesNotVisible} ${a.ApproximateNumberOfMessagesDelayed}`;
    },
  };
}

const bodies = (messages: readonly Received[]): readonly string[] => messages.map(({ Body }) => Body);

test('a message is received once, comes back when its visibility ends, and is gone when deleted', async () => {
  const queue = await queueNamed('q');
  const sent = await queue.send('hello');
  expect(sent).toMatchObject({ MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' });
  const [first] = await queue.receive();
  expect(first).toMatchObject({ Body: 'hello', MD5OfBody: sent.MD5OfMessageBody });
  expect(await queue.receive()).toEqual([]);
  expect(await queue.count()).toBe('0 1 0');
  queue.clock.advance(29_999);
  expect(await queue.receive()).toEqual([]);
  queue.clock.advance(1);
  const [again] = await queue.receive({ AttributeNames: ['All'] });
  expect(again?.Attributes).toMatchObject({ ApproximateReceiveCount: '2' });
  if (first === undefined || again === undefined) throw new Error('no message');
  // The handle of an earlier receive deletes too.
  await queue.remove(first);
  expect(await queue.count()).toBe('0 0 0');
  await queue.remove(again);
});

test('a FIFO message is not deleted with the handle of an earlier receive, or once its timeout has ended', async () => {
  const queue = await queueNamed('q.fifo', { ContentBasedDeduplication: 'true' });
  await queue.send('one', { MessageGroupId: 'g' });
  const [first] = await queue.receive({ VisibilityTimeout: 1 });
  if (first === undefined) throw new Error('no message');
  const reason = `Value ${first.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`;
  const expired = { code: 'InvalidParameterValue', message: reason };
  queue.clock.advance(1000);
  await expect(queue.remove(first)).rejects.toMatchObject(expired);
  const [second] = await queue.receive();
  if (second === undefined) throw new Error('no message');
  await expect(queue.remove(first)).rejects.toMatchObject(expired);
  await queue.remove(second);
  expect(await queue.count()).toBe('0 0 0');
});

test('MD5 of attributes is the one that AWS documents for sorted names, types and values', async () => {
  const queue = await queueNamed('q');
  const MessageAttributes = {
    timestamp: { DataType: 'Number', StringValue: '1493147359900' },
  };
  const sent = await queue.send('{"a":1}', { MessageAttributes });
  // The value that botocore, elasticmq and moto give for this attribute.
  expect(sent.MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  const [none] = await queue.receive({ VisibilityTimeout: 0 });
  expect(none?.MessageAttributes).toBeUndefined();
  const [all] = await queue.receive({ MessageAttributeNames: ['All'] });
  expect(all).toMatchObject({
    MessageAttributes,
    MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
  });
});

test('a long poll ends when a message comes, when one becomes visible, or when its time is over', async () => {
  const queue = await queueNamed('q');
  const settle = (): Promise<void> => new Promise(setImmediate);
  const first = queue.receive({ WaitTimeSeconds: 20 });
  await settle();
  await queue.send('now');
  expect(bodies(await first)).toEqual(['now']);
  const second = queue.receive({ WaitTimeSeconds: 20 });
  await settle();
  queue.clock.advance(20_000);
  expect(await second).toEqual([]);
  const third = queue.receive({ WaitTimeSeconds: 20 });
  await settle();
  queue.clock.advance(10_000);
  expect(bodies(await third)).toEqual(['now']);
});

test('a caller who goes away during a long poll takes nothing', async () => {
  const queue = await queueNamed('q');
  const gone = new AbortController();
  const poll = answerCall(
    queue.service,
    'ReceiveMessage',
    { QueueUrl: 'http://x/0/q', WaitTimeSeconds: 20 },
    requestContext(gone.signal),
  );
  gone.abort();
  expect(await poll).toEqual({});
  await queue.send('kept');
  expect(bodies(await queue.receive())).toEqual(['kept']);
});

test('a delayed message waits, and only standard queues take a delay a message', async () => {
  const queue = await queueNamed('q');
  await queue.send('later', { DelaySeconds: 5 });
  expect(await queue.count()).toBe('0 0 1');
  queue.clock.advance(5000);
  expect(bodies(await queue.receive())).toEqual(['later']);
  const fifo = await queueNamed('q.fifo', { DelaySeconds: '3', ContentBasedDeduplication: 'true' });
  await fifo.send('later', { MessageGroupId: 'g' });
  expect(await fifo.receive()).toEqual([]);
  fifo.clock.advance(3000);
  expect(bodies(await fifo.receive())).toEqual(['later']);
  await expect(fifo.send('x', { MessageGroupId: 'g', DelaySeconds: 5 })).rejects.toMatchObject({
    code: 'InvalidParameterValue',
  });
});

test('a FIFO group gives its messages in order, and nothing behind the first that is in flight', async () => {
  const queue = await queueNamed('q.fifo', { ContentBasedDeduplication: 'true' });
  for (const body of ['a1', 'b1', 'a2', 'a3', 'b2']) {
    await queue.send(body, { MessageGroupId: body.charAt(0) });
  }
  const first = await queue.receive({ MaxNumberOfMessages: 2 });
  expect(bodies(first)).toEqual(['a1', 'a2']);
  expect(bodies(await queue.receive())).toEqual(['b1', 'b2']);
  expect(await queue.receive()).toEqual([]);
  const [a1, a2] = first;
  if (a1 === undefined || a2 === undefined) throw new Error('no message');
  await queue.call('ChangeMessageVisibility', { ReceiptHandle: a1.ReceiptHandle, VisibilityTimeout: 0 });
  const [again, ...none] = await queue.receive();
  expect([again?.Body, none]).toEqual(['a1', []]);
  if (again === undefined) throw new Error('no message');
  await queue.remove(again);
  expect(await queue.receive()).toEqual([]);
  await queue.call('ChangeMessageVisibility', {
    ReceiptHandle: a2.ReceiptHandle,
    VisibilityTimeout: 0,
  });
  expect(bodies(await queue.receive())).toEqual(['a2', 'a3']);
});

test('a FIFO queue takes one deduplication id once in five minutes, even after its delete', async () => {
  const queue = await queueNamed('q.fifo');
  const send = (body: string): Promise<Answer> =>
    queue.send(body, { MessageGroupId: 'g', MessageDeduplicationId: 'd' });
  const [one, two] = await Promise.all([send('one'), send('two')]);
  expect(two.MessageId).toBe(one.MessageId);
  expect(two.SequenceNumber).toBe(one.SequenceNumber);
  const [message] = await queue.receive();
  if (message === undefined) throw new Error('no message');
  await queue.remove(message);
  queue.clock.advance(299_999);
  await send('three');
  expect(await queue.receive()).toEqual([]);
  queue.clock.advance(1);
  await send('four');
  expect(bodies(await queue.receive())).toEqual(['four']);
});

test('a message received too often goes to the dead-letter queue, and says where from', async () => {
  const dead = await queueNamed('dead');
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
    maxReceiveCount: 2,
  });
  const queue = await queueNamed('q', { RedrivePolicy }, dead.clock, dead.service);
  await queue.send('poison');
  for (let round = 0; round < 2; round += 1) {
    expect(bodies(await queue.receive({ VisibilityTimeout: 1 }))).toEqual(['poison']);
    queue.clock.advance(1000);
  }
  expect(await queue.receive()).toEqual([]);
  const [moved] = await dead.receive({ MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'] });
  expect(moved).toMatchObject({
    Body: 'poison',
    Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:q' },
  });
  expect(await dead.call('ListDeadLetterSourceQueues')).toEqual({
    queueUrls: ['http://127.0.0.1:4566/000000000000/q'],
  });
});

test('a batch reports each entry for itself, and refuses what no batch may be', async () => {
  const queue = await queueNamed('q');
  const batch = (Entries: readonly object[]): Promise<Answer> => queue.call('SendMessageBatch', { Entries });
  expect(
    await batch([
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: '\u0000' },
      { Id: 'c', MessageBody: 'two' },
    ]),
  ).toMatchObject({
    Successful: [{ Id: 'a' }, { Id: 'c' }],
    Failed: [{ Id: 'b', SenderFault: true, Code: 'InvalidMessageContents' }],
  });
  const messages = await queue.receive();
  expect(bodies(messages)).toEqual(['one', 'two']);
  const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
  await queue.call('ChangeMessageVisibilityBatch', {
    Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 100 })),
  });
  await queue.call('DeleteMessageBatch', { Entries });
  expect(await queue.count()).toBe('0 0 0');
  const many = Array.from({ length: 11 }, (_, at) => ({ Id: String(at), MessageBody: 'x' }));
  for (const [entries, code] of [
    [[], 'EmptyBatchRequest'],
    [many, 'TooManyEntriesInBatchRequest'],
    [[{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    [[many[0], many[0]], 'BatchEntryIdsNotDistinct'],
    [[{ Id: 'a', MessageBody: 'x'.repeat(1_048_577) }], 'BatchRequestTooLong'],
  ] as const) {
    await expect(batch(entries.map((entry) => entry ?? {})), code).rejects.toMatchObject({ code });
  }
});

test('what AWS refuses is refused with its code', async () => {
  const queue = await queueNamed('q');
  const fifo = await queueNamed('q.fifo');
  const attempts: readonly (readonly [() => Promise<unknown>, string])[] = [
    [() => queue.send(''), 'MissingParameter'],
    [() => queue.send('x', { DelaySeconds: 901 }), 'InvalidParameterValue'],
    [() => queue.send('x'.repeat(1_048_577)), 'InvalidParameterValue'],
    [() => queue.send('x', { MessageDeduplicationId: 'd' }), 'InvalidParameterValue'],
    [() => fifo.send('x', { MessageGroupId: 'g' }), 'InvalidParameterValue'],
    [() => fifo.send('x', { MessageDeduplicationId: 'd' }), 'MissingParameter'],
    [() => queue.receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue'],
    [() => queue.receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue'],
    [() => queue.receive({ VisibilityTimeout: 43_201 }), 'InvalidParameterValue'],
    [() => queue.call('DeleteMessage', { ReceiptHandle: 'x' }), 'ReceiptHandleIsInvalid'],
    [() => queue.call('GetQueueUrl', { QueueName: 'none' }), 'QueueDoesNotExist'],
    [() => queue.call('SendMessage', { QueueUrl: 'http://x/none' }), 'QueueDoesNotExist'],
    [() => queue.call('GetQueueAttributes', { AttributeNames: ['X'] }), 'InvalidAttributeName'],
    [() => queueNamed('a b', {}, queue.clock, queue.service), 'InvalidParameterValue'],
    [() => queueNamed('q', { VisibilityTimeout: '31' }, queue.clock, queue.service), 'QueueNameExists'],
    [
      () => queueNamed('r', { VisibilityTimeout: '43201' }, queue.clock, queue.service),
      'InvalidAttributeValue',
    ],
    [() => queueNamed('r', { Nonsense: '1' }, queue.clock, queue.service), 'InvalidAttributeName'],
    [() => queue.call('Nonsense'), 'UnknownOperationException'],
  ];
  for (const [attempt, code] of attempts) {
    await expect(attempt(), String(attempt)).rejects.toMatchObject({ code });
  }
});

test('a purge empties the queue, once a minute', async () => {
  const queue = await queueNamed('q');
  await queue.send('a');
  await queue.call('PurgeQueue');
  expect(await queue.count()).toBe('0 0 0');
  await expect(queue.call('PurgeQueue')).rejects.toMatchObject({ code: 'PurgeQueueInProgress' });
  await queue.send('b');
  queue.clock.advance(60_000);
  await queue.call('PurgeQueue');
  expect(await queue.receive()).toEqual([]);
});

test('messages end with their retention period', async () => {
  const queue = await queueNamed('q', { MessageRetentionPeriod: '60' });
  await queue.send('old');
  queue.clock.advance(40_000);
  await queue.send('new');
  queue.clock.advance(20_000);
  expect(bodies(await queue.receive({ VisibilityTimeout: 0 }))).toEqual(['new']);
  await queue.call('SetQueueAttributes', { Attributes: { MessageRetentionPeriod: '86400' } });
  queue.clock.advance(80_000_000);
  expect(bodies(await queue.receive())).toEqual(['new']);
});

test('queues, messages, receive counts and deduplication outlive the process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sqs-'));
  const journal = join(folder, 'sqs.journal');
  const clock = turnedClock();
  const open = async (): Promise<Queue> =>
    queueNamed('q.fifo', {}, clock, await createSqsService({ clock, journal }));
  const before = await open();
  const ids = { MessageGroupId: 'g', MessageDeduplicationId: 'd' };
  await before.send('one', ids);
  await before.send('two', { ...ids, MessageDeduplicationId: 'e' });
  const [held] = await before.receive({ MaxNumberOfMessages: 1 });
  await before.service.close();

  const after = await open();
  await after.send('again', ids);
  expect(await after.receive()).toEqual([]);
  if (held === undefined) throw new Error('no message');
  await after.remove(held);
  expect(bodies(await after.receive({ VisibilityTimeout: 1 }))).toEqual(['two']);
  await after.service.close();

  clock.advance(1000);
  const last = await open();
  const [two] = await last.receive({ AttributeNames: ['ApproximateReceiveCount'] });
  expect(two).toMatchObject({ Body: 'two', Attributes: { ApproximateReceiveCount: '2' } });
  await last.service.close();
  await rm(folder, { recursive: true });
});
