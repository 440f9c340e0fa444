import type { Clock } from '@store/foundation';
import type { KeyedTurns } from '../keyed-turns.js';
import type { RequestContext } from '../wire/request-context.js';
import type { Queue } from './queue.js';
import { missingParameter, queueDoesNotExist } from './sqs-rules.js';
import type { SqsEntry, SqsState } from './sqs-state.js';

/** What an action may use. */
export interface SqsContext {
  readonly state: SqsState;
  /** Resolves once the entry is on disk and part of the state. */
  readonly commit: (entry: SqsEntry) => Promise<void>;
  /** Changes of each queue by its `region/name`. */
  readonly turns: KeyedTurns;
  readonly clock: Clock;
  readonly request: RequestContext;
  /** Whether the name of a queue that was deleted can be taken again immediately. */
  readonly reuseQueueNames: boolean;
}

/** Which queue a request means. */
export interface QueueName {
  readonly QueueUrl: string;
}

/**
 * The queue that the request's `QueueUrl` names, in the region that the request is signed for. The name alone will do in
 * the place of a URL; a URL of another account names no queue here.
 */
export function queueOf({ QueueUrl: url }: QueueName, context: SqsContext): Queue {
  if (url === '') throw missingParameter('QueueUrl');
  const account = url.split('/').at(-2) ?? '';
  const queue = context.state.queues.get(queueKey(nameInUrl(url), context));
  if (queue === undefined) throw queueDoesNotExist();
  if (/^\d{12}$/.test(account) && account !== context.request.accountId) throw queueDoesNotExist();
  return queue;
}

function nameInUrl(url: string): string {
  return url.split('/').at(-1) ?? '';
}

/** Under what the state keeps a queue of the request's region. */
export function queueKey(name: string, { request }: SqsContext): string {
  return `${request.region}/${name}`;
}

/**
 * Runs an action that changes a queue itself after all earlier ones on that queue: each checks the queue, and writes it
 * whole, as the one before has left it.
 */
export function inTurn<Input extends QueueName>(
  change: (input: Input, context: SqsContext) => Promise<unknown>,
): (input: Input, context: SqsContext) => Promise<unknown> {
  return async (input, context) =>
    context.turns.run(queueKey(nameInUrl(input.QueueUrl), context), async () => change(input, context));
}

/** The queue that an ARN names, where it is of this account. */
export function queueOfArn(arn: string, { state, request }: SqsContext): Queue | undefined {
  const [, , service, region = '', account, name = ''] = arn.split(':');
  if (service !== 'sqs' || account !== request.accountId) return undefined;
  return state.queues.get(`${region}/${name}`);
}

/** Where requests for a queue are sent. */
export function queueUrl(name: string, { request }: SqsContext): string {
  return `${request.endpoint}/${request.accountId}/${name}`;
}

/** A queue's ARN. */
export function queueArn({ name, region }: Pick<Queue, 'name' | 'region'>, { request }: SqsContext): string {
  return `arn:aws:sqs:${region}:${request.accountId}:${name}`;
}

/** The queue that takes the dead letters of another: in its region, by the name at the end of the ARN. */
export function deadLetterQueueOf(queue: Queue, targetArn: string, { state }: SqsContext): Queue | undefined {
  return state.queues.get(`${queue.region}/${targetArn.split(':').at(-1) ?? ''}`);
}

/**
 * Writes down what is true already and need not survive a crash: a receive that the journal forgets is delivered
 * again, as SQS may do at any time. So no call waits for it, and a full disk does not stop a consumer.
 */
export function noteDown(entry: SqsEntry, { commit }: Pick<SqsContext, 'commit'>): void {
  commit(entry).catch(() => undefined);
}
