import { action, type Actions } from '../wire/service-entry.js';
import { integer, structure, text } from '../wire/shape.js';
import type { Queue } from './queue.js';
import { parseRedrivePolicy } from './redrive-policy.js';
import {
  deadLetterQueueOf,
  queueKey,
  queueOf,
  queueUrl,
  type QueueName,
  type SqsContext,
} from './sqs-context.js';
import { queueDoesNotExist, withoutQueueName } from './sqs-rules.js';

const pageMembers = { NextToken: text(), MaxResults: integer(1, 1000) };

/** The actions that find queues. */
export const findQueueActions: Actions<SqsContext> = new Map([
  [
    'GetQueueUrl',
    action(structure({ QueueName: text(), QueueOwnerAWSAccountId: text() }, ['QueueName']), getQueueUrl),
  ],
  ['ListQueues', action(structure({ QueueNamePrefix: text(), ...pageMembers }), listQueues)],
  [
    'ListDeadLetterSourceQueues',
    action(structure({ QueueUrl: text(), ...pageMembers }, ['QueueUrl']), listDeadLetterSourceQueues),
  ],
]);

interface PageInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

/** `GetQueueUrl`: of this account, in the request's region. */
function getQueueUrl(
  {
    QueueName: name,
    QueueOwnerAWSAccountId: owner,
  }: {
    readonly QueueName: string;
    readonly QueueOwnerAWSAccountId?: string;
  },
  context: SqsContext,
): unknown {
  if (name === '') throw withoutQueueName();
  const known = context.state.queues.has(queueKey(name, context));
  if (!known || (owner !== undefined && owner !== context.request.accountId)) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(name, context) };
}

/** `ListQueues`: without a hit the list is left out. */
function listQueues(input: PageInput & { readonly QueueNamePrefix?: string }, context: SqsContext): unknown {
  const { QueueNamePrefix: prefix = '' } = input;
  const { region } = context.request;
  const found = [...context.state.queues.values()].filter(
    (queue) => queue.region === region && queue.name.startsWith(prefix),
  );
  const { urls, more } = page(found, input, context);
  return { ...(urls.length === 0 ? {} : { QueueUrls: urls }), ...more };
}

/** `ListDeadLetterSourceQueues`: without a hit the list is left out. */
function listDeadLetterSourceQueues(input: PageInput & QueueName, context: SqsContext): unknown {
  const { urls, more } = page(deadLetterSources(queueOf(input, context), context), input, context);
  return { ...(urls.length === 0 ? {} : { queueUrls: urls }), ...more };
}

/** The queues whose dead letters go to this one. */
export function deadLetterSources(target: Queue, context: SqsContext): readonly Queue[] {
  return [...context.state.queues.values()].filter((queue) => {
    const policy = queue.attributes.RedrivePolicy ?? '';
    if (policy === '') return false;
    return deadLetterQueueOf(queue, parseRedrivePolicy(policy).deadLetterTargetArn, context) === target;
  });
}

function page(
  queues: readonly Queue[],
  { NextToken: after = '', MaxResults: size = 1000 }: PageInput,
  context: SqsContext,
): { readonly urls: readonly string[]; readonly more: { readonly NextToken?: string } } {
  const from = queues
    .map(({ name }) => name)
    .filter((name) => name > after)
    .sort();
  const shown = from.slice(0, size);
  const last = shown.at(-1);
  return {
    urls: shown.map((name) => queueUrl(name, context)),
    more: from.length > size && last !== undefined ? { NextToken: last } : {},
  };
}
