import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { inertText } from '@store/foundation';
import {
  askForTrucks,
  readRequestMessage,
  sendRequests,
  sqsLimits,
  type AskOutcome,
  type FailedEntry,
  type RestockLedger,
  type RestockRequest,
  type SqsClient,
} from '@store/restock';
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
  const { sent, refused } = await sendRequests(queueClient(sqs), queueUrl, requests);
  assertQueued(refused);
  return sent;
}

/** Asks for trucks by a ledger: what is new there is sent, what is known is not. What the queue refused is for `assertQueued`. */
export async function askTrucks(
  ledger: RestockLedger,
  sqs: SQSClient,
  queueUrl: string,
  requests: readonly RestockRequest[],
): Promise<AskOutcome> {
  return askForTrucks(ledger, queueClient(sqs), queueUrl, requests);
}

function queueClient(sqs: SQSClient): SqsClient {
  return { sendMessageBatch: async (input) => sqs.send(new SendMessageBatchCommand(input)) };
}

/** @throws CliError `QUEUE_REFUSED` */
export function assertQueued([first]: readonly FailedEntry[]): void {
  if (first === undefined) return;
  throw new CliError(
    'QUEUE_REFUSED',
    `The queue refused the request ${inertText(first.Id ?? '', 200)}: ${inertText(first.Message ?? first.Code ?? 'no reason given', 500).replace(/\.$/, '')}.`,
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
  /** Those that a truck has to take; all of them where nobody remembers. */
  readonly requests: readonly RestockRequest[];
  /** Requests that the trucks know of, or must not come for any more: their messages are deleted. */
  readonly known: number;
  /** They are deleted as well: left in the queue, they would hold up their store's requests forever. */
  readonly refused: readonly RefusedMessage[];
}

/** Characters of a refused message that are told. */
const bodyCharacters = 2000;

/** What becomes of a request: the trucks go, they went already, or somebody else is at it and it stays in the queue. */
export type TakeRequest = (request: RestockRequest) => Promise<'go' | 'done' | 'wait'>;

/**
 * Receives messages and deletes them, until `expected` came or the queue stays empty.
 *
 * @param take - decides about each request, and has told the trucks when it resolves
 */
export async function receiveAtTrucks(
  sqs: SQSClient,
  queueUrl: string,
  expected: number,
  take: TakeRequest = () => Promise.resolve('go'),
): Promise<TruckReceipts> {
  let received = 0;
  let deleted = 0;
  let known = 0;
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
    const finished: string[] = [];
    for (const { Body: body = '', MessageId: messageId = '', ReceiptHandle: receipt = '' } of Messages) {
      const request = readOrRefuse(body, messageId, refused);
      const turn = request === undefined ? 'done' : await take(request);
      if (request !== undefined && turn === 'go') requests.push(request);
      if (request !== undefined && turn === 'done') known += 1;
      if (turn !== 'wait') finished.push(receipt);
    }
    if (finished.length === 0) break;
    const answer = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: finished.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
    deleted += answer.Successful?.length ?? 0;
  }
  return { received, deleted, known, requests, refused };
}

function readOrRefuse(
  body: string,
  messageId: string,
  refused: RefusedMessage[],
): RestockRequest | undefined {
  try {
    return readRequestMessage(body);
  } catch (error) {
    const reason = inertText(error instanceof Error ? error.message : String(error), 500);
    refused.push({ messageId, reason, body: inertText(body, bodyCharacters) });
    return undefined;
  }
}

/** Takes requests on by a ledger: each one's trucks are told once, and never of one that was cancelled. */
export function takeByLedger(
  ledger: RestockLedger,
  tell: (request: RestockRequest) => void | Promise<void> = () => undefined,
): TakeRequest {
  return async (request) => {
    const { turn, entry } = await ledger.take(request);
    if (turn !== 'go') return turn;
    await tell(request);
    await ledger.told(entry.request_id, entry.attempt);
    return 'go';
  };
}

/** One sentence about a message that was refused. */
export function refusalText({ messageId, reason, body }: RefusedMessage): string {
  return `The message ${inertText(messageId)} is no restock request and was taken out of the queue: ${reason} It was: ${body}`;
}
