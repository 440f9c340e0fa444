import type { Queue } from './queue.js';
import type { SqsContext } from './sqs-context.js';
import { ATTRIBUTE_CHANGE_MS } from './sqs-rules.js';
import type { FormerScope } from './queue.js';

/** Writes a queue's attributes or tags down; resolves when they hold. */
export async function putQueue(
  queue: Queue,
  change: Partial<Pick<Queue, 'attributes' | 'tags'>>,
  context: SqsContext,
): Promise<void> {
  const { key: name, createdAt, tags, attributes } = queue;
  const modifiedAt = context.clock.wallNow();
  const formerScope = formerScopeAfter(queue, change.attributes ?? attributes, modifiedAt);
  await context.commit({
    ...{ op: 'put-queue', name, attributes, tags, createdAt, modifiedAt },
    ...(formerScope === undefined ? {} : { formerScope }),
    ...change,
  });
}

/** The scope in which a FIFO queue deduplicates what is sent now: a change of it takes a minute. */
export function deduplicationScope({ attributes, formerScope }: Queue, now: number): string {
  if (formerScope !== undefined && now < formerScope.until) return formerScope.scope;
  return attributes.DeduplicationScope ?? 'queue';
}

function formerScopeAfter(
  queue: Queue,
  attributes: Queue['attributes'],
  now: number,
): FormerScope | undefined {
  if (attributes.DeduplicationScope === queue.attributes.DeduplicationScope) return queue.formerScope;
  return { scope: deduplicationScope(queue, now), until: now + ATTRIBUTE_CHANGE_MS };
}
