import { action, type Actions } from '../wire/service-entry.js';
import { list, map, structure, text } from '../wire/shape.js';
import { putQueue } from './put-queue.js';
import { inTurn, queueOf, type QueueName, type SqsContext } from './sqs-context.js';
import { invalidParameter, MAX_TAG_CHARACTERS, MAX_TAGS, missingParameter } from './sqs-rules.js';

const queue = { QueueUrl: text() };

/** The actions on the tags of queues. */
export const tagActions: Actions<SqsContext> = new Map([
  ['TagQueue', action(structure({ ...queue, Tags: map(text()) }, ['QueueUrl', 'Tags']), inTurn(tagQueue))],
  [
    'UntagQueue',
    action(structure({ ...queue, TagKeys: list(text()) }, ['QueueUrl', 'TagKeys']), inTurn(untagQueue)),
  ],
  ['ListQueueTags', action(structure(queue, ['QueueUrl']), listQueueTags)],
]);

type Tags = Readonly<Record<string, string>>;

/** Refuses tags that a queue cannot have all together. */
export function checkTags(tags: Tags, name: string): void {
  const entries = Object.entries(tags);
  if (entries.length > MAX_TAGS) throw invalidParameter(`Too many tags added for queue ${name}.`);
  const { key: longestKey, value: longestValue } = MAX_TAG_CHARACTERS;
  for (const [key, value] of entries) {
    if (key === '' || key.length > longestKey) throw keyLength();
    if (value.length > longestValue) {
      throw invalidParameter(`Tag values must be between 0 and ${longestValue} characters in length.`);
    }
  }
}

function keyLength(): Error {
  return invalidParameter(`Tag keys must be between 1 and ${MAX_TAG_CHARACTERS.key} characters in length.`);
}

/** `TagQueue` */
async function tagQueue(input: QueueName & { readonly Tags: Tags }, context: SqsContext): Promise<unknown> {
  const queue = queueOf(input, context);
  if (Object.keys(input.Tags).length === 0) throw missingParameter('Tags');
  const tags = { ...queue.tags, ...input.Tags };
  checkTags(tags, queue.name);
  await putQueue(queue, { tags }, context);
  return {};
}

/** `UntagQueue` */
async function untagQueue(
  input: QueueName & { readonly TagKeys: readonly string[] },
  context: SqsContext,
): Promise<unknown> {
  const queue = queueOf(input, context);
  const { TagKeys: dropped } = input;
  if (dropped.length === 0) throw keyLength();
  const kept = Object.entries(queue.tags).filter(([key]) => !dropped.includes(key));
  await putQueue(queue, { tags: Object.fromEntries(kept) }, context);
  return {};
}

/** `ListQueueTags` */
function listQueueTags(input: QueueName, context: SqsContext): unknown {
  const { tags } = queueOf(input, context);
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
}
