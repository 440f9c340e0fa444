import type { FirehoseError, Undelivered } from './errors.js';
import type { FlushOptions, PipeOptions } from './options.js';
import type { ProducerStats } from './stats.js';

/** Proof that one event is in the stream. */
export interface Receipt {
  /** The id that the service gave to the record holding the event. */
  readonly recordId: string;
  /** How often the record was sent. */
  readonly attempts: number;
  /** An earlier attempt had an unknown outcome, so the stream may hold the event twice. */
  readonly possibleDuplicate: boolean;
}

/** What a flush has reached. */
export interface FlushReport {
  /** Everything accepted before the flush is delivered or handed to `deadLetter`. */
  readonly complete: boolean;
  /** Events delivered and failed while it ran. */
  readonly delivered: number;
  /** Events that failed while the flush ran, and handed to `deadLetter` where there is one. */
  readonly failed: number;
  /** Events that the producer still holds in memory. */
  readonly pending: number;
  /** Events on disk only: a producer with the same spool will send them. */
  readonly spooled: number;
  /** Why the last refused record was refused, if anything is pending. */
  readonly lastError: FirehoseError | undefined;
}

/** What `abort` hands back. */
export interface AbortReport {
  /** Records that were neither delivered nor stored in the spool. */
  readonly undelivered: readonly Undelivered[];
  /** Events that are safe in the spool, and not in `undelivered`. */
  readonly spooled: number;
}

/**
 * Collects events, packs them into records and delivers those to one Firehose delivery stream. `send`, `pipe` and
 * `pipeLines` wait for room by themselves; with `put`, `drained` and `putEncoded` the caller does that by hand.
 */
export interface FirehoseProducer<T> extends AsyncDisposable {
  /**
   * Takes one event, once there is room, and resolves when the service has it. Do not await each before the next:
   * that would wait for the linger each time.
   *
   * @throws FirehoseError `EVENT_TOO_LARGE` or `ENCODE` when the event cannot be sent; what the record failed with.
   */
  send(event: T): Promise<Receipt>;
  /** Takes everything from a source, at the producer's pace; resolves with how many events were taken. */
  pipe(source: Iterable<T> | AsyncIterable<T>, options?: PipeOptions): Promise<number>;
  /**
   * Takes every line of chunks of newline-delimited JSON, at the producer's pace; resolves with how many were taken.
   * Lines may be cut anywhere, chunks may be reused.
   */
  pipeLines(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, options?: PipeOptions): Promise<number>;
  /**
   * Delivers everything taken so far, without lingering.
   *
   * @throws FirehoseError `DELIVERY_FAILED` when events failed that no `deadLetter` handler took;
   * `STREAM_NOT_FOUND` and the like when nothing can be delivered; the events are kept.
   */
  flush(options?: FlushOptions): Promise<FlushReport>;
  /** Takes no more events, then flushes. With a spool, what cannot be delivered stays there. */
  close(options?: FlushOptions): Promise<FlushReport>;
  /** Stops immediately and hands back what was not delivered, except what is in the spool. */
  abort(): Promise<AbortReport>;
  /**
   * With a spool of mode `always`: resolves once everything taken so far is on disk.
   *
   * @throws FirehoseError `SPOOL_FULL` when there is no room, `SPOOL_WRITE` when the disk takes no more for another
   * reason, `SPOOL_NOT_SYNCED` when it does not confirm.
   */
  persist(): Promise<void>;
  /** What the producer has done and holds now. */
  stats(): ProducerStats;

  /**
   * By hand: takes one event. It is encoded immediately, so it may be changed or reused afterwards.
   *
   * @returns false when memory runs short: the event was taken, but await `drained` before the next.
   * @throws FirehoseError `BUFFER_FULL` when there is no room; `EVENT_TOO_LARGE` or `ENCODE`; the
   * event was not taken.
   */
  put(event: T): boolean;
  /**
   * By hand: resolves when there is room.
   *
   * @throws FirehoseError `STREAM_NOT_FOUND` and the like when memory is full and nothing can be delivered; the
   * events are kept.
   */
  drained(): Promise<void>;
  /**
   * By hand: as `put`, for one event that is already encoded; the bytes are copied. A line feed may end it, and stand
   * nowhere else: chunks of lines go to `pipeLines`.
   */
  putEncoded(bytes: Uint8Array): boolean;
  /** The same as {@link FirehoseProducer.send}. */
  putAsync(event: T): Promise<Receipt>;
  /**
   * By hand: a Web stream to pipe into; it applies back-pressure, and closing it flushes. For a Node stream take
   * `Writable.fromWeb(producer.writable(), { objectMode: true })`.
   */
  writable(): WritableStream<T>;
}
