import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { sendRequests, sqsLimits, type RestockRequest } from '@store/restock';
import { CliError } from '../terminal/errors.js';

/** Creates the FIFO queue, or finds it. */
export async function createTruckQueue(sqs: SQSClient, queueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: queueName, Attributes: { FifoQueue: 'true' } }),
  );
  if (QueueUrl === undefined) throw new CliError('NO_QUEUE_URL', 'SQS gave no queue address.');
  return QueueUrl;
}

/** Finds a queue that stands already. */
export async function findTruckQueue(sqs: SQSClient, queueName: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  if (QueueUrl === undefined) throw new CliError('NO_QUEUE_URL', 'SQS gave no queue address.');
  return QueueUrl;
}

/** Sends restock requests, one message each; the count of messages that the queue took. */
export async function sendToTrucks(
  sqs: SQSClient,
  queueUrl: string,
  requests: readonly RestockRequest[],
): Promise<number> {
  const client = {
    sendMessageBatch: async (input: SendMessageBatchCommand['input']) =>
      sqs.send(new SendMessageBatchCommand(input)),
  };
  const { sent, refused } = await sendRequests(client, queueUrl, requests);
  const [first] = refused;
  if (first === undefined) return sent;
  throw new CliError(
    'QUEUE_REFUSED',
    `The queue refused a message: ${first.Message ?? first.Code ?? 'no reason given'}.`,
    { fix: 'Run the command again: messages that were taken are not taken twice.' },
  );
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
        MaxNumberOfMessages: Math.min(sqsLimits.messagesPerBatch, expected - bodies.length),
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

/** What a truck read from the queue. The cast is the parse boundary: only planners write to this queue. */
export function requestsFrom(bodies: readonly unknown[]): readonly RestockRequest[] {
  return bodies as readonly RestockRequest[];
}
