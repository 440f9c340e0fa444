import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { inertText } from '@store/foundation';
import { readRequestMessage, sendRequests, sqsLimits, type RestockRequest } from '@store/restock';
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

/** A message that is no restock request. */
export interface RefusedMessage {
  readonly messageId: string;
  /** What is wrong with it. */
  readonly reason: string;
  /** Its body, cut where it is long. */
  readonly body: string;
}

/** What the truck consumer did. */
export interface TruckReceipts {
  /** Messages, refused ones included. */
  readonly received: number;
  readonly deleted: number;
  readonly requests: readonly RestockRequest[];
  /** They are deleted as well: left in the queue, they would hold up their store's requests forever. */
  readonly refused: readonly RefusedMessage[];
}

/** Characters of a refused message that are told. */
const bodyCharacters = 2000;

/** Receives messages and deletes them, until `expected` came or the queue stays empty. */
export async function receiveAtTrucks(
  sqs: SQSClient,
  queueUrl: string,
  expected: number,
): Promise<TruckReceipts> {
  let received = 0;
  let deleted = 0;
  const requests: RestockRequest[] = [];
  const refused: RefusedMessage[] = [];
  while (received < expected) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(sqsLimits.messagesPerBatch, expected - received),
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) break;
    received += Messages.length;
    for (const { Body: body = '', MessageId: messageId = '' } of Messages) {
      try {
        requests.push(readRequestMessage(body));
      } catch (error) {
        const reason = inertText(error instanceof Error ? error.message : String(error), 500);
        refused.push({ messageId, reason, body: inertText(body, bodyCharacters) });
      }
    }
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
  return { received, deleted, requests, refused };
}

/** One sentence about a message that was refused. */
export function refusalText({ messageId, reason, body }: RefusedMessage): string {
  return `The message ${inertText(messageId)} is no restock request and was taken out of the queue: ${reason} It was: ${body}`;
}
