import { action, type Actions } from '../wire/service-entry.js';
import { integer, list, map, structure, text } from '../wire/shape.js';
import { ServiceError } from '../wire/service-error.js';
import {
  checkAttributes,
  parseRedrivePolicy,
  type QueueAttributes,
  withDefaults,
} from './queue-attributes.js';
import type { Queue } from './queue.js';
import { nameOfArn, wakeWaiting } from './receive.js';
import { queueArn, queueOf, queueUrl, type QueueName, type SqsContext } from './sqs-state.js';
import { invalidAttribute, invalidParameter, missingParameter, queueDoesNotExist } from './sqs-rules.js';
import { PURGE_INTERVAL_MS } from './sqs-rules.js';

const queue = { QueueUrl: text() };
const strings = map(text());
const pageMembers = { NextToken: text(), MaxResults: integer(1, 1000) };

/** The actions on queues. */
export const queueActions: Actions<SqsContext> = new Map([
  [
    'CreateQueue',
    action(structure({ QueueName: text(), Attributes: strings, tags: strings }, ['QueueName']), createQueue),
  ],
  ['DeleteQueue', action(structure(queue, ['QueueUrl']), deleteQueue)],
  ['GetQueueUrl', action(structure({ QueueName: text() }, ['QueueName']), getQueueUrl)],
  ['ListQueues', action(structure({ QueueNamePrefix: text(), ...pageMembers }), listQueues)],
  [
    'ListDeadLetterSourceQueues',
    action(structure({ ...queue, ...pageMembers }, ['QueueUrl']), listDeadLetterSourceQueues),
  ],
  [
    'GetQueueAttributes',
    action(structure({ ...queue, AttributeNames: list(text()) }, ['QueueUrl']), getQueueAttributes),
  ],
  [
    'SetQueueAttributes',
    action(structure({ ...queue, Attributes: strings }, ['QueueUrl', 'Attributes']), setQueueAttributes),
  ],
  ['PurgeQueue', action(structure(queue, ['QueueUrl']), purgeQueue)],
  ['TagQueue', action(structure({ ...queue, Tags: strings }, ['QueueUrl', 'Tags']), tagQueue)],
  ['UntagQueue', action(structure({ ...queue, TagKeys: list(text()) }, ['QueueUrl', 'TagKeys']), untagQueue)],
  ['ListQueueTags', action(structure(queue, ['QueueUrl']), listQueueTags)],
]);

interface PageInput {
  readonly NextToken?: string;
  readonly MaxResults?: number;
}

type Strings = Readonly<Record<string, string>>;

/** `CreateQueue`: the same queue again is no error, the same name with other attributes is. */
async function createQueue(
  input: { readonly QueueName: string; readonly Attributes?: Strings; readonly tags?: Strings },
  context: SqsContext,
): Promise<unknown> {
  const { QueueName: name, Attributes: attributes = {}, tags = {} } = input;
  if (name === '') throw missingParameter('QueueName');
  checkName(name, attributes);
  checkAttributes(attributes, name);
  checkRedriveTarget(attributes, name, context);
  const known = context.state.queues.get(name);
  if (known !== undefined) {
    const before = withDefaults(known.attributes);
    const after = withDefaults(attributes);
    const different = Object.keys(attributes).find((key) => before[key] !== after[key]);
    if (different !== undefined) {
      throw new ServiceError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${different}`,
      );
    }
    return { QueueUrl: queueUrl(name, context) };
  }
  const createdAt = context.clock.wallNow();
  const modifiedAt = createdAt;
  await context.commit({ op: 'put-queue', name, attributes, tags, createdAt, modifiedAt });
  return { QueueUrl: queueUrl(name, context) };
}

function checkName(name: string, attributes: QueueAttributes): void {
  const fifo = attributes.FifoQueue === 'true';
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name.replace(/\.fifo$/, '')) || name.length > 80) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  if (fifo !== name.endsWith('.fifo')) {
    throw fifo
      ? invalidParameter(
          'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
        )
      : invalidParameter(
          'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
        );
  }
}

function checkRedriveTarget(attributes: QueueAttributes, name: string, { state }: SqsContext): void {
  const text = attributes.RedrivePolicy ?? '';
  if (text === '') return;
  const target = nameOfArn(parseRedrivePolicy(text).deadLetterTargetArn);
  if (!state.queues.has(target)) {
    throw invalidParameter(
      `Value ${text} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    );
  }
  if (target.endsWith('.fifo') !== name.endsWith('.fifo')) throw invalidAttribute('RedrivePolicy');
}

/** `GetQueueUrl` */
function getQueueUrl({ QueueName: name }: { readonly QueueName: string }, context: SqsContext): unknown {
  if (!context.state.queues.has(name)) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(name, context) };
}

/** `ListQueues` */
function listQueues(input: PageInput & { readonly QueueNamePrefix?: string }, context: SqsContext): unknown {
  const { QueueNamePrefix: prefix = '' } = input;
  const names = [...context.state.queues.keys()].filter((name) => name.startsWith(prefix)).sort();
  return page(names, input, (name) => queueUrl(name, context));
}

function page(
  names: readonly string[],
  { NextToken: after = '', MaxResults: size = 1000 }: PageInput,
  url: (name: string) => string,
  list = 'QueueUrls',
): unknown {
  const from = names.filter((name) => name > after);
  const shown = from.slice(0, size);
  const more = from.length > size ? { NextToken: shown.at(-1) } : {};
  return { [list]: shown.map(url), ...more };
}

/** `ListDeadLetterSourceQueues` */
function listDeadLetterSourceQueues(input: PageInput & QueueName, context: SqsContext): unknown {
  const target = queueOf(input, context).name;
  const sources = [...context.state.queues.values()].filter(({ attributes }) => {
    const text = attributes.RedrivePolicy ?? '';
    return text !== '' && nameOfArn(parseRedrivePolicy(text).deadLetterTargetArn) === target;
  });
  const names = sources.map(({ name }) => name).sort();
  return page(names, input, (name) => queueUrl(name, context), 'queueUrls');
}

/** `DeleteQueue` */
async function deleteQueue(input: QueueName, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  await context.commit({ op: 'drop-queue', name: queue.name });
  wakeWaiting(queue);
  return {};
}

/** `PurgeQueue`: once a minute, as on AWS. */
async function purgeQueue(input: QueueName, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const at = context.clock.wallNow();
  if (at - queue.purgedAt < PURGE_INTERVAL_MS) {
    throw new ServiceError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  }
  const before = context.state.nextOrder;
  await context.commit({ op: 'purge', queue: queue.name, before, at });
  return {};
}

/** `GetQueueAttributes` */
function getQueueAttributes(
  input: QueueName & { readonly AttributeNames?: readonly string[] },
  context: SqsContext,
): unknown {
  const queue = queueOf(input, context);
  const { AttributeNames: wanted = [] } = input;
  const { visible, inFlight, delayed } = queue.counts(context.clock.wallNow());
  const all: QueueAttributes = {
    ...withDefaults(queue.attributes),
    QueueArn: queueArn(queue.name, context),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  for (const name of wanted) {
    if (name !== 'All' && !Object.hasOwn(all, name) && !knownNames.has(name)) {
      throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
  const chosen = Object.entries(all).filter(
    ([name, value]) => value !== '' && (wanted.includes('All') || wanted.includes(name)),
  );
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
}

const knownNames: ReadonlySet<string> = new Set(
  'Policy RedrivePolicy RedriveAllowPolicy FifoQueue ContentBasedDeduplication KmsMasterKeyId KmsDataKeyReusePeriodSeconds DeduplicationScope FifoThroughputLimit'.split(
    ' ',
  ),
);

/** `SetQueueAttributes`: those given replace, the others stay. */
async function setQueueAttributes(
  input: QueueName & { readonly Attributes: Strings },
  context: SqsContext,
): Promise<unknown> {
  const queue = queueOf(input, context);
  const given = input.Attributes;
  if ('FifoQueue' in given && !queue.fifo) throw invalidAttribute('FifoQueue');
  checkAttributes(given, queue.name);
  checkRedriveTarget(given, queue.name, context);
  await putQueue(queue, { ...queue.attributes, ...given }, queue.tags, context);
  return {};
}

async function putQueue(
  { name, createdAt }: Queue,
  attributes: QueueAttributes,
  tags: Readonly<Record<string, string>>,
  context: SqsContext,
): Promise<void> {
  const modifiedAt = context.clock.wallNow();
  await context.commit({ op: 'put-queue', name, attributes, tags, createdAt, modifiedAt });
}

/** `TagQueue` */
async function tagQueue(
  input: QueueName & { readonly Tags: Strings },
  context: SqsContext,
): Promise<unknown> {
  const queue = queueOf(input, context);
  const tags = { ...queue.tags, ...input.Tags };
  await putQueue(queue, queue.attributes, tags, context);
  return {};
}

/** `UntagQueue` */
async function untagQueue(
  input: QueueName & { readonly TagKeys: readonly string[] },
  context: SqsContext,
): Promise<unknown> {
  const queue = queueOf(input, context);
  const { TagKeys: dropped } = input;
  const kept = Object.entries(queue.tags).filter(([key]) => !dropped.includes(key));
  await putQueue(queue, queue.attributes, Object.fromEntries(kept), context);
  return {};
}

/** `ListQueueTags` */
function listQueueTags(input: QueueName, context: SqsContext): unknown {
  const { tags } = queueOf(input, context);
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}
