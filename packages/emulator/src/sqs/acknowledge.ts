import type { JsonInput } from '../json-input.js';
import { ServiceError } from '../wire/service-error.js';
import { runBatch } from './batch.js';
import type { Message } from './message.js';
import type { Queue } from './queue.js';
import { readReceipt } from './receipt-handle.js';
import { touchOf } from './receive.js';
import { noteDown, queueOf, type SqsContext } from './sqs-context.js';
import { invalidValue, missingParameter } from './sqs-error.js';
import { MAX_VISIBILITY_SECONDS } from './sqs-limits.js';
import { wakeWaiting } from './waiting.js';

type Answer = Readonly<Record<string, unknown>>;

/** `DeleteMessage` */
export function deleteMessage(input: JsonInput, context: SqsContext): Promise<Answer> {
  return remove(input, queueOf(input, context), context);
}

/** `DeleteMessageBatch` */
export function deleteMessageBatch(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  return runBatch(input, (entry) => remove(entry, queue, context));
}

function handleOf(input: JsonInput): string {
  const handle = input.optionalString('ReceiptHandle') ?? '';
  if (handle === '') throw missingParameter('ReceiptHandle');
  return handle;
}

async function remove(input: JsonInput, queue: Queue, context: SqsContext): Promise<Answer> {
  const handle = handleOf(input);
  const { messageId, receiveCount } = readReceipt(handle, queue.name);
  queue.surface(context.clock.wallNow());
  const message = queue.messages.get(messageId);
  if (message === undefined) return {};
  const expired = message.receiveCount !== receiveCount || !message.hidden;
  if (queue.fifo && expired) throw handleExpired(handle);
  // Received again since: the message now belongs to that receive, and this delete does nothing, as on AWS.
  if (message.receiveCount !== receiveCount) return {};
  await context.journal.append({ op: 'delete', queue: queue.name, ids: [messageId] });
  wakeWaiting(queue);
  return {};
}

/** `ChangeMessageVisibility` */
export async function changeMessageVisibility(input: JsonInput, context: SqsContext): Promise<Answer> {
  return change(input, queueOf(input, context), context);
}

/** `ChangeMessageVisibilityBatch` */
export function changeMessageVisibilityBatch(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  return runBatch(input, async (entry) => change(entry, queue, context));
}

function change(input: JsonInput, queue: Queue, context: SqsContext): Answer {
  const handle = handleOf(input);
  const seconds = input.optionalInteger('VisibilityTimeout');
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
    throw invalidValue(seconds, 'VisibilityTimeout', `Must be >= 0 and <= ${MAX_VISIBILITY_SECONDS}.`);
  }
  const now = context.clock.wallNow();
  queue.surface(now);
  const message = inFlight(handle, queue);
  message.revision += 1;
  message.visibleAt = now + seconds * 1000;
  queue.hide(message);
  noteDown({ op: 'touch', queue: queue.name, touches: [touchOf(message)] }, context);
  wakeWaiting(queue);
  return {};
}

function inFlight(handle: string, queue: Queue): Message {
  const { messageId, receiveCount } = readReceipt(handle, queue.name);
  const message = queue.messages.get(messageId);
  if (message === undefined) {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (message.hidden && message.receiveCount === receiveCount) return message;
  if (queue.fifo) throw handleExpired(handle);
  throw new ServiceError(
    'MessageNotInflight',
    'The specified message is not in flight; its visibility timeout has ended.',
  );
}

function handleExpired(handle: string): ServiceError {
  return invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
}
