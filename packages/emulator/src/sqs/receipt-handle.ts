import { invalidReceiptHandle } from './sqs-rules.js';

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
  try {
    const parts: unknown = JSON.parse(Buffer.from(handle, 'base64').toString());
    if (Array.isArray(parts)) {
      const fields: readonly unknown[] = parts;
      const [queue, messageId, receiveCount] = fields;
      if (queue === queueName && typeof messageId === 'string' && typeof receiveCount === 'number') {
        return { queue: queueName, messageId, receiveCount };
      }
    }
  } catch {
    // Not JSON: not one of ours, as below.
  }
  throw invalidReceiptHandle(handle);
}
