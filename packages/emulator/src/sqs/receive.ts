import { action, type Actions } from '../wire/service-entry.js';
import { emulatorLimits } from '../wire/request-limits.js';
import { ServiceError } from '../wire/service-error.js';
import { integer, list, structure, text } from '../wire/shape.js';
import { md5, md5OfAttributes, type MessageAttributes } from './message-attributes.js';
import { type Message, recordOf, sequenceNumber, receiptHandle } from './message.js';
import { numberAttribute } from './queue-attributes.js';
import type { Queue } from './queue.js';
import { parseRedrivePolicy } from './redrive-policy.js';
import { deadLetterQueueOf, noteDown, queueArn, queueOf, type SqsContext } from './sqs-context.js';
import {
  invalidValue,
  MAX_IN_FLIGHT,
  MAX_RECEIVED_MESSAGES,
  MAX_VISIBILITY_SECONDS,
  MAX_WAIT_SECONDS,
} from './sqs-rules.js';
import type { Touch } from './sqs-state.js';

/** What `ReceiveMessage` takes. */
interface ReceiveInput {
  readonly QueueUrl: string;
  readonly MaxNumberOfMessages?: number;
  readonly WaitTimeSeconds?: number;
  readonly VisibilityTimeout?: number;
  readonly AttributeNames?: readonly string[];
  readonly MessageSystemAttributeNames?: readonly string[];
  readonly MessageAttributeNames?: readonly string[];
}

/** `ReceiveMessage`, with its long poll. */
export const receiveActions: Actions<SqsContext> = new Map([
  [
    'ReceiveMessage',
    action(
      structure(
        {
          QueueUrl: text(),
          MaxNumberOfMessages: integer(),
          WaitTimeSeconds: integer(),
          VisibilityTimeout: integer(),
          AttributeNames: list(text()),
          MessageSystemAttributeNames: list(text()),
          MessageAttributeNames: list(text()),
        },
        ['QueueUrl'],
      ),
      receiveMessage,
    ),
  ],
]);

async function receiveMessage(input: ReceiveInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const most = ranged(input, 'MaxNumberOfMessages', 1, MAX_RECEIVED_MESSAGES) ?? 1;
  const waitSeconds =
    ranged(input, 'WaitTimeSeconds', 0, MAX_WAIT_SECONDS) ??
    numberAttribute(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
  const visibilitySeconds =
    ranged(input, 'VisibilityTimeout', 0, MAX_VISIBILITY_SECONDS) ??
    numberAttribute(queue.attributes, 'VisibilityTimeout');
  const take = (): readonly Message[] => takeMessages(queue, most, visibilitySeconds, context);
  const endsAt = context.clock.wallNow() + waitSeconds * 1000;
  for (;;) {
    const taken = context.request.signal.aborted ? [] : take();
    if (taken.length > 0) return { Messages: taken.map(describer(input, queue, context)) };
    if (context.clock.wallNow() >= endsAt || context.request.signal.aborted) return {};
    await waitInLine(queue, endsAt, context);
  }
}

async function waitInLine(queue: Queue, endsAt: number, context: SqsContext): Promise<void> {
  const { state } = context;
  if (state.waitingReceives >= emulatorLimits.waitingReceives) {
    throw new ServiceError(
      'ServiceUnavailable',
      `${emulatorLimits.waitingReceives} ReceiveMessage calls wait for messages. Ask with WaitTimeSeconds 0, or later.`,
      503,
    );
  }
  state.waitingReceives += 1;
  try {
    await waitForMessage(queue, endsAt, context);
  } finally {
    state.waitingReceives -= 1;
  }
}

function ranged(
  input: ReceiveInput,
  field: 'MaxNumberOfMessages' | 'WaitTimeSeconds' | 'VisibilityTimeout',
  min: number,
  max: number,
): number | undefined {
  const value = input[field];
  if (value !== undefined && (value < min || value > max)) {
    const range = field === 'MaxNumberOfMessages' ? `between ${min} and ${max}` : `>= ${min} and <= ${max}`;
    throw invalidValue(value, field, `Must be ${range}, if provided.`);
  }
  return value;
}

function takeMessages(
  queue: Queue,
  most: number,
  visibilitySeconds: number,
  context: SqsContext,
): readonly Message[] {
  const now = context.clock.wallNow();
  if (queue.counts(now).inFlight >= MAX_IN_FLIGHT) {
    if (queue.fifo) return [];
    throw new ServiceError('OverLimit', 'Too many messages in flight; delete some first.');
  }
  const policyText = queue.attributes.RedrivePolicy ?? '';
  const policy = policyText === '' ? undefined : parseRedrivePolicy(policyText);
  const target = policy && deadLetterQueueOf(queue, policy.deadLetterTargetArn, context);
  // A queue may be its own target: its messages stay, and this receive would move them around in it without end.
  const deadLetters = target === queue ? undefined : target;
  const taken: Message[] = [];
  for (const message of queue.take(now)) {
    if (policy !== undefined && deadLetters !== undefined) {
      if (message.receiveCount >= policy.maxReceiveCount) {
        moveToDeadLetters(message, queue, deadLetters, context);
        continue;
      }
    }
    message.revision += 1;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.receivedAt = now;
    message.visibleAt = now + visibilitySeconds * 1000;
    queue.hide(message);
    taken.push(message);
    if (taken.length >= most) break;
  }
  if (taken.length > 0) {
    noteDown({ op: 'touch', queue: queue.key, touches: taken.map(touchOf) }, context);
  }
  return taken;
}

/** How a message stands now, for the journal. */
export function touchOf({ record, revision, receiveCount, firstReceivedAt, visibleAt }: Message): Touch {
  return {
    id: record.id,
    revision,
    receiveCount,
    visibleAt,
    ...(firstReceivedAt === undefined ? {} : { firstReceivedAt }),
  };
}

function moveToDeadLetters(message: Message, from: Queue, to: Queue, context: SqsContext): void {
  const record = recordOf(message);
  const entry = {
    op: 'move',
    queue: from.key,
    id: record.id,
    to: to.key,
    message: {
      ...record,
      order: context.state.nextOrder,
      visibleAt: record.sentAt,
      revision: 0,
      sourceArn: queueArn(from, context),
    },
  } as const;
  context.state.move(entry);
  noteDown(entry, context);
}

type Describe = (message: Message) => unknown;

function describer(input: ReceiveInput, queue: Queue, context: SqsContext): Describe {
  const system = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const wanted = input.MessageAttributeNames ?? [];
  return (message) => {
    const { id, body, attributes } = message.record;
    const chosen = chooseAttributes(attributes, wanted);
    const Attributes = systemAttributes(message, queue, context, system);
    return {
      MessageId: id,
      ReceiptHandle: receiptHandle({
        queue: queue.name,
        messageId: id,
        receiveCount: message.receiveCount,
      }),
      MD5OfBody: md5(body),
      Body: body,
      ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
      ...(chosen === undefined
        ? {}
        : { MessageAttributes: chosen, MD5OfMessageAttributes: md5OfAttributes(chosen) }),
    };
  };
}

function systemAttributes(
  message: Message,
  queue: Queue,
  { request }: SqsContext,
  wanted: readonly string[],
): Readonly<Record<string, string>> {
  if (wanted.length === 0) return {};
  const { record } = message;
  const all: Readonly<Record<string, string | undefined>> = {
    SenderId: request.accountId,
    SentTimestamp: String(record.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    SequenceNumber: queue.fifo ? sequenceNumber(record.order) : undefined,
    MessageDeduplicationId: record.deduplicationId,
    MessageGroupId: record.groupId,
    AWSTraceHeader: record.systemAttributes?.AWSTraceHeader?.StringValue,
    DeadLetterQueueSourceArn: record.sourceArn,
  };
  const chosen: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) {
    if (value !== undefined && (wanted.includes('All') || wanted.includes(name))) {
      chosen[name] = value;
    }
  }
  return chosen;
}

function chooseAttributes(
  attributes: MessageAttributes | undefined,
  wanted: readonly string[],
): MessageAttributes | undefined {
  if (attributes === undefined) return undefined;
  const chosen = Object.entries(attributes).filter(([name]) =>
    wanted.some((want) => {
      if (want === 'All' || want === '*' || want === '.*') return true;
      return want.endsWith('.*') ? name.startsWith(want.slice(0, -2)) : want === name;
    }),
  );
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/** Resolves when a message may have come or become visible, at the end of the wait, or when the caller has gone. */
export function waitForMessage(queue: Queue, endsAt: number, context: SqsContext): Promise<void> {
  const { clock, request } = context;
  return new Promise((resolve) => {
    const wake = (): void => {
      queue.waiting.delete(wake);
      cancel();
      request.signal.removeEventListener('abort', wake);
      resolve();
    };
    const wakeAt = Math.min(endsAt, queue.nextAt() ?? Infinity);
    const cancel = clock.schedule(wake, Math.max(0, wakeAt - clock.wallNow()));
    queue.waiting.add(wake);
    request.signal.addEventListener('abort', wake);
  });
}

/** Lets every waiting receive look again. */
export function wakeWaiting(queue: Queue): void {
  for (const wake of [...queue.waiting]) wake();
}
