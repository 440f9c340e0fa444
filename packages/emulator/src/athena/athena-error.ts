import { ServiceError } from '../wire/service-error.js';

/** A request that Athena refuses. */
export function invalidRequest(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message);
}

/** A request that Athena refuses with a code of its own beside the exception's. */
export function refusedRequest(athenaErrorCode: string, message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message, 400, { AthenaErrorCode: athenaErrorCode });
}

/** SQL that does not parse: it is refused before there is an execution. */
export function malformed(sql: string, at: number, problem: string): ServiceError {
  return refusedRequest('MALFORMED_QUERY', `${placeOf(sql, at)}: ${problem}`);
}

/** `line 1:8`, as Athena says where something stands. */
export function placeOf(sql: string, at: number): string {
  const before = sql.slice(0, at).split('\n');
  return `line ${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** More queries than Athena takes at the same time. */
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

/** A call of a function that Trino does not have. */
export function unknownFunction(name: string): QueryFailure {
  return new QueryFailure(`FUNCTION_NOT_FOUND: Function '${name}' not registered`);
}

/** SQL that Athena knows and the endpoint could not answer as Athena does. */
export function notSupported(message: string): QueryFailure {
  return new QueryFailure(`NOT_SUPPORTED: ${message}`);
}

/** A query that would scan more than its workgroup allows; Athena cancels it. */
export class ScanLimitExceeded extends Error {
  override readonly name = 'ScanLimitExceeded';
}
