import { ServiceError } from '../wire/service-error.js';

/** The error of a request that says something impossible. */
export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

/** The error of a parameter that AWS knows and this endpoint does not serve. */
export const notServed = (what: string, instead = ''): ServiceError =>
  invalid(`${what} is not served here${instead === '' ? '' : `: ${instead}`}`);

/** The error of an action on a table that is not there. */
export function tableNotFound(name?: string): ServiceError {
  const what = name === undefined ? '' : `: Table: ${name} not found`;
  return new ServiceError('ResourceNotFoundException', `Requested resource not found${what}`);
}

/** The refusal of a conditional write; it holds the item that is there where the caller asks for it. */
export class ConditionFailed extends ServiceError {
  readonly item: object | undefined;

  constructor(item: object | undefined) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
    this.item = item;
  }
}

/** What `__type` says: the namespace of DynamoDB's model, or of what checks a request before it. */
export function errorType(code: string): string {
  const checked = ['ValidationException', 'SerializationException', 'UnknownOperationException'].includes(
    code,
  );
  const common =
    code === 'InternalFailure' || code === 'ServiceUnavailable' || code === 'MissingAuthenticationToken';
  if (common) return code;
  return `${checked ? 'com.amazon.coral.validate' : 'com.amazonaws.dynamodb.v20120810'}#${code}`;
}

/** Limits of DynamoDB ("Service, account, and table quotas" and API references, read 2026-11). */
export const dynamodbLimits: {
  readonly itemBytes: number;
  readonly hashKeyBytes: number;
  readonly rangeKeyBytes: number;
  readonly pageBytes: number;
  readonly batchKeys: number;
  readonly batchBytes: number;
  readonly expressionBytes: number;
  readonly depth: number;
} = Object.freeze({
  itemBytes: 400 * 1024,
  hashKeyBytes: 2048,
  rangeKeyBytes: 1024,
  /** What one Query reads. */
  pageBytes: 1024 * 1024,
  batchKeys: 100,
  batchBytes: 16 * 1024 * 1024,
  expressionBytes: 4096,
  /** Lists and maps within each other. */
  depth: 32,
});
