import {
  AccessDeniedError,
  CredentialsError,
  FirehoseError,
  KmsError,
  PoisonRecordError,
  ProtocolError,
  ServiceError,
  StreamNotFoundError,
  ThrottledError,
  TransportError,
} from '../errors.js';
import type { Verdict } from './verdict.js';

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
    name: typeof name === 'string' ? name : 'unknown error',
    message: typeof message === 'string' ? message : String(error),
    code: typeof code === 'string' ? code : undefined,
    status: typeof status === 'number' ? status : undefined,
  };
}

/** Decides what a call that threw means. `timedOut`: the producer's own deadline ended it. */
export function classify(thrown: unknown, timedOut: boolean): Verdict {
  // One that says that the same bytes can never succeed, such as of an SDK that does not fit, needs somebody's hand.
  if (thrown instanceof FirehoseError) return { kind: thrown.retryable ? 'retry' : 'blocked', error: thrown };
  const { name, message, code, status } = facts(thrown);
  const text = `${name}: ${message}`;
  if (timedOut) {
    return retry(new TransportError('No answer came within the request timeout.', true, thrown));
  }
  if (status !== undefined && status >= 400) return answered(name, text, status, thrown);
  if (NO_CREDENTIALS.has(name)) return { kind: 'blocked', error: new CredentialsError(text, thrown) };
  if (code !== undefined && NEVER_SENT.has(code)) return retry(new TransportError(text, false, thrown));
  if (code !== undefined || name === 'TimeoutError' || name === 'AbortError') {
    return retry(new TransportError(text, true, thrown));
  }
  if (name === 'SyntaxError' || status !== undefined) {
    return retry(new ProtocolError(`The answer cannot be read: ${text}`, thrown));
  }
  // Nothing of the network: a wrong setup, such as a missing region. It would fail the same way for ever.
  const error = new ServiceError('service', text, { cause: thrown, retryable: true, ambiguous: true });
  return { kind: 'blocked', error };
}

function retry(error: FirehoseError): Verdict {
  return { kind: 'retry', error };
}

/** The service answered with an error status. */
function answered(name: string, text: string, status: number, cause: unknown): Verdict {
  if (THROTTLED.has(name) || status === 429) {
    return { kind: 'throttled', error: new ThrottledError(text, cause) };
  }
  if (EXPIRED.has(name)) return { kind: 'credentials', error: new CredentialsError(text, cause) };
  if (NO_CREDENTIALS.has(name)) return { kind: 'blocked', error: new CredentialsError(text, cause) };
  if (ACCESS_DENIED.has(name)) return { kind: 'blocked', error: new AccessDeniedError(text, cause) };
  if (name === 'ResourceNotFoundException') {
    return { kind: 'blocked', error: new StreamNotFoundError(text, cause) };
  }
  if (name.startsWith('InvalidKMS') || name.startsWith('KMS')) {
    return { kind: 'blocked', error: new KmsError(text, cause) };
  }
  if (POISON.has(name) || status === 413) {
    return { kind: 'poison', error: new PoisonRecordError(text, cause) };
  }
  // A failing server may have written before it failed.
  if (status >= 500) {
    return retry(new ServiceError('service', text, { cause, retryable: true, ambiguous: true }));
  }
  return { kind: 'blocked', error: new ServiceError('service', text, { cause, retryable: true }) };
}
