import { CodedError } from '@store/foundation';

/** What can go wrong in a handler. */
export type HandlerErrorCode =
  | 'INVALID_CONFIG'
  | 'INVALID_INPUT'
  | 'NOT_DELIVERED'
  | 'NOT_KEPT'
  | 'NOT_QUEUED'
  | 'QUERY_FAILED'
  | 'QUERY_TOO_LARGE'
  | 'TRUCK_BUSY'
  | 'TRUCK_REFUSED'
  | 'TRUCK_UNREACHABLE'
  | 'UNKNOWN_ENVELOPE';

/** Every error that the handlers throw themselves. Messages name fields and counts, never payloads or values of settings. */
export class HandlerError extends CodedError<HandlerErrorCode> {
  override readonly name = 'HandlerError';
}
