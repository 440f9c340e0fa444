import { callback, checkArgument, listOf, satisfying } from '@store/foundation';
import { optionError } from '../errors.js';

/** One PutRecordBatch call, ready to go out. */
export interface BatchRequest {
  /** Delivery stream to write to. */
  readonly deliveryStreamName: string;
  /** The JSON body in pieces, in order. They are valid until the next one: the memory is reused after the answer. */
  readonly body: readonly Uint8Array[];
  /** Length of the body, bytes. */
  readonly bodyBytes: number;
  /** Records in the body, 1 to 500. */
  readonly recordCount: number;
  /** Lower-case hex SHA-256 of the body. */
  sha256(): string;
  /** The records' own bytes, decoded: for transports that do not send the body. */
  records(): Uint8Array[];
}

/** What the service answered; the words are PutRecordBatch's. */
export interface BatchAnswer {
  /** Records that the service refused; undefined reads as 0. */
  readonly FailedPutCount?: number | undefined;
  /** One entry for each record, in their order: its `RecordId`, or an `ErrorCode` with its message. */
  readonly RequestResponses?:
    | readonly {
        readonly RecordId?: string | undefined;
        readonly ErrorCode?: string | undefined;
        readonly ErrorMessage?: string | undefined;
      }[]
    | undefined;
}

/** Where requests go, as far as it decides the quota. */
export interface TransportTarget {
  /** AWS Region of the endpoint; its quotas apply. @defaultValue unknown: the smallest quotas apply */
  readonly region?: string;
  /** False for an endpoint that is not AWS's own: then no quota is known. */
  readonly aws: boolean;
}

/** A way to the service. Implement this to send by other means than the AWS SDK. */
export interface Transport {
  /** Makes exactly one attempt; rejects with the SDK's or Node's error. Retries are the producer's work. */
  send(request: BatchRequest, signal: AbortSignal): Promise<BatchAnswer>;
  /** Where requests go; undefined until the first one has gone out. */
  target?(): TransportTarget | undefined;
  /** Gets new credentials; called when the service says that the present ones have expired. */
  refreshCredentials?(): Promise<void>;
  /** Closes connections that lie idle; called after the process was frozen. */
  dropIdleConnections?(): void;
  /** The producer is closed or aborted. */
  close?(): void;
}

/** Answers one batch of records in this process. */
export type BatchHandler = (
  records: readonly Uint8Array[],
  context: { readonly deliveryStreamName: string; readonly signal: AbortSignal },
) => BatchAnswer | Promise<BatchAnswer>;

const recordsRule = listOf(satisfying('bytes', (value) => value instanceof Uint8Array));

/**
 * Creates a transport without a network, for tests and dry runs.
 *
 * @param handler - gets the records of each batch; without one, every record is accepted.
 *
 * @example
 * ```ts
 * import { acceptAll, createFirehoseProducer, inProcessTransport } from '@store/firehose';
 *
 * const transport = inProcessTransport((records) => {
 *   console.log(Buffer.concat(records).toString()); // {"id":1}
 *   return acceptAll(records);
 * });
 * const producer = createFirehoseProducer({ deliveryStreamName: 'orders', transport });
 * producer.put({ id: 1 });
 * await producer.close();
 * ```
 */
export function inProcessTransport(handler: BatchHandler = acceptAll): Transport {
  checkArgument('handler', handler, callback(), optionError);
  return {
    async send(request, signal) {
      return handler(request.records(), { deliveryStreamName: request.deliveryStreamName, signal });
    },
  };
}

/**
 * Returns the answer of a service that takes every record.
 *
 * @example
 * ```ts
 * import { acceptAll } from '@store/firehose';
 *
 * console.log(acceptAll([Buffer.from('{}')]).FailedPutCount); // 0
 * ```
 */
export function acceptAll(records: readonly Uint8Array[]): BatchAnswer {
  checkArgument('records', records, recordsRule, optionError);
  return {
    FailedPutCount: 0,
    RequestResponses: records.map((_, index) => ({ RecordId: `record-${index}` })),
  };
}
