import type { JsonInput } from '../json-input.js';
import { ServiceError } from '../wire/service-error.js';
import {
  checkAttributes,
  parseRedrivePolicy,
  type QueueAttributes,
  withDefaults,
} from './queue-attributes.js';
import type { Queue } from './queue.js';
import { nameOfArn } from './receive.js';
import { queueArn, queueOf, queueUrl, type SqsContext } from './sqs-context.js';
import { invalidAttribute, invalidParameter, missingParameter, queueDoesNotExist } from './sqs-error.js';
import { PURGE_INTERVAL_MS } from './sqs-limits.js';
import { wakeWaiting } from './waiting.js';

/** `CreateQueue`: the same queue again is no error, the same name with other attributes is. */
export async function createQueue(input: JsonInput, context: SqsContext): Promise<unknown> {
  const name = input.optionalString('QueueName') ?? '';
  const attributes = input.optionalStringMap('Attributes') ?? {};
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
  const tags = input.optionalStringMap('tags') ?? {};
  const modifiedAt = createdAt;
  await context.journal.append({ op: 'put-queue', name, attributes, tags, createdAt, modifiedAt });
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
export function getQueueUrl(input: JsonInput, context: SqsContext): unknown {
  const name = input.optionalString('QueueName') ?? '';
  if (!context.state.queues.has(name)) throw queueDoesNotExist();
  return { QueueUrl: queueUrl(name, context) };
}

/** `ListQueues` */
export function listQueues(input: JsonInput, context: SqsContext): unknown {
  const prefix = input.optionalString('QueueNamePrefix') ?? '';
  const names = [...context.state.queues.keys()].filter((name) => name.startsWith(prefix)).sort();
  return page(names, input, (name) => queueUrl(name, context));
}

function page(
  names: readonly string[],
  input: JsonInput,
  url: (name: string) => string,
  list = 'QueueUrls',
): unknown {
  const after = input.optionalString('NextToken') ?? '';
  const size = input.optionalInteger('MaxResults', { min: 1, max: 1000 }) ?? 1000;
  const from = names.filter((name) => name > after);
  const shown = from.slice(0, size);
  const more = from.length > size ? { NextToken: shown.at(-1) } : {};
  return { [list]: shown.map(url), ...more };
}

/** `ListDeadLetterSourceQueues` */
export function listDeadLetterSourceQueues(input: JsonInput, context: SqsContext): unknown {
  const target = queueOf(input, context).name;
  const sources = [...context.state.queues.values()].filter(({ attributes }) => {
    const text = attributes.RedrivePolicy ?? '';
    return text !== '' && nameOfArn(parseRedrivePolicy(text).deadLetterTargetArn) === target;
  });
  const names = sources.map(({ name }) => name).sort();
  return page(names, input, (name) => queueUrl(name, context), 'queueUrls');
}

/** `DeleteQueue` */
export async function deleteQueue(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  await context.journal.append({ op: 'drop-queue', name: queue.name });
  wakeWaiting(queue);
  return {};
}

/** `PurgeQueue`: once a minute, as on AWS. */
export async function purgeQueue(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const at = context.clock.wallNow();
  if (at - queue.purgedAt < PURGE_INTERVAL_MS) {
    throw new ServiceError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
    );
  }
  const before = context.state.nextOrder;
  await context.journal.append({ op: 'purge', queue: queue.name, before, at });
  return {};
}

/** `GetQueueAttributes` */
export function getQueueAttributes(input: JsonInput, context: SqsContext): unknown {
  const queue = queueOf(input, context);
  const wanted = input.optionalStrings('AttributeNames') ?? [];
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
    if (name !== 'All' && !(name in all) && !knownNames.has(name)) {
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
export async function setQueueAttributes(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const given = input.optionalStringMap('Attributes') ?? {};
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
  await context.journal.append({ op: 'put-queue', name, attributes, tags, createdAt, modifiedAt });
}

/** `TagQueue` */
export async function tagQueue(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const tags = { ...queue.tags, ...input.optionalStringMap('Tags') };
  await putQueue(queue, queue.attributes, tags, context);
  return {};
}

/** `UntagQueue` */
export async function untagQueue(input: JsonInput, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  const dropped = input.optionalStrings('TagKeys') ?? [];
  const kept = Object.entries(queue.tags).filter(([key]) => !dropped.includes(key));
  await putQueue(queue, queue.attributes, Object.fromEntries(kept), context);
  return {};
}

/** `ListQueueTags` */
export function listQueueTags(input: JsonInput, context: SqsContext): unknown {
  const { tags } = queueOf(input, context);
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}
