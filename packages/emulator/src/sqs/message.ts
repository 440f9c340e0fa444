import type { MessageAttributes } from './message-attributes.js';
import { invalidReceiptHandle } from './sqs-rules.js';

/** A message as the journal holds it. */
export interface MessageRecord {
  readonly id: string;
  /** Place among all messages of the endpoint; the sequence number comes from it. */
  readonly order: number;
  readonly body: string;
  readonly attributes?: MessageAttributes;
  readonly systemAttributes?: MessageAttributes;
  readonly sentAt: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Queue from which a redrive policy moved it here. */
  readonly sourceArn?: string;
  /** When it may be received, milliseconds since 1970. */
  readonly visibleAt: number;
  readonly receiveCount?: number;
  readonly firstReceivedAt?: number;
  /** Rises with every receive and change of visibility, so that a journal's older entry never undoes a newer one. */
  readonly revision?: number;
}

/** A message in a queue. */
export interface Message {
  readonly record: MessageRecord;
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  /** When it was received last; unknown after a restart. */
  receivedAt: number | undefined;
  revision: number;
  /** True while it waits for `visibleAt`, in flight or delayed. */
  hidden: boolean;
  /** True while it is in the line of a standard queue, whether hidden or not. */
  waitsInLine: boolean;
  /** True once it is deleted, expired or moved. */
  gone: boolean;
}

export function messageOf(record: MessageRecord): Message {
  return {
    record,
    visibleAt: record.visibleAt,
    receiveCount: record.receiveCount ?? 0,
    firstReceivedAt: record.firstReceivedAt,
    receivedAt: undefined,
    revision: record.revision ?? 0,
    hidden: false,
    waitsInLine: false,
    gone: false,
  };
}

/** Returns the record from which the message can be made again as it is now. */
export function recordOf(message: Message): MessageRecord {
  const { record, visibleAt, receiveCount, firstReceivedAt, revision } = message;
  if (revision === 0) return record;
  return {
    ...record,
    visibleAt,
    receiveCount,
    revision,
    ...(firstReceivedAt === undefined ? {} : { firstReceivedAt }),
  };
}

/** A FIFO queue's sequence number: 20 digits that rise with the order of sending. */
export function sequenceNumber(order: number): string {
  return String(18_849_496_460_467_696_128n + BigInt(order) * 256n);
}

/** What a receipt handle says: which message, and which receive of it. */
export interface Receipt {
  readonly queue: string;
  readonly messageId: string;
  readonly receiveCount: number;
}

/** Writes a handle; to callers it is opaque. */
export function receiptHandle({ queue, messageId, receiveCount }: Receipt): string {
  return Buffer.from(JSON.stringify([queue, messageId, receiveCount])).toString('base64');
}

/** Reads a handle that belongs to the queue. */
export function readReceipt(handle: string, queueName: string): Receipt {
  const [queue, messageId, receiveCount] = partsOf(handle);
  if (typeof messageId !== 'string' || typeof receiveCount !== 'number') throw invalidReceiptHandle(handle);
  if (queue !== queueName) throw invalidReceiptHandle(handle, 'of another queue');
  return { queue: queueName, messageId, receiveCount };
}

function partsOf(handle: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(handle, 'base64').toString());
    return Array.isArray(parts) ? parts : [];
  } catch (error) {
    // What is not JSON is not one of ours.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
