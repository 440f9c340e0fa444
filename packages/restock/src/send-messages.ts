import {
  checkOptions,
  having,
  systemClock,
  wait,
  wholeNumber,
  type Clock,
  type OptionRules,
} from '@store/foundation';
import { checkInput, invalidOption } from './errors.js';
import { restockDefaults } from './options.js';

/** One message for an SQS queue. */
export interface QueueMessage {
  /** Text of the message. */
  readonly body: string;
  /** Messages of one group keep their order; FIFO queues need it. */
  readonly groupId?: string;
  /** A FIFO queue drops a second message with this id for five minutes. */
  readonly deduplicationId?: string;
}

/** One message as SendMessageBatch takes it. */
export interface BatchEntry {
  /** Identifier of the entry within its batch. */
  readonly Id: string;
  /** Text of the message. */
  readonly MessageBody: string;
  /** Group whose order a FIFO queue keeps. */
  readonly MessageGroupId?: string;
  /** Id by which a FIFO queue drops repetitions for five minutes. */
  readonly MessageDeduplicationId?: string;
}

/** One message of a batch that SQS did not take. */
export interface FailedEntry {
  /** What was refused: its message's place in the list, from `0` on, or the request's id. */
  readonly Id?: string | undefined;
  /** SQS's error code. */
  readonly Code?: string | undefined;
  /** SQS's explanation of the code. */
  readonly Message?: string | undefined;
  /** True where sending it again would fail again. */
  readonly SenderFault?: boolean | undefined;
}

/** The one call of SQS that sending takes: `new SQS({})` of `@aws-sdk/client-sqs` is such a client. */
export interface SqsClient {
  /** Sends up to 10 messages and returns those that the queue refused. */
  sendMessageBatch(input: {
    readonly QueueUrl: string;
    readonly Entries: BatchEntry[];
  }): Promise<{ readonly Failed?: readonly FailedEntry[] | undefined }>;
}

/** How messages are sent. */
export interface SendOptions {
  /** Attempts for messages that the queue refuses through no fault of the sender. @defaultValue 5 */
  readonly maxAttempts?: number;
  /** Waits between attempts. @defaultValue systemClock */
  readonly clock?: Clock;
}

/** What became of the messages. */
export interface SendOutcome {
  /** Messages that the queue took. */
  readonly sent: number;
  /**
   * Messages that the queue refused. One that is refused through its own fault holds up no other; after a batch with one that
   * is refused through no fault of the sender at the last attempt, nothing is sent. Empty when all were taken.
   */
  readonly refused: readonly FailedEntry[];
}

/** Limits of SQS (API_SendMessageBatch and API_SendMessage, 2026). */
export const sqsLimits: {
  readonly messagesPerBatch: number;
  /** Bytes of a batch, all bodies together, and so of a message. */
  readonly batchBytes: number;
  /** Longest group id and deduplication id. */
  readonly idCharacters: number;
} = Object.freeze({ messagesPerBatch: 10, batchBytes: 1_048_576, idCharacters: 128 });

/**
 * Returns JSON as a queue takes it: the two characters that SQS takes in no message (API_SendMessage, 2026) are written as
 * escapes, which say the same. Every other one that it does not take is an escape in JSON already.
 *
 * @example
 * ```ts
 * import { queueJson } from '@store/restock';
 *
 * console.log(queueJson(JSON.stringify({ name: 'Milk\uffff' }))); // {"name":"Milk\uffff"}
 * ```
 *
 * @throws RestockError `INVALID_OPTION`
 */
export function queueJson(json: string): string {
  checkInput('json', json, 'text');
  return json.replaceAll(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

export const sendRules: OptionRules<SendOptions> = { maxAttempts: wholeNumber(1), clock: having('schedule') };

/**
 * Sends messages to an SQS queue in batches of up to ten, in the order given, and returns how many the queue took and what
 * it refused. A message that is refused through no fault of the sender is sent again, alone. One that is larger than a batch is
 * refused and not sent.
 *
 * @example
 * ```ts
 * import { sendMessages, type SqsClient } from '@store/restock';
 *
 * export async function sendAll(sqs: SqsClient, queueUrl: string, bodies: readonly string[]) {
 *   const { refused } = await sendMessages(sqs, queueUrl, bodies.map((body) => ({ body })));
 *   if (refused.length > 0) throw new Error(`The queue refused ${refused.length} messages.`);
 * }
 * ```
 *
 * @throws RestockError `INVALID_OPTION`, and what the client throws
 */
export async function sendMessages(
  sqs: SqsClient,
  queueUrl: string,
  messages: readonly QueueMessage[],
  options: SendOptions = {},
): Promise<SendOutcome> {
  checkInput('sqs', sqs, 'sqs');
  checkInput('queueUrl', queueUrl, 'text');
  checkInput('messages', messages, 'objects');
  checkOptions(options, sendRules, invalidOption);
  const entries = messages.map(toEntry);
  const refused: FailedEntry[] = [];
  let sent = 0;
  for (const batch of batchesOf(entries)) {
    const left =
      bytesIn(batch) > sqsLimits.batchBytes
        ? batch.map(tooLong)
        : await sendBatch(sqs, queueUrl, batch, options);
    sent += batch.length - left.length;
    refused.push(...left);
    if (endsSending(left)) break;
  }
  return { sent, refused };
}

/** True where the queue takes nothing at the moment: what comes after would only fail too, or overtake. */
export const endsSending = (refused: readonly FailedEntry[]): boolean =>
  refused.some(({ SenderFault }) => SenderFault !== true);

const bytesIn = (entries: readonly BatchEntry[]): number =>
  entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);

/** Whether the queue takes these in one batch; what is larger than a batch is one by itself. */
const fitOneBatch = (entries: readonly BatchEntry[]): boolean =>
  entries.length <= 1 ||
  (entries.length <= sqsLimits.messagesPerBatch && bytesIn(entries) <= sqsLimits.batchBytes);

/** {@link fitOneBatch} of messages. */
export const fitBatch = (messages: readonly QueueMessage[]): boolean => fitOneBatch(messages.map(toEntry));

function* batchesOf(entries: readonly BatchEntry[]): Iterable<readonly BatchEntry[]> {
  let batch: readonly BatchEntry[] = [];
  for (const entry of entries) {
    const more = [...batch, entry];
    const fits = fitOneBatch(more);
    if (!fits) yield batch;
    batch = fits ? more : [entry];
  }
  if (batch.length > 0) yield batch;
}

/** SQS refuses the whole batch of such a message. */
const tooLong = ({ Id }: BatchEntry): FailedEntry => ({
  Id,
  Code: 'BatchRequestTooLong',
  Message: `The message is longer than ${sqsLimits.batchBytes} bytes.`,
  SenderFault: true,
});

/** @returns what the queue refuses: for good, or still at the last attempt */
async function sendBatch(
  sqs: SqsClient,
  queueUrl: string,
  entries: readonly BatchEntry[],
  { maxAttempts = restockDefaults.maxAttempts, clock = systemClock }: SendOptions,
): Promise<readonly FailedEntry[]> {
  const refused: FailedEntry[] = [];
  let open = entries;
  for (let attempt = 1; ; attempt++) {
    const { Failed: failed = [] } = await sqs.sendMessageBatch({ QueueUrl: queueUrl, Entries: [...open] });
    const again = failed.filter(({ SenderFault }) => SenderFault !== true);
    refused.push(...failed.filter(({ SenderFault }) => SenderFault === true));
    if (again.length === 0) return refused;
    if (attempt === maxAttempts) return [...refused, ...again];
    const ids = new Set(again.map(({ Id }) => Id));
    open = open.filter(({ Id }) => ids.has(Id));
    await wait(clock, 50 * 2 ** attempt);
  }
}

function toEntry({ body, groupId, deduplicationId }: QueueMessage, index: number): BatchEntry {
  return {
    Id: String(index),
    MessageBody: body,
    ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
    ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
  };
}
