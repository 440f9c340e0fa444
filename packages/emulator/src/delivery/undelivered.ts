import type { DeliveryBuffer } from './delivery-buffer.js';

/** What of one delivery stream is acknowledged and not in the lake. */
export interface UndeliveredRecords {
  /** Delivery stream that holds them. */
  readonly deliveryStreamName: string;
  /** How many records are not in the lake. */
  readonly records: number;
  /** Bytes of their data, before base64. */
  readonly bytes: number;
  /** Why, in the words of what failed; empty where nothing did, and the records wait for their time. */
  readonly reasons: readonly string[];
}

/** Sums up the buffers of a stream that are left. */
export function undeliveredOf(
  deliveryStreamName: string,
  buffers: readonly DeliveryBuffer[],
): UndeliveredRecords | undefined {
  const held = buffers.filter(({ state }) => state.records > 0);
  if (held.length === 0) return undefined;
  const reasons = new Set(held.flatMap(({ failure }) => (failure === undefined ? [] : [failure.reason])));
  return {
    deliveryStreamName,
    records: held.reduce((sum, { state }) => sum + state.records, 0),
    bytes: held.reduce((sum, { state }) => sum + state.bytes, 0),
    reasons: [...reasons].slice(0, 10),
  };
}
