import { inertText, shown } from '@store/foundation';
import { FirehoseError, type FirehoseErrorCode } from './errors.js';
import { firehoseLimits } from './limits.js';
import type { BatchAnswer } from './transport/transport.js';

/** What became of one record: its id, or why it was refused. */
export type RecordOutcome =
  | { readonly recordId: string; readonly error?: undefined; readonly throttled?: undefined }
  | { readonly recordId?: undefined; readonly error: FirehoseError; readonly throttled: boolean };

/**
 * Reads an answer record by record.
 *
 * @throws FirehoseError `PROTOCOL` when the answer contradicts itself: then no part of it can be trusted.
 */
export function readAnswer(answer: unknown, sent: number): RecordOutcome[] {
  if (!isAnswer(answer)) throw protocolError('Expected an answer of PutRecordBatch, got something else.');
  const responses = answer.RequestResponses;
  if (responses?.length !== sent) {
    throw protocolError(`Expected ${sent} responses to ${sent} records, got ${responses?.length ?? 'none'}.`);
  }
  let failed = 0;
  const outcomes = responses.map(({ RecordId, ErrorCode, ErrorMessage }): RecordOutcome => {
    if (ErrorCode === undefined || ErrorCode === '') {
      if (RecordId !== undefined && RecordId !== '') return { recordId: RecordId };
      throw protocolError('Expected a RecordId or an ErrorCode for each record, got neither.');
    }
    failed++;
    const text = shortText(`${ErrorCode}: ${ErrorMessage ?? ''}`);
    const throttled = ErrorCode === 'ServiceUnavailableException';
    if (throttled) return { error: throttledError(text), throttled };
    // As with a failing call, a failing record may have been written before it failed.
    return { error: serviceError(text, true), throttled };
  });
  if ((answer.FailedPutCount ?? 0) !== failed) {
    throw protocolError(
      `Expected FailedPutCount to be ${failed}, as the responses say, got ${answer.FailedPutCount ?? 'none'}.`,
    );
  }
  return outcomes;
}

type Response = NonNullable<BatchAnswer['RequestResponses']>[number];

/** A transport hands over what a server sent: nothing about it is certain. */
function isAnswer(value: unknown): value is BatchAnswer {
  if (!isObject(value)) return false;
  const { FailedPutCount: failed, RequestResponses: responses } = value;
  return (
    (failed === undefined || typeof failed === 'number') &&
    (responses === undefined || (Array.isArray(responses) && responses.every(isResponse)))
  );
}

function isResponse(value: unknown): value is Response {
  return isObject(value) && isText(value.RecordId) && isText(value.ErrorCode) && isText(value.ErrorMessage);
}

const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A server's text as an error holds it: short, and of printable characters. */
function shortText(text: string): string {
  return inertText(text, firehoseLimits.textChars);
}

/**
 * What a failed call means for its records.
 *
 * - `throttled`: the service is asked for too much; retry, slower.
 * - `retry`: a passing failure.
 * - `poison`: a record of the batch is always refused; find it.
 * - `credentials`: get new ones, then retry.
 * - `blocked`: no record can go until the configuration changes; keep all and report it.
 */
export interface Verdict {
  readonly kind: 'throttled' | 'retry' | 'poison' | 'credentials' | 'blocked';
  readonly error: FirehoseError;
}

/** Errors that arise before a byte has left: the service cannot hold the data. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const THROTTLED = new Set([
  'ServiceUnavailableException',
  'LimitExceededException',
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
]);
const EXPIRED = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'InvalidSignatureException',
]);
const NO_CREDENTIALS = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
]);
const ACCESS_DENIED = new Set(['AccessDeniedException', 'AccessDenied', 'NotAuthorized', 'OptInRequired']);
const POISON = new Set(['InvalidArgumentException', 'ValidationException', 'SerializationException']);

/** What an error of the SDK or of Node tells about itself; every part may be missing. */
interface ErrorFacts {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
  readonly status: number | undefined;
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !(key in value)) return undefined;
  // A parse boundary: thrown values have no type, and `in` has found the key.
  return (value as Record<string, unknown>)[key];
}

function facts(error: unknown): ErrorFacts {
  const name = property(error, 'name');
  const message = property(error, 'message');
  const code = property(error, 'code');
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  return {
    name: typeof name === 'string' ? inertText(name, 100) : 'unknown error',
    message: shortText(
      typeof message === 'string' ? message : typeof error === 'string' ? error : shown(error),
    ),
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
  };
}

/** Decides what a call that threw means. `timedOut`: the producer's own deadline ended it. */
export function classify(thrown: unknown, timedOut: boolean): Verdict {
  // One that says that the same bytes can never succeed, such as of an SDK that does not fit, needs a fix by hand.
  if (thrown instanceof FirehoseError) return { kind: thrown.retryable ? 'retry' : 'blocked', error: thrown };
  const { name, message, code, status } = facts(thrown);
  const text = `${name}: ${message}`;
  if (timedOut) return transportFailed('No answer came within the request timeout.', true, thrown);
  if (status !== undefined && status >= 400) return answered(name, text, status, thrown);
  if (NO_CREDENTIALS.has(name)) return needsRepair('CREDENTIALS', text, thrown);
  if (code !== undefined && NEVER_SENT.has(code)) return transportFailed(text, false, thrown);
  if (code !== undefined || name === 'TimeoutError' || name === 'AbortError') {
    return transportFailed(text, true, thrown);
  }
  if (name === 'SyntaxError' || status !== undefined) {
    return { kind: 'retry', error: protocolError(`The answer cannot be read: ${text}`, thrown) };
  }
  // Nothing of the network: a wrong setup, such as a missing region. It would always fail the same way.
  return { kind: 'blocked', error: serviceError(text, true, thrown) };
}

/** The service answered with an error status. */
function answered(name: string, text: string, status: number, cause: unknown): Verdict {
  if (THROTTLED.has(name) || status === 429) return { kind: 'throttled', error: throttledError(text, cause) };
  if (EXPIRED.has(name)) return { kind: 'credentials', error: credentialsError(text, cause) };
  if (NO_CREDENTIALS.has(name)) return needsRepair('CREDENTIALS', text, cause);
  if (ACCESS_DENIED.has(name)) return needsRepair('ACCESS_DENIED', text, cause);
  if (name === 'ResourceNotFoundException') return needsRepair('STREAM_NOT_FOUND', text, cause);
  if (name.startsWith('InvalidKMS') || name.startsWith('KMS')) return needsRepair('KMS', text, cause);
  if (POISON.has(name) || status === 413) {
    const error = new FirehoseError('POISON_RECORD', `The service refuses this record: ${text}`, { cause });
    return { kind: 'poison', error };
  }
  // A failing server may have written before it failed.
  const failed = status >= 500;
  return { kind: failed ? 'retry' : 'blocked', error: serviceError(text, failed, cause) };
}

/** What to do before anything can be delivered. */
const REPAIRS = {
  ACCESS_DENIED: 'Allow firehose:PutRecordBatch on the delivery stream.',
  CREDENTIALS: 'Check the credentials and the clock of this machine.',
  KMS: "Check the state and the policy of the stream's KMS key.",
  STREAM_NOT_FOUND: 'Create the delivery stream, or correct its name and region.',
} as const satisfies Partial<Record<FirehoseErrorCode, string>>;

function needsRepair(code: keyof typeof REPAIRS, text: string, cause: unknown): Verdict {
  return { kind: 'blocked', error: repairError(code, text, cause) };
}

function repairError(code: keyof typeof REPAIRS, text: string, cause: unknown): FirehoseError {
  // Some messages of the service end with a full stop, some do not.
  const message = `${text.replace(/[.\s]+$/, '')}. ${REPAIRS[code]}`;
  return new FirehoseError(code, message, { cause, retryable: true });
}

/** There are no credentials, or new ones were refused, too. */
export function credentialsError(text: string, cause: unknown): FirehoseError {
  return repairError('CREDENTIALS', text, cause);
}

function throttledError(text: string, cause?: unknown): FirehoseError {
  return new FirehoseError('THROTTLED', `The delivery stream throttles: ${text}`, { cause, retryable: true });
}

function serviceError(text: string, ambiguous: boolean, cause?: unknown): FirehoseError {
  return new FirehoseError('SERVICE', text, { cause, retryable: true, ambiguous });
}

/** The connection failed, or no answer came in time. */
function transportFailed(message: string, ambiguous: boolean, cause: unknown): Verdict {
  const error = new FirehoseError('TRANSPORT', message, { cause, retryable: true, ambiguous });
  return { kind: 'retry', error };
}

/** The answer contradicts itself or the request, so nothing is known about any record of the batch. */
export function protocolError(message: string, cause?: unknown): FirehoseError {
  return new FirehoseError('PROTOCOL', message, { cause, retryable: true, ambiguous: true });
}
