import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { createHash, randomUUID } from 'node:crypto';
import { ServiceError } from '../wire/service-error.js';
import { runBatch } from './batch.js';
import {
  type AttributesInput,
  attributesShape,
  attributeBytes,
  md5,
  md5OfAttributes,
  messageAttributesOf,
} from './message-attributes.js';
import { type MessageRecord, sequenceNumber } from './message.js';
import type { Queue } from './queue.js';
import { numberAttribute } from './queue-attributes.js';
import { type SqsContext, queueOf } from './sqs-state.js';
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
        const bytes = (input.Entries ?? []).reduce(
          (sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody),
          0,
        );
        if (bytes > MAX_BATCH_BYTES) {
          throw new ServiceError(
            'BatchRequestTooLong',
            `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`,
          );
        }
        return runBatch(input, (entry) => send(entry, queue, context));
      },
    ),
  ],
]);

type Answer = Readonly<Record<string, unknown>>;

async function send(input: MessageInput, queue: Queue, context: SqsContext): Promise<Answer> {
  const now = context.clock.wallNow();
  const record = recordFrom(input, queue, context, now);
  const md5s = {
    MD5OfMessageBody: md5(record.body),
    ...(record.attributes === undefined
      ? {}
      : { MD5OfMessageAttributes: md5OfAttributes(record.attributes) }),
    ...(record.systemAttributes === undefined
      ? {}
      : { MD5OfMessageSystemAttributes: md5OfAttributes(record.systemAttributes) }),
  };
  const key = deduplicationKey(record, queue);
  if (key === undefined) {
    await context.commit({ op: 'send', queue: queue.name, messages: [record] });
    return { ...md5s, MessageId: record.id };
  }
  forgetOld(queue, now);
  const known = queue.deduplications.get(key);
  if (known !== undefined && known.until > now) {
    // The first one answers for both: if it could not be kept, neither was this one.
    await known.committed;
    return { ...md5s, MessageId: known.messageId, SequenceNumber: sequenceNumber(known.order) };
  }
  const until = now + DEDUPLICATION_MS;
  const { id: messageId, order } = record;
  const committed = Promise.all([
    context.commit({ op: 'send', queue: queue.name, messages: [record] }),
    context.commit({ op: 'remember', queue: queue.name, key, until, messageId, order }),
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

// Ids are remembered in the order of their sending, so the oldest stand first.
function forgetOld(queue: Queue, now: number): void {
  for (const [key, { until }] of queue.deduplications) {
    if (until > now) return;
    queue.deduplications.delete(key);
  }
}

function deduplicationKey(record: MessageRecord, queue: Queue): string | undefined {
  if (!queue.fifo) return undefined;
  const scope = queue.attributes.DeduplicationScope === 'messageGroup' ? record.groupId : '';
  return JSON.stringify([scope, record.deduplicationId]);
}

// XML's characters, which are all that SQS takes.
const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

function recordFrom(input: MessageInput, queue: Queue, { state }: SqsContext, now: number): MessageRecord {
  const { MessageBody: body = '' } = input;
  if (body === '') throw missingParameter('MessageBody');
  if (forbidden.test(body)) {
    throw new ServiceError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF.',
    );
  }
  const attributes = messageAttributesOf(input.MessageAttributes);
  const systemAttributes = messageAttributesOf(input.MessageSystemAttributes);
  const most = numberAttribute(queue.attributes, 'MaximumMessageSize');
  if (Buffer.byteLength(body) + attributeBytes(attributes) > most) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`,
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
  if (queue.fifo && given !== 0) throw wrongQueueType(given, 'DelaySeconds');
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
  const byContent = queue.attributes.ContentBasedDeduplication === 'true';
  const deduplicationId =
    idOf(input, 'MessageDeduplicationId') ??
    (byContent ? createHash('sha256').update(body).digest('hex') : undefined);
  if (deduplicationId === undefined) {
    throw invalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return { groupId, deduplicationId };
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
