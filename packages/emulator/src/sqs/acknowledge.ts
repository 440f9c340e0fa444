import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { runBatch } from './batch.js';
import { type Message, readReceipt } from './message.js';
import type { Queue } from './queue.js';
import { touchOf, wakeWaiting } from './receive.js';
import { noteDown, queueOf, type SqsContext } from './sqs-context.js';
import { invalidValue, missingParameter } from './sqs-rules.js';
import { MAX_VISIBILITY_SECONDS } from './sqs-rules.js';

type Answer = Readonly<Record<string, unknown>>;

/** Which receive of which message is meant. */
interface Acknowledged {
  readonly ReceiptHandle: string;
}

interface Hidden extends Acknowledged {
  readonly VisibilityTimeout?: number;
}

const handle = { ReceiptHandle: text() };
const hidden = { ...handle, VisibilityTimeout: integer() };
const queue = { QueueUrl: text() };

/** The actions on messages that were received. */
export const acknowledgeActions: Actions<SqsContext> = new Map([
  [
    'DeleteMessage',
    action(structure({ ...queue, ...handle }, ['QueueUrl']), (input, context: SqsContext) =>
      remove(input, queueOf(input, context), context),
    ),
  ],
  [
    'DeleteMessageBatch',
    action(
      structure({ ...queue, Entries: list(structure({ Id: text(), ...handle }, ['Id'])) }, ['QueueUrl']),
      (input, context: SqsContext) => {
        const of = queueOf(input, context);
        return runBatch('DeleteMessageBatch', input, (entry) => remove(entry, of, context));
      },
    ),
  ],
  [
    'ChangeMessageVisibility',
    action(structure({ ...queue, ...hidden }, ['QueueUrl']), (input, context: SqsContext) =>
      change(input, queueOf(input, context), context),
    ),
  ],
  [
    'ChangeMessageVisibilityBatch',
    action(
      structure({ ...queue, Entries: list(structure({ Id: text(), ...hidden }, ['Id'])) }, ['QueueUrl']),
      (input, context: SqsContext) => {
        const of = queueOf(input, context);
        return runBatch('ChangeMessageVisibilityBatch', input, async (entry) => change(entry, of, context));
      },
    ),
  ],
]);

function handleOf({ ReceiptHandle: given = '' }: Partial<Acknowledged>): string {
  if (given === '') throw missingParameter('ReceiptHandle');
  return given;
}

/** A standard queue takes a handle of any receive; a FIFO queue that of the last one, until its timeout ends. */
async function remove(input: Partial<Acknowledged>, queue: Queue, context: SqsContext): Promise<Answer> {
  const receipt = handleOf(input);
  const { messageId, receiveCount } = readReceipt(receipt, queue.name);
  queue.surface(context.clock.wallNow());
  const message = queue.messages.get(messageId);
  if (message === undefined) return {};
  if (queue.fifo && isExpired(message, receiveCount)) throw handleExpired(receipt);
  await context.commit({ op: 'delete', queue: queue.key, ids: [messageId] });
  wakeWaiting(queue);
  return {};
}

function change(input: Partial<Hidden>, queue: Queue, context: SqsContext): Answer {
  const receipt = handleOf(input);
  const seconds = input.VisibilityTimeout;
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  if (seconds < 0 || seconds > MAX_VISIBILITY_SECONDS) {
    throw invalidValue(seconds, 'VisibilityTimeout', `Must be >= 0 and <= ${MAX_VISIBILITY_SECONDS}.`);
  }
  const now = context.clock.wallNow();
  queue.surface(now);
  const message = receivedMessage(receipt, queue);
  const heldSeconds = Math.floor((now - (message.receivedAt ?? now)) / 1000);
  if (seconds > 0 && heldSeconds + seconds > MAX_VISIBILITY_SECONDS) {
    const limit = `Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds].`;
    throw invalidValue(seconds, 'VisibilityTimeout', limit);
  }
  message.revision += 1;
  message.visibleAt = now + seconds * 1000;
  queue.hide(message);
  noteDown({ op: 'touch', queue: queue.key, touches: [touchOf(message)] }, context);
  wakeWaiting(queue);
  return {};
}

/** The message of a handle: of a standard queue also when its timeout has ended, or it was received again since. */
function receivedMessage(handle: string, queue: Queue): Message {
  const { messageId, receiveCount } = readReceipt(handle, queue.name);
  const message = queue.messages.get(messageId);
  if (message === undefined) {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (queue.fifo && isExpired(message, receiveCount)) throw handleExpired(handle);
  return message;
}

function isExpired(message: Message, receiveCount: number): boolean {
  return message.receiveCount !== receiveCount || !message.hidden;
}

function handleExpired(handle: string): Error {
  return invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
}
