/** What a {@link FirehoseError} may carry as `code`; stable. */
export type FirehoseErrorCode =
  | 'access_denied'
  | 'buffer_full'
  | 'closed'
  | 'credentials'
  | 'deadline_exceeded'
  | 'delivery_failed'
  | 'encode'
  | 'event_too_large'
  | 'invalid_option'
  | 'kms'
  | 'poison_record'
  | 'protocol'
  | 'service'
  | 'spool_corrupt'
  | 'spool_full'
  | 'spool_locked'
  | 'spool_unreadable'
  | 'stream_not_found'
  | 'throttled'
  | 'transport'
  | 'undelivered';

/** Facts about an error that tell what may be done next. */
export interface FirehoseErrorOptions {
  readonly cause?: unknown;
  /** The same bytes may succeed later. @defaultValue false */
  readonly retryable?: boolean;
  /** The service may hold the data all the same. @defaultValue false */
  readonly ambiguous?: boolean;
}

/** The base of every error that this package throws or reports. */
export class FirehoseError extends Error {
  override readonly name: string = 'FirehoseError';
  readonly code: FirehoseErrorCode;
  /** The same bytes may succeed later. */
  readonly retryable: boolean;
  /** The service may hold the data all the same. */
  readonly ambiguous: boolean;

  constructor(code: FirehoseErrorCode, message: string, options: FirehoseErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.ambiguous = options.ambiguous ?? false;
  }
}

/** An option is outside what it may be. */
export class OptionError extends FirehoseError {
  override readonly name = 'OptionError';
  constructor(message: string) {
    super('invalid_option', message);
  }
}

/** The encoder could not turn an event into bytes; the event was not accepted. */
export class EncodeError extends FirehoseError {
  override readonly name = 'EncodeError';
  constructor(message: string, cause?: unknown) {
    super('encode', message, { cause });
  }
}

/** One event is larger than a record may be; the event was not accepted. */
export class EventTooLargeError extends FirehoseError {
  override readonly name = 'EventTooLargeError';
  readonly eventBytes: number;
  readonly limitBytes: number;
  /** Where in the input its line begins, counted in bytes from 0; undefined where there is no input of lines. */
  readonly atByte: number | undefined;
  constructor(eventBytes: number, limitBytes: number, atByte?: number) {
    const where = atByte === undefined ? '' : ` in the line that begins at byte ${atByte}`;
    super(
      'event_too_large',
      `Expected an event of at most ${limitBytes} bytes with its separator, got ${eventBytes}${where}. ` +
        'Store the large part elsewhere and send its address.',
    );
    this.eventBytes = eventBytes;
    this.limitBytes = limitBytes;
    this.atByte = atByte;
  }
}

/** The memory limit is reached; the event was not accepted. */
export class BufferFullError extends FirehoseError {
  override readonly name = 'BufferFullError';
  readonly maxBytes: number;
  constructor(maxBytes: number) {
    super(
      'buffer_full',
      `The producer holds as much as its ${maxBytes} bytes of memory allow. ` +
        'Wait for `drained()` whenever `put` returns false, or raise `memory.maxBytes`.',
      { retryable: true },
    );
    this.maxBytes = maxBytes;
  }
}

/** The producer is closed or aborted; the event was not accepted. */
export class ClosedError extends FirehoseError {
  override readonly name = 'ClosedError';
  constructor() {
    super('closed', 'The producer is closed. Create another to send more.');
  }
}

/** A message of the service, ended by a full stop: some have one, some do not. */
function sentence(message: string): string {
  return `${message.replace(/[.\s]+$/, '')}.`;
}

/** The delivery stream does not exist in this account and region. */
export class StreamNotFoundError extends FirehoseError {
  override readonly name = 'StreamNotFoundError';
  constructor(message: string, cause: unknown) {
    super(
      'stream_not_found',
      `${sentence(message)} Create the delivery stream, or correct its name and region.`,
      {
        cause,
        retryable: true,
      },
    );
  }
}

/** The credentials may not write to the delivery stream. */
export class AccessDeniedError extends FirehoseError {
  override readonly name = 'AccessDeniedError';
  constructor(message: string, cause: unknown) {
    super('access_denied', `${sentence(message)} Allow firehose:PutRecordBatch on the delivery stream.`, {
      cause,
      retryable: true,
    });
  }
}

/** The key that encrypts the delivery stream cannot be used. */
export class KmsError extends FirehoseError {
  override readonly name = 'KmsError';
  constructor(message: string, cause: unknown) {
    super('kms', `${sentence(message)} Check the state and the policy of the stream's KMS key.`, {
      cause,
      retryable: true,
    });
  }
}

/** There are no credentials, or new ones were refused, too. */
export class CredentialsError extends FirehoseError {
  override readonly name = 'CredentialsError';
  constructor(message: string, cause: unknown) {
    super('credentials', `${sentence(message)} Check the credentials and the clock of this machine.`, {
      cause,
      retryable: true,
    });
  }
}

/** The service took less than was sent. */
export class ThrottledError extends FirehoseError {
  override readonly name = 'ThrottledError';
  constructor(message: string, cause?: unknown) {
    super('throttled', `The delivery stream throttles: ${message}`, { cause, retryable: true });
  }
}

/** The service failed, or refused the call for a reason of its own. */
export class ServiceError extends FirehoseError {
  override readonly name = 'ServiceError';
}

/** The connection failed, or no answer came in time. */
export class TransportError extends FirehoseError {
  override readonly name = 'TransportError';
  constructor(message: string, ambiguous: boolean, cause: unknown) {
    super('transport', message, { cause, retryable: true, ambiguous });
  }
}

/** The answer contradicts itself or the request, so nothing is known about any record of the batch. */
export class ProtocolError extends FirehoseError {
  override readonly name = 'ProtocolError';
  constructor(message: string, cause?: unknown) {
    super('protocol', message, { cause, retryable: true, ambiguous: true });
  }
}

/** The service refuses this very record; bisection has found it among the others. */
export class PoisonRecordError extends FirehoseError {
  override readonly name = 'PoisonRecordError';
  constructor(message: string, cause: unknown) {
    super('poison_record', `The service refuses this record: ${message}`, { cause });
  }
}

/** The record was retried until it was too old, or as often as allowed; `cause` is the last refusal. */
export class DeadlineExceededError extends FirehoseError {
  override readonly name = 'DeadlineExceededError';
  constructor(message: string, ambiguous: boolean, cause: unknown) {
    super('deadline_exceeded', message, { cause, ambiguous });
  }
}
