import type { Journal } from '../journal.js';
import type { JsonInput } from '../json-input.js';
import type { Clock } from '@store/foundation';
import type { RequestContext } from '../wire/request-context.js';
import type { Queue } from './queue.js';
import { missingParameter, queueDoesNotExist } from './sqs-error.js';
import type { SqsEntry, SqsState } from './sqs-state.js';

/** What an action may use. */
export interface SqsContext {
  readonly state: SqsState;
  readonly journal: Journal<SqsEntry>;
  readonly clock: Clock;
  readonly request: RequestContext;
}

/** The queue that the request's `QueueUrl` names. */
export function queueOf(input: JsonInput, { state }: SqsContext): Queue {
  const url = input.optionalString('QueueUrl') ?? '';
  if (url === '') throw missingParameter('QueueUrl');
  const queue = state.queues.get(url.split('/').at(-1) ?? '');
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

export function queueUrl(name: string, { request }: SqsContext): string {
  return `${request.endpoint}/${request.accountId}/${name}`;
}

export function queueArn(name: string, { request }: SqsContext): string {
  return `arn:aws:sqs:${request.region}:${request.accountId}:${name}`;
}

/**
 * Writes down what is true already and need not survive a crash: a receive that the journal forgets is delivered
 * again, as SQS may do at any time. So nobody waits for it, and a full disk does not stop a consumer.
 */
export function noteDown(entry: SqsEntry, { journal }: SqsContext): void {
  journal.append(entry).catch(() => undefined);
}
