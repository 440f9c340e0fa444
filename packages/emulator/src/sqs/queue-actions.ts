import { action, type Actions } from '../wire/service-entry.js';
import { list, map, structure, text } from '../wire/shape.js';
import { ServiceError } from '../wire/service-error.js';
import { refused } from '../wire/signature.js';
import { putQueue } from './put-queue.js';
import { checkedAttributes, type QueueAttributes, withAttributes, withDefaults } from './queue-attributes.js';
import { wakeWaiting } from './receive.js';
import { allowsRedrive } from './redrive-allow-policy.js';
import { parseRedrivePolicy } from './redrive-policy.js';
import {
  inTurn,
  queueArn,
  queueKey,
  queueOf,
  queueOfArn,
  queueUrl,
  type QueueName,
  type SqsContext,
} from './sqs-context.js';
import {
  invalidParameter,
  invalidValue,
  PURGE_INTERVAL_MS,
  unknownAttribute,
  withoutQueueName,
} from './sqs-rules.js';
import { checkTags } from './tag-actions.js';

const queue = { QueueUrl: text() };
const strings = map(text());

/** The actions on queues. */
export const queueActions: Actions<SqsContext> = new Map([
  [
    'CreateQueue',
    action(structure({ QueueName: text(), Attributes: strings, tags: strings }, ['QueueName']), createQueue),
  ],
  ['DeleteQueue', action(structure(queue, ['QueueUrl']), inTurn(deleteQueue))],
  [
    'GetQueueAttributes',
    action(structure({ ...queue, AttributeNames: list(text()) }, ['QueueUrl']), getQueueAttributes),
  ],
  [
    'SetQueueAttributes',
    action(
      structure({ ...queue, Attributes: strings }, ['QueueUrl', 'Attributes']),
      inTurn(setQueueAttributes),
    ),
  ],
  ['PurgeQueue', action(structure(queue, ['QueueUrl']), inTurn(purgeQueue))],
]);

type Strings = Readonly<Record<string, string>>;

/** `CreateQueue`: the same queue again is no error, the same name with other attributes is. */
async function createQueue(
  input: { readonly QueueName: string; readonly Attributes?: Strings; readonly tags?: Strings },
  context: SqsContext,
): Promise<unknown> {
  const { QueueName: name, Attributes: given = {}, tags = {} } = input;
  if (name === '') throw withoutQueueName();
  checkRegion(context);
  checkName(name, given);
  const attributes = checkedAttributes(given, name);
  checkRedriveTarget(attributes, name, context);
  checkTags(tags, name);
  return context.turns.run(queueKey(name, context), async () => putNewQueue(name, attributes, tags, context));
}

async function putNewQueue(
  name: string,
  attributes: QueueAttributes,
  tags: Strings,
  context: SqsContext,
): Promise<unknown> {
  const key = queueKey(name, context);
  const known = context.state.queues.get(key);
  if (known !== undefined) {
    const before = withDefaults(known.attributes);
    const different = Object.keys(attributes).find(
      (attribute) => before[attribute] !== attributes[attribute],
    );
    if (different !== undefined) {
      throw new ServiceError(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${different}`,
      );
    }
    return { QueueUrl: queueUrl(name, context) };
  }
  const createdAt = context.clock.wallNow();
  if (!context.reuseQueueNames && context.state.deleted.isRecent(key, createdAt)) {
    throw new ServiceError(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  }
  const modifiedAt = createdAt;
  const all = withAttributes({}, attributes);
  await context.commit({ op: 'put-queue', name: key, attributes: all, tags, createdAt, modifiedAt });
  return { QueueUrl: queueUrl(name, context) };
}

/** Refuses what is no region: it becomes part of the queue's name in the journal, and signatures may be unchecked. */
function checkRegion({ request }: SqsContext): void {
  if (/^[a-z0-9-]{1,32}$/.test(request.region)) return;
  throw refused('Credential should be scoped to a valid region.');
}

function checkName(name: string, attributes: QueueAttributes): void {
  const fifo = attributes.FifoQueue?.toLowerCase() === 'true';
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

function checkRedriveTarget(attributes: QueueAttributes, name: string, context: SqsContext): void {
  const text = attributes.RedrivePolicy ?? '';
  if (text === '') return;
  const target = queueOfArn(parseRedrivePolicy(text).deadLetterTargetArn, context);
  if (target?.region !== context.request.region) {
    throw invalidValue(text, 'RedrivePolicy', 'Dead letter target does not exist.');
  }
  if (target.fifo !== name.endsWith('.fifo')) {
    throw invalidValue(text, 'RedrivePolicy', 'Dead-letter queue must be same type of queue as the source.');
  }
  const source = queueArn({ name, region: context.request.region }, context);
  if (!allowsRedrive(target.attributes.RedriveAllowPolicy, source)) {
    const reason = 'The RedriveAllowPolicy of the dead-letter queue does not allow this source queue.';
    throw invalidValue(text, 'RedrivePolicy', reason);
  }
}

/** `DeleteQueue` */
async function deleteQueue(input: QueueName, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  await context.commit({ op: 'drop-queue', name: queue.key, at: context.clock.wallNow() });
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
      403,
    );
  }
  const before = context.state.nextOrder;
  await context.commit({ op: 'purge', queue: queue.key, before, at });
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
    QueueArn: queueArn(queue, context),
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
  for (const name of wanted) {
    if (name !== 'All' && !Object.hasOwn(all, name) && !knownNames.has(name)) throw unknownAttribute(name);
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
  const given = checkedAttributes(input.Attributes, queue.name);
  checkRedriveTarget(given, queue.name, context);
  await putQueue(queue, { attributes: withAttributes(queue.attributes, given) }, context);
  return {};
}
