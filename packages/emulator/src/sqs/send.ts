import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { createHash, randomUUID } from 'node:crypto';
import { ServiceError } from '../wire/service-error.js';
import { runBatch } from './batch.js';
import {
  type AttributesInput,
  attributesShape,
  attributeBytes,
  isXmlText,
  md5,
  md5OfAttributes,
  messageAttributesOf,
} from './message-attributes.js';
import { type MessageRecord, sequenceNumber } from './message.js';
import type { Queue } from './queue.js';
import { numberAttribute } from './queue-attributes.js';
import { deduplicationScope } from './put-queue.js';
import { type SqsContext, queueOf } from './sqs-context.js';
import { invalidParameter, invalidValue, missingParameter } from './sqs-rules.js';
import { DEDUPLICATION_MS, MAX_BATCH_BYTES, MAX_DELAY_SECONDS } from './sqs-rules.js';

/** A message as a request brings it. */
interface MessageInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: AttributesInput;
  readonly MessageSystemAttributes?: AttributesInput;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

const members = {
  MessageBody: text(),
  DelaySeconds: integer(),
  MessageAttributes: attributesShape,
  MessageSystemAttributes: attributesShape,
  MessageDeduplicationId: text(),
  MessageGroupId: text(),
};

/** The actions that send messages. */
export const sendActions: Actions<SqsContext> = new Map([
  [
    'SendMessage',
    action(structure({ QueueUrl: text(), ...members }, ['QueueUrl']), (input, context: SqsContext) =>
      send(input, queueOf(input, context), context),
    ),
  ],
  [
    'SendMessageBatch',
    action(
      structure({ QueueUrl: text(), Entries: list(structure({ Id: text(), ...members }, ['Id'])) }, [
        'QueueUrl',
      ]),
      (input, context: SqsContext) => {
        const queue = queueOf(input, context);
        const { Entries: entries = [] } = input;
        checkBatchBytes(entries);
        return runBatch(
          'SendMessageBatch',
          input,
          (entry) => send(entry, queue, context, 'cannot be validated'),
          queue.fifo
            ? (entry) => {
                checkFifoEntry(entry, queue);
              }
            : undefined,
        );
      },
    ),
  ],
]);

type Answer = Readonly<Record<string, unknown>>;

function checkBatchBytes(entries: readonly MessageInput[]): void {
  let bytes = 0;
  for (const { MessageBody = '', MessageAttributes } of entries) {
    bytes += Buffer.byteLength(MessageBody) + attributeBytes(MessageAttributes);
  }
  if (bytes > MAX_BATCH_BYTES) {
    throw new ServiceError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
    );
  }
}

/** An entry that says nothing of its group or its deduplication refuses the whole batch. */
function checkFifoEntry(entry: MessageInput, queue: Queue): void {
  if (entry.MessageGroupId === undefined) {
    throw invalidParameter('The request must contain the parameter MessageGroupId.');
  }
  if (entry.MessageDeduplicationId === undefined && !deduplicatesByContent(queue)) {
    throw withoutDeduplicationId();
  }
}

/** @param what - what is said of the parameters of a message that is too long, in a batch or alone */
async function send(
  input: MessageInput,
  queue: Queue,
  context: SqsContext,
  what: 'are invalid' | 'cannot be validated' = 'are invalid',
): Promise<Answer> {
  const now = context.clock.wallNow();
  const record = recordFrom(input, queue, context, now, what);
  const md5s = {
    MD5OfMessageBody: md5(record.body),
    ...(record.attributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(record.attributes) }),
    // Of those that the caller sent: the SDKs compare it with their own.
    ...(record.systemAttributes === undefined || input.MessageSystemAttributes === undefined
      ? {}
      : { MD5OfMessageSystemAttributes: md5OfAttributes(record.systemAttributes) }),
  };
  if (!queue.fifo) {
    await context.commit({ op: 'send', queue: queue.key, messages: [record] });
    return { ...md5s, MessageId: record.id };
  }
  forgetOld(queue, now);
  const { groupId = '', deduplicationId = '' } = record;
  const keyIn = (scope: string): string => JSON.stringify([scope, deduplicationId]);
  // An id keeps the scope in which it was sent, whatever the queue's is now.
  const known = [keyIn(''), keyIn(groupId)]
    .map((sent) => queue.deduplications.get(sent))
    .find((sent) => sent !== undefined && sent.until > now);
  if (known !== undefined) {
    // The first one answers for both: if it could not be kept, neither was this one.
    await known.committed;
    return { ...md5s, MessageId: known.messageId, SequenceNumber: sequenceNumber(known.order) };
  }
  const until = now + DEDUPLICATION_MS;
  const key = keyIn(deduplicationScope(queue, now) === 'messageGroup' ? groupId : '');
  const { id: messageId, order } = record;
  const committed = Promise.all([
    context.commit({ op: 'send', queue: queue.key, messages: [record] }),
    context.commit({ op: 'remember', queue: queue.key, key, until, messageId, order }),
  ]).then(() => undefined);
  queue.deduplications.set(key, { until, messageId, order, committed });
  try {
    await committed;
  } catch (error) {
    queue.deduplications.delete(key);
    throw error;
  }
  return { ...md5s, MessageId: messageId, SequenceNumber: sequenceNumber(order) };
}

// Ids are remembered in the order of their sending, so the oldest come first.
function forgetOld(queue: Queue, now: number): void {
  for (const [key, { until }] of queue.deduplications) {
    if (until > now) return;
    queue.deduplications.delete(key);
  }
}

function recordFrom(
  input: MessageInput,
  queue: Queue,
  { state, request }: SqsContext,
  now: number,
  what: string,
): MessageRecord {
  const { MessageBody: body = '' } = input;
  if (body === '') throw missingParameter('MessageBody');
  if (!isXmlText(body)) {
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  const attributes = messageAttributesOf(input.MessageAttributes);
  const systemAttributes = messageAttributesOf(systemAttributesOf(input, request));
  const most = numberAttribute(queue.attributes, 'MaximumMessageSize');
  if (Buffer.byteLength(body) + attributeBytes(attributes) > most) {
    throw invalidParameter(
      `One or more parameters ${what}. Reason: Message must be shorter than ${most} bytes.`,
    );
  }
  const order = state.nextOrder;
  const delayMs = delaySeconds(input, queue) * 1000;
  const group = queue.fifo ? fifoFields(input, queue, body) : standardFields(input);
  state.nextOrder += 1;
  return {
    id: randomUUID(),
    order,
    body,
    sentAt: now,
    visibleAt: now + delayMs,
    ...(attributes === undefined ? {} : { attributes }),
    ...(systemAttributes === undefined ? {} : { systemAttributes }),
    ...group,
  };
}

function delaySeconds(input: MessageInput, queue: Queue): number {
  const { DelaySeconds: given } = input;
  if (given === undefined) return numberAttribute(queue.attributes, 'DelaySeconds');
  if (queue.fifo) {
    if (given !== 0) throw wrongQueueType(given, 'DelaySeconds');
    return numberAttribute(queue.attributes, 'DelaySeconds');
  }
  if (given < 0 || given > MAX_DELAY_SECONDS) {
    throw invalidValue(given, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${MAX_DELAY_SECONDS}.`);
  }
  return given;
}

const idPattern = /^[\x21-\x7e]{1,128}$/;

function idOf(input: MessageInput, field: 'MessageGroupId' | 'MessageDeduplicationId'): string | undefined {
  const id = input[field];
  if (id !== undefined && !idPattern.test(id)) {
    throw invalidValue(
      id,
      field,
      `${field} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
  return id;
}

function fifoFields(
  input: MessageInput,
  queue: Queue,
  body: string,
): Pick<MessageRecord, 'groupId' | 'deduplicationId'> {
  const groupId = idOf(input, 'MessageGroupId');
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  const given = idOf(input, 'MessageDeduplicationId');
  if (given !== undefined) return { groupId, deduplicationId: given };
  if (!deduplicatesByContent(queue)) throw withoutDeduplicationId();
  return { groupId, deduplicationId: createHash('sha256').update(body).digest('hex') };
}

function deduplicatesByContent({ attributes }: Queue): boolean {
  return attributes.ContentBasedDeduplication === 'true';
}

function withoutDeduplicationId(): ServiceError {
  return invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** System attributes of a message: X-Ray's header of the request is one, unless the caller sends it as such. */
function systemAttributesOf(
  { MessageSystemAttributes: given }: MessageInput,
  { headers }: SqsContext['request'],
): AttributesInput | undefined {
  const traceId = headers['x-amzn-trace-id'];
  if (typeof traceId !== 'string' || traceId === '' || given?.AWSTraceHeader !== undefined) return given;
  return { ...given, AWSTraceHeader: { DataType: 'String', StringValue: traceId } };
}

function standardFields(input: MessageInput): Pick<MessageRecord, 'groupId'> {
  const deduplicationId = idOf(input, 'MessageDeduplicationId');
  if (deduplicationId !== undefined) throw wrongQueueType(deduplicationId, 'MessageDeduplicationId');
  // Fair queues: a standard queue takes a group too, without keeping its order.
  const groupId = idOf(input, 'MessageGroupId');
  return groupId === undefined ? {} : { groupId };
}

function wrongQueueType(value: string | number, parameter: string): ServiceError {
  return invalidValue(
    value,
    parameter,
    'The request include parameter that is not valid for this queue type.',
  );
}
