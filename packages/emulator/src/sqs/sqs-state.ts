import type { Clock } from '@store/foundation';
import type { JournaledState } from '../journal.js';
import type { RequestContext } from '../wire/request-context.js';
import { type Message, messageOf, type MessageRecord, recordOf } from './message.js';
import { Queue } from './queue.js';
import type { QueueAttributes } from './queue-attributes.js';
import { missingParameter, queueDoesNotExist } from './sqs-rules.js';

/** How a message stands after a receive or a change of its visibility. */
export interface Touch {
  readonly id: string;
  readonly revision: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  readonly visibleAt: number;
}

/** What the queues' journal holds. */
export type SqsEntry =
  | {
      readonly op: 'put-queue';
      readonly name: string;
      readonly attributes: QueueAttributes;
      readonly tags: Readonly<Record<string, string>>;
      readonly createdAt: number;
      readonly modifiedAt: number;
    }
  | { readonly op: 'drop-queue'; readonly name: string }
  | { readonly op: 'send'; readonly queue: string; readonly messages: readonly MessageRecord[] }
  | { readonly op: 'touch'; readonly queue: string; readonly touches: readonly Touch[] }
  | { readonly op: 'delete'; readonly queue: string; readonly ids: readonly string[] }
  | {
      readonly op: 'move';
      readonly queue: string;
      readonly id: string;
      readonly to: string;
      readonly message: MessageRecord;
    }
  | { readonly op: 'purge'; readonly queue: string; readonly before: number; readonly at: number }
  | {
      readonly op: 'remember';
      readonly queue: string;
      readonly key: string;
      readonly until: number;
      readonly messageId: string;
      readonly order: number;
    }
  | { readonly op: 'order'; readonly next: number };

const settled: Promise<void> = Promise.resolve();

/** All queues, as their journal's entries add up. */
export class SqsState implements JournaledState<SqsEntry> {
  readonly queues: Map<string, Queue> = new Map<string, Queue>();
  /** The place of the next message among all. */
  nextOrder = 0;
  /** ReceiveMessage calls that wait for a message, on all queues. */
  waitingReceives = 0;

  apply(entry: SqsEntry): void {
    switch (entry.op) {
      case 'put-queue':
        this.#putQueue(entry);
        return;
      case 'drop-queue':
        this.queues.delete(entry.name);
        return;
      case 'send':
        this.#send(entry);
        return;
      case 'touch':
        this.#touch(entry);
        return;
      case 'delete':
        for (const id of entry.ids) this.#remove(entry.queue, id);
        return;
      case 'move':
        this.move(entry);
        return;
      case 'purge': {
        const queue = this.queues.get(entry.queue);
        if (queue === undefined) return;
        queue.purgedAt = entry.at;
        for (const message of queue.messages.values()) {
          if (message.record.order < entry.before) queue.remove(message);
        }
        return;
      }
      case 'remember':
        this.queues.get(entry.queue)?.deduplications.set(entry.key, { ...entry, committed: settled });
        return;
      case 'order':
        this.nextOrder = Math.max(this.nextOrder, entry.next);
        return;
    }
  }

  #putQueue(entry: Extract<SqsEntry, { op: 'put-queue' }>): void {
    const { name, attributes, tags, createdAt, modifiedAt } = entry;
    const queue = this.queues.get(name) ?? new Queue(name, attributes, tags, createdAt);
    queue.attributes = attributes;
    queue.tags = tags;
    queue.modifiedAt = modifiedAt;
    queue.retentionChanged();
    this.queues.set(name, queue);
  }

  #send({ queue: name, messages }: Extract<SqsEntry, { op: 'send' }>): void {
    const queue = this.queues.get(name);
    for (const record of messages) {
      this.nextOrder = Math.max(this.nextOrder, record.order + 1);
      // Sent while its queue was being deleted: gone with it.
      queue?.add(messageOf(record));
    }
    if (queue !== undefined) for (const wake of [...queue.waiting]) wake();
  }

  #touch({ queue: name, touches }: Extract<SqsEntry, { op: 'touch' }>): void {
    const queue = this.queues.get(name);
    for (const touch of touches) {
      const message = queue?.messages.get(touch.id);
      // A live queue is ahead of its journal: only a replay still has this to learn.
      if (queue === undefined || message === undefined || message.revision >= touch.revision) continue;
      message.revision = touch.revision;
      message.receiveCount = touch.receiveCount;
      message.firstReceivedAt = touch.firstReceivedAt;
      message.visibleAt = touch.visibleAt;
      queue.hide(message);
    }
  }

  #remove(queueName: string, id: string): Message | undefined {
    const queue = this.queues.get(queueName);
    const message = queue?.messages.get(id);
    if (message !== undefined) queue?.remove(message);
    return message;
  }

  /** Moves a message to another queue, unless it has been moved or deleted already. */
  move({ queue, id, to, message }: Extract<SqsEntry, { op: 'move' }>): void {
    this.nextOrder = Math.max(this.nextOrder, message.order + 1);
    if (this.#remove(queue, id) === undefined) return;
    const target = this.queues.get(to);
    target?.add(messageOf(message));
    if (target !== undefined) for (const wake of [...target.waiting]) wake();
  }

  *snapshot(): Iterable<SqsEntry> {
    yield { op: 'order', next: this.nextOrder };
    for (const [name, queue] of this.queues) {
      const { attributes, tags, createdAt, modifiedAt } = queue;
      yield { op: 'put-queue', name, attributes, tags, createdAt, modifiedAt };
      for (const message of queue.messages.values()) {
        yield { op: 'send', queue: name, messages: [recordOf(message)] };
      }
      for (const [key, { until, messageId, order }] of queue.deduplications) {
        yield { op: 'remember', queue: name, key, until, messageId, order };
      }
    }
  }
}

/** What an action may use. */
export interface SqsContext {
  readonly state: SqsState;
  /** Resolves once the entry is on disk and part of the state. */
  readonly commit: (entry: SqsEntry) => Promise<void>;
  readonly clock: Clock;
  readonly request: RequestContext;
}

/** Which queue a request means. */
export interface QueueName {
  readonly QueueUrl: string;
}

/** The queue that the request's `QueueUrl` names. */
export function queueOf({ QueueUrl: url }: QueueName, { state }: SqsContext): Queue {
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
export function noteDown(entry: SqsEntry, { commit }: SqsContext): void {
  commit(entry).catch(() => undefined);
}
