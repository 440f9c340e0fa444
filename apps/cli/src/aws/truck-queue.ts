import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { CliError } from '../terminal/errors.js';

/** SQS takes and gives at most this many messages a call (SQS quotas, 2026). */
const messagesPerCall = 10;

/** One message for the trucks. */
export interface TruckMessage {
  /** The same however often the load is planned: the queue drops the second one. */
  readonly deduplicationId: string;
  /** Messages of one group keep their order. */
  readonly groupId: string;
  readonly body: unknown;
}

/** Creates the FIFO queue, or finds it. */
export async function createTruckQueue(sqs: SQSClient, queueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: queueName, Attributes: { FifoQueue: 'true' } }),
  );
  if (QueueUrl === undefined) throw new CliError('SQS gave no queue address.', { code: 'NO_QUEUE_URL' });
  return QueueUrl;
}

/** Finds a queue that stands already. */
export async function findTruckQueue(sqs: SQSClient, queueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  if (QueueUrl === undefined) throw new CliError('SQS gave no queue address.', { code: 'NO_QUEUE_URL' });
  return QueueUrl;
}

/** Sends messages in calls of ten; the count of messages that the queue took. */
export async function sendToTrucks(
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly TruckMessage[],
): Promise<number> {
  let sent = 0;
  for (let start = 0; start < messages.length; start += messagesPerCall) {
    const part = messages.slice(start, start + messagesPerCall);
    const answer = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: part.map((message, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify(message.body),
          MessageGroupId: message.groupId,
          MessageDeduplicationId: message.deduplicationId,
        })),
      }),
    );
    const [refused] = answer.Failed ?? [];
    if (refused !== undefined) {
      throw new CliError(
        `The queue refused a message: ${refused.Message ?? refused.Code ?? 'no reason given'}.`,
        {
          code: 'QUEUE_REFUSED',
          fix: 'Run the command again: messages that were taken are not taken twice.',
        },
      );
    }
    sent += answer.Successful?.length ?? 0;
  }
  return sent;
}

/** What the truck consumer did. */
export interface TruckReceipts {
  readonly received: number;
  readonly deleted: number;
  readonly bodies: readonly unknown[];
}

/** Receives messages and deletes them, until `expected` came or the queue stays empty. */
export async function receiveAtTrucks(
  sqs: SQSClient,
  queueUrl: string,
  expected: number,
): Promise<TruckReceipts> {
  let deleted = 0;
  const bodies: unknown[] = [];
  while (bodies.length < expected) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(messagesPerCall, expected - bodies.length),
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) break;
    for (const message of Messages) bodies.push(JSON.parse(message.Body ?? 'null'));
    const answer = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: Messages.map((message, index) => ({
          Id: String(index),
          ReceiptHandle: message.ReceiptHandle ?? '',
        })),
      }),
    );
    deleted += answer.Successful?.length ?? 0;
  }
  return { received: bodies.length, deleted, bodies };
}
