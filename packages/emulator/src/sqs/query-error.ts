import type { ServiceError } from '../wire/service-error.js';

/**
 * Codes that the query protocol spells differently from the JSON protocol; source: the `awsQueryError` traits of
 * AWS's SQS model, API version 2012-11-05.
 */
const prefixed: ReadonlySet<string> = new Set(
  `BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidBatchEntryId MessageNotInflight
  PurgeQueueInProgress QueueDeletedRecently TooManyEntriesInBatchRequest UnsupportedOperation`.split(/\s+/),
);

const renamed: ReadonlyMap<string, string> = new Map([
  ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
  ['QueueNameExists', 'QueueAlreadyExists'],
  ['UnknownOperationException', 'InvalidAction'],
  ['SerializationException', 'MalformedInput'],
]);

/** How the query protocol spells a code. */
export function queryErrorCode(code: string): string {
  return renamed.get(code) ?? (prefixed.has(code) ? `AWS.SimpleQueueService.${code}` : code);
}

/** Errors of AWS's SQS model that it has beside the prefixed ones; all others are those of AWS's framework. */
const modeled: ReadonlySet<string> = new Set(
  `InvalidAttributeName InvalidAttributeValue InvalidMessageContents OverLimit QueueDoesNotExist QueueNameExists
  ReceiptHandleIsInvalid ResourceNotFoundException`.split(/\s+/),
);

/** What the JSON protocol calls an error: its shape with the namespace, as AWS's answers that were recorded have it. */
export function jsonErrorType(code: string): string {
  if (modeled.has(code) || prefixed.has(code)) return `com.amazonaws.sqs#${code}`;
  const framework = 'com.amazon.coral.service#';
  if (code === 'InvalidParameterValue') return `${framework}InvalidParameterValueException`;
  return `${framework}${code === 'MissingParameter' ? 'MissingRequiredParameterException' : code}`;
}

/** An error as the query protocol has it. */
export interface QueryError {
  readonly status: number;
  readonly fields: {
    readonly Type: 'Sender' | 'Receiver';
    readonly Code: string;
    readonly Message: string;
  };
}

/** Returns an error as the query protocol has it. */
export function queryErrorOf({ code, status, message }: ServiceError): QueryError {
  const Type = status < 500 ? 'Sender' : 'Receiver';
  // The older protocol's words for the same refusal.
  const Message =
    code === 'QueueDoesNotExist' ? 'The specified queue does not exist for this wsdl version.' : message;
  return { status, fields: { Type, Code: queryErrorCode(code), Message } };
}
