import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddPermissionCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  type Message,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.js';

let folder = '';
let emulator: Emulator;
let sqs: SQSClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqs-sdk-'));
  emulator = await startEmulator({ dataDir: folder });
  sqs = new SQSClient({
    endpoint: emulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  sqs.destroy();
  await emulator.close();
  await rm(folder, { recursive: true });
});

test('the SDK sends, receives and deletes; it checks every MD5 by itself', async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'restock' }));
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'restock' }))).QueueUrl).toBe(QueueUrl);
  const Entries = Array.from({ length: 10 }, (_, at) => ({
    Id: `m${at}`,
    MessageBody: `täglich ${at} 😀`,
    MessageAttributes: {
      episode: { DataType: 'String', StringValue: `e${at}` },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, at]) },
      count: { DataType: 'Number', StringValue: String(at) },
    },
  }));
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  expect(sent.Successful).toHaveLength(10);
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
      WaitTimeSeconds: 1,
    }),
  );
  expect(Messages.map(({ Body }) => Body)).toEqual(Entries.map(({ MessageBody }) => MessageBody));
  expect(Messages[3]?.MessageAttributes?.bytes?.BinaryValue).toEqual(new Uint8Array([1, 2, 3]));
  expect(Messages[0]?.Attributes).toMatchObject({ ApproximateReceiveCount: '1' });
  const [first, ...others] = Messages;
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: others.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle })),
    }),
  );
  expect(deleted.Failed ?? []).toEqual([]);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    QueueArn: 'arn:aws:sqs:us-east-1:000000000000:restock',
  });
});

test('the SDK’s FIFO queue keeps order, drops duplicates and gives a message back immediately', async () => {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: 'trucks.fifo',
      Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
    }),
  );
  for (const MessageBody of ['1', '2', '2', '3']) {
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'store-1' }));
  }
  const receive = async (): Promise<readonly Message[]> =>
    (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [];
  const messages = await receive();
  expect(messages.map(({ Body }) => Body)).toEqual(['1', '2', '3']);
  expect(await receive()).toEqual([]);
  for (const { ReceiptHandle } of messages) {
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  }
  expect((await receive()).map(({ Body }) => Body)).toEqual(['1', '2', '3']);
  await sqs.send(new PurgeQueueCommand({ QueueUrl }));
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'truck' }));
  expect(QueueUrls).toEqual([QueueUrl]);
});

test('the SDK turns errors into its own classes', async () => {
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toThrow(QueueDoesNotExist);
});

test('changes of one queue at the same time all hold', async () => {
  const tags = { old: '1', kept: '2' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'busy', tags }));
  const permission = { QueueUrl, AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] };
  await Promise.all([
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '61' } })),
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '5' } })),
    sqs.send(new TagQueueCommand({ QueueUrl, Tags: { new: '3' } })),
    sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['old'] })),
    sqs.send(new AddPermissionCommand({ ...permission, Label: 'first' })),
    sqs.send(new AddPermissionCommand({ ...permission, Label: 'second' })),
  ]);
  const all = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  const { Attributes } = await sqs.send(all);
  expect(Attributes).toMatchObject({ VisibilityTimeout: '61', DelaySeconds: '5' });
  expect(Attributes?.Policy).toContain('"first"');
  expect(Attributes?.Policy).toContain('"second"');
  expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ kept: '2', new: '3' });
});

test('of two queues of one name with other attributes, created at the same time, one is refused', async () => {
  const created = await Promise.allSettled(
    ['1', '2'].map(async (DelaySeconds) =>
      sqs.send(new CreateQueueCommand({ QueueName: 'once', Attributes: { DelaySeconds } })),
    ),
  );
  expect(created.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a queue that takes the name of a deleted one has none of its move tasks', async () => {
  const dead = { QueueName: 'dead-letters' };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand(dead));
  const SourceArn = 'arn:aws:sqs:us-east-1:000000000000:dead-letters';
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes: { RedrivePolicy } }));
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, MaxNumberOfMessagesPerSecond: 1 }));
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await sqs.send(new CreateQueueCommand(dead));
  expect((await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results).toEqual([]);
});
