import type { Writable } from 'node:stream';
import { FirehoseProducerCore } from './producer-core.js';
import type { ProducerOptions } from './options.js';
import type { Receipt } from './receipts.js';
import type { PipeOptions } from './pipe.js';
import type { ProducerStats } from './stats.js';
import type { FirehoseError } from './errors.js';

/** How long `flush` and `close` may take. */
export interface FlushOptions {
  /** Milliseconds from now; then the report says what is still pending. @defaultValue none */
  readonly deadlineMs?: number;
  /** Ends the waiting like the deadline does. */
  readonly signal?: AbortSignal;
}

/** What a flush has reached. */
export interface FlushReport {
  /** Everything accepted before the flush is delivered or handed to `deadLetter`. */
  readonly complete: boolean;
  /** Events delivered and failed while it ran. */
  readonly delivered: number;
  readonly failed: number;
  /** Events that the producer still holds in memory. */
  readonly pending: number;
  /** Events on disk only: a producer with the same spool will send them. */
  readonly spooled: number;
  /** Why the last refused record was refused, if anything is pending. */
  readonly lastError: FirehoseError | undefined;
}

/** One record that was not delivered when the producer was aborted. */
export interface UnsentRecord {
  /** Encoded events, each with its separator. */
  readonly data: Uint8Array;
  readonly events: number;
  /** It was under way, or an attempt had an unknown outcome: the stream may hold it all the same. */
  readonly ambiguous: boolean;
}

/** What `abort` hands back. */
export interface AbortReport {
  readonly records: readonly UnsentRecord[];
  /** Events in `records`. */
  readonly events: number;
  /** Events that are safe in the spool, and not in `records`. */
  readonly spooled: number;
}

/** Collects events, packs them into records and delivers those to one Firehose delivery stream. */
export interface FirehoseProducer<T> extends AsyncDisposable {
  /**
   * Takes one event. It is encoded at once, so it may be changed or reused afterwards.
   *
   * @returns false when memory runs short: the event was taken, but await `drained` before the next.
   * @throws {BufferFullError} when nobody waited and there is no room; the event was not taken.
   * @throws {EventTooLargeError} or {@link EncodeError}; the event was not taken.
   */
  put(event: T): boolean;
  /**
   * Resolves when there is room.
   *
   * @throws {StreamNotFoundError} and the like when memory is full and nothing can be delivered; the events are kept.
   */
  drained(): Promise<void>;
  /** Takes one event, once there is room, and resolves when the service has it. */
  putAsync(event: T): Promise<Receipt>;
  /** As `put`, for one event that is already encoded; the bytes are copied. */
  putEncoded(bytes: Uint8Array): boolean;
  /**
   * Delivers everything taken so far, without lingering.
   *
   * @throws {DeliveryFailedError} when events failed that no `deadLetter` handler took.
   * @throws {StreamNotFoundError} and the like when nothing can be delivered; the events are kept.
   */
  flush(options?: FlushOptions): Promise<FlushReport>;
  /**
   * With a spool of mode `always`: resolves once everything taken so far is on disk.
   *
   * @throws {SpoolFullError} when the disk takes no more.
   */
  persist(): Promise<void>;
  /** Takes no more events, then flushes. With a spool, what cannot be delivered stays there. */
  close(options?: FlushOptions): Promise<FlushReport>;
  /** Stops at once and hands back what was not delivered, except what is in the spool. */
  abort(): Promise<AbortReport>;
  /** Puts everything from a source, at the producer's pace; resolves with how many events were taken. */
  pipeFrom(source: AsyncIterable<T> | Iterable<T>, options?: PipeOptions): Promise<number>;
  /** Puts every line of chunks of newline-delimited JSON; lines may be cut anywhere, chunks may be lent. */
  pipeLinesFrom(
    chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options?: PipeOptions,
  ): Promise<number>;
  /** A Web stream to pipe into: it applies back-pressure, and closing it flushes. */
  writable(): WritableStream<T>;
  /** The same as a Node stream in object mode. */
  nodeWritable(): Writable;
  stats(): ProducerStats;
}

/**
 * Creates a producer for one delivery stream.
 *
 * @example
 * ```ts
 * const producer = createFirehoseProducer<Order>({ deliveryStreamName: 'orders' });
 * for await (const order of orders) if (!producer.put(order)) await producer.drained();
 * await producer.close();
 * ```
 */
export function createFirehoseProducer<T = unknown>(options: ProducerOptions<T>): FirehoseProducer<T> {
  return new FirehoseProducerCore(options);
}
