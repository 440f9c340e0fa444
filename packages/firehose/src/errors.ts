import { CodedError, type OptionProblem } from '@store/foundation';

/** What a {@link FirehoseError} may carry as `code`; each keeps its meaning between releases. */
export type FirehoseErrorCode =
  | 'ACCESS_DENIED'
  | 'BUFFER_FULL'
  | 'CLOSED'
  | 'CREDENTIALS'
  | 'DEADLINE_EXCEEDED'
  | 'DELIVERY_FAILED'
  | 'ENCODE'
  | 'EVENT_TOO_LARGE'
  | 'INVALID_OPTION'
  | 'KMS'
  | 'POISON_RECORD'
  | 'PROTOCOL'
  | 'SERVICE'
  | 'SPOOL_ACKNOWLEDGEMENTS'
  | 'SPOOL_CORRUPT'
  | 'SPOOL_FORMAT'
  | 'SPOOL_FULL'
  | 'SPOOL_LOCKED'
  | 'SPOOL_NOT_REMOVED'
  | 'SPOOL_NOT_SYNCED'
  | 'SPOOL_UNREADABLE'
  | 'SPOOL_UNUSABLE'
  | 'SPOOL_WRITE'
  | 'STREAM_NOT_FOUND'
  | 'THROTTLED'
  | 'TRANSPORT'
  | 'UNDELIVERED';

/** Facts about an error; which are there depends on its code. */
export interface FirehoseErrorDetails {
  /** `INVALID_OPTION`: the option's path, such as `batch.maxRecords`. */
  readonly option?: string;
  /** `EVENT_TOO_LARGE`: bytes of the event with its separator. */
  readonly eventBytes?: number;
  /** `EVENT_TOO_LARGE`: bytes that an event may have; `BUFFER_FULL`: bytes that the producer may hold. */
  readonly limitBytes?: number;
  /** `EVENT_TOO_LARGE`: where in the input of lines the event's line begins, in bytes from 0. */
  readonly atByte?: number;
  /** `DEADLINE_EXCEEDED`: how often the record was sent. */
  readonly attempts?: number;
  /** `DELIVERY_FAILED`, `UNDELIVERED`: how many events were not delivered. */
  readonly events?: number;
  /** `DELIVERY_FAILED`, `UNDELIVERED`: those events; of `DELIVERY_FAILED` at most the first 100 records. */
  readonly undelivered?: readonly Undelivered[];
  /** `UNDELIVERED`: how many events are in the spool and not in `undelivered`. */
  readonly spooled?: number;
  /** `SPOOL_…`: the spool's directory. */
  readonly dir?: string;
  /** `SPOOL_CORRUPT`: the damaged file, and the byte where the damage begins. */
  readonly path?: string;
  /** `SPOOL_CORRUPT`: where in that file the damage begins, in bytes from 0. */
  readonly offset?: number;
}

/** What a {@link FirehoseError} is made of beside its code and message. */
export interface FirehoseErrorOptions {
  /** The error behind this one. @defaultValue none */
  readonly cause?: unknown;
  /** The same bytes may succeed later. @defaultValue false */
  readonly retryable?: boolean;
  /** The service may hold the data all the same. @defaultValue false */
  readonly ambiguous?: boolean;
  /** Facts for `error.details`. @defaultValue none */
  readonly details?: FirehoseErrorDetails;
}

/**
 * Every error that this package throws or reports; its `code` says which.
 *
 * @example
 * ```ts
 * import { createFirehoseProducer, FirehoseError } from '@store/firehose';
 *
 * try {
 *   createFirehoseProducer({ deliveryStreamName: 'orders', batch: { maxRecords: 900 } });
 * } catch (error) {
 *   if (!(error instanceof FirehoseError)) throw error;
 *   console.log(error.code, error.details.option, error.retryable); // INVALID_OPTION batch.maxRecords false
 * }
 * ```
 */
export class FirehoseError extends CodedError<FirehoseErrorCode> {
  /** The class's name, as logs show it. */
  override readonly name = 'FirehoseError';
  /** The same bytes may succeed later. */
  readonly retryable: boolean;
  /** The service may hold the data all the same. */
  readonly ambiguous: boolean;
  /** Facts about the error; which fields are set depends on `code`. */
  readonly details: FirehoseErrorDetails;

  constructor(code: FirehoseErrorCode, message: string, options: FirehoseErrorOptions = {}) {
    super(code, message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable ?? false;
    this.ambiguous = options.ambiguous ?? false;
    this.details = options.details ?? {};
  }
}

/** One record that was not delivered, handed back. */
export interface Undelivered {
  /** The record's bytes as they would have gone out: encoded events, each with its separator. */
  readonly data: Uint8Array;
  /** How many events `data` holds. */
  readonly events: number;
  /** It was under way, or an attempt had an unknown outcome: the stream may hold it all the same. */
  readonly ambiguous: boolean;
  /** Why it was not delivered. */
  readonly error: FirehoseError;
}

/** The producer takes and sends nothing more. */
export function closedError(): FirehoseError {
  return new FirehoseError('CLOSED', 'The producer is closed. Create another to send more.');
}

/** The memory limit is reached; the event was not accepted. */
export function bufferFullError(limitBytes: number): FirehoseError {
  const message =
    `The producer holds as much as its ${limitBytes} bytes of memory allow. ` +
    'Wait for `drained()` whenever `put` returns false, or raise `memory.maxBytes`.';
  return new FirehoseError('BUFFER_FULL', message, { retryable: true, details: { limitBytes } });
}

/** One event is larger than a record may be; it was not accepted. `atByte`: where its line begins in the input. */
export function eventTooLargeError(eventBytes: number, limitBytes: number, atByte?: number): FirehoseError {
  const where = atByte === undefined ? '' : ` in the line that begins at byte ${atByte}`;
  const message =
    `Expected an event of at most ${limitBytes} bytes with its separator, got ${eventBytes}${where}. ` +
    'Store the large part elsewhere and send its address.';
  const details = { eventBytes, limitBytes, ...(atByte === undefined ? {} : { atByte }) };
  return new FirehoseError('EVENT_TOO_LARGE', message, { details });
}

/** The event has more bytes than its encoder said it needs; it was not accepted. */
export function changingEventError(): FirehoseError {
  return new FirehoseError('ENCODE', 'Expected an event that has the same bytes each time it is encoded.');
}

/** An option is unknown or outside what it may be. */
export function optionError({ path, message }: Pick<OptionProblem, 'path' | 'message'>): FirehoseError {
  return new FirehoseError('INVALID_OPTION', message, { details: { option: path } });
}
