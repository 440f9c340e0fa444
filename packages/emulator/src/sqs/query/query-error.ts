import { ServiceError } from '../../wire/service-error.js';
import { xmlDocument } from '../../wire/xml.js';

const NAMESPACE = 'http://queue.amazonaws.com/doc/2012-11-05/';

/**
 * Codes that the query protocol spells otherwise than the JSON protocol; source: the `awsQueryError` traits of
 * AWS's SQS model, API version 2012-11-05.
 */
const prefixed: ReadonlySet<string> = new Set(
  `BatchEntryIdsNotDistinct BatchRequestTooLong EmptyBatchRequest InvalidBatchEntryId MessageNotInflight
  PurgeQueueInProgress QueueDeletedRecently TooManyEntriesInBatchRequest UnsupportedOperation`.split(/\s+/),
);

/** How the query protocol spells a code. */
export function queryErrorCode(code: string): string {
  if (code === 'QueueDoesNotExist') return 'AWS.SimpleQueueService.NonExistentQueue';
  if (code === 'QueueNameExists') return 'QueueAlreadyExists';
  return prefixed.has(code) ? `AWS.SimpleQueueService.${code}` : code;
}

/** Writes an error as the query protocol has it. */
export function queryError(
  error: unknown,
  requestId: string,
): { readonly status: number; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof ServiceError ? error : new ServiceError('InternalFailure', message, 500);
  const text = xmlDocument(
    'ErrorResponse',
    {
      Error: {
        Type: known.status < 500 ? 'Sender' : 'Receiver',
        Code: queryErrorCode(known.code),
        Message: message,
        Detail: '',
      },
      RequestId: requestId,
    },
    NAMESPACE,
  );
  return { status: known.status, text };
}
