import { ServiceError } from '../wire/service-error.js';

/** A request that Athena refuses. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}

/** More queries than Athena takes at once. */
export function tooManyQueries(most: number): ServiceError {
  return new ServiceError(
    'TooManyRequestsException',
    `You have exceeded the limit for the number of queries you can run concurrently, which is ${most} here. Wait for some to end.`,
  );
}

/** Why a query fails: Athena's kind of error and its words, which it writes into `StateChangeReason`. */
export class QueryFailure extends Error {
  override readonly name = 'QueryFailure';
}

/** SQL that does not parse, or that Athena does not know. */
export function syntaxFailure(message: string): QueryFailure {
  return new QueryFailure(`SYNTAX_ERROR: ${message}`);
}

/** SQL that Athena knows and the endpoint could not answer as Athena does. */
export function notSupported(message: string): QueryFailure {
  return new QueryFailure(`NOT_SUPPORTED: ${message}`);
}

/** A query that would scan more than its workgroup allows; Athena cancels it. */
export class ScanLimitExceeded extends Error {
  override readonly name = 'ScanLimitExceeded';
}
