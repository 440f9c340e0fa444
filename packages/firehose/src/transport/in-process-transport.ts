import type { BatchAnswer, Transport } from './transport.js';

/** Answers one batch of records in this process. */
export type BatchHandler = (
  records: readonly Uint8Array[],
  context: { readonly deliveryStreamName: string; readonly signal: AbortSignal },
) => BatchAnswer | Promise<BatchAnswer>;

/**
 * A transport without a network, for tests and dry runs.
 *
 * @param handler - gets the records of each batch; without one, every record is accepted.
 */
export function inProcessTransport(handler: BatchHandler = acceptAll): Transport {
  return {
    async send(request, signal) {
      return handler(request.records(), { deliveryStreamName: request.deliveryStreamName, signal });
    },
  };
}

/** The answer of a service that takes every record. */
export function acceptAll(records: readonly Uint8Array[]): BatchAnswer {
  return {
    FailedPutCount: 0,
    RequestResponses: records.map((_, index) => ({ RecordId: `record-${index}` })),
  };
}
