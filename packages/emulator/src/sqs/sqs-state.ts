import type { JournaledState } from '../journal.js';
import { DeletedQueues } from './deleted-queues.js';
import { type Message, messageOf, type MessageRecord, recordOf } from './message.js';
import type { MoveTask } from './move-task.js';
import { type FormerScope, Queue } from './queue.js';
import type { QueueAttributes } from './queue-attributes.js';

/** How a message is after a receive or a change of its visibility. */
export interface Touch {
  readonly id: string;
  readonly revision: number;
  readonly receiveCount: number;
  readonly firstReceivedAt?: number;
  readonly visibleAt: number;
}

/**
 * What the queues' journal holds. A queue is named `region/name`; by its name alone in entries of earlier releases,
 * which knew of one region.
 */
export type SqsEntry =
  | {
      readonly op: 'put-queue';
      readonly name: string;
      readonly attributes: QueueAttributes;
      readonly tags: Readonly<Record<string, string>>;
      readonly createdAt: number;
      readonly modifiedAt: number;
      readonly formerScope?: FormerScope;
    }
  | { readonly op: 'drop-queue'; readonly name: string; readonly at?: number }
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
  /** By `region/name`. */
  readonly queues: Map<string, Queue> = new Map<string, Queue>();
  readonly deleted: DeletedQueues = new DeletedQueues();
  /** Tasks that move messages out of a dead-letter queue, by its `region/name`; the newest first. They end with it. */
  readonly moveTasks: Map<string, MoveTask[]> = new Map<string, MoveTask[]>();
  /** The place of the next message among all. */
  nextOrder = 0;
  /** ReceiveMessage calls that wait for a message, on all queues. */
  waitingReceives = 0;
  /** Region of the queues that entries of earlier releases name. */
  readonly #home: string;

  constructor(home: string) {
    this.#home = home;
  }

  /** The queue that an entry names. */
  #named(name: string): Queue | undefined {
    return this.queues.get(this.#keyOf(name));
  }

  #keyOf(name: string): string {
    return name.includes('/') ? name : `${this.#home}/${name}`;
  }

  apply(entry: SqsEntry): void {
    switch (entry.op) {
      case 'put-queue':
        this.#putQueue(entry);
        return;
      case 'drop-queue':
        this.#dropQueue(this.#keyOf(entry.name), entry.at);
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
      case 'purge':
        this.#named(entry.queue)?.purge(entry.before, entry.at);
        return;
      case 'remember':
        this.#named(entry.queue)?.deduplications.set(entry.key, { ...entry, committed: settled });
        return;
      case 'order':
        this.nextOrder = Math.max(this.nextOrder, entry.next);
        return;
    }
  }

  #putQueue(entry: Extract<SqsEntry, { op: 'put-queue' }>): void {
    const { attributes, tags, createdAt, modifiedAt } = entry;
    const key = this.#keyOf(entry.name);
    const queue = this.queues.get(key) ?? new Queue(key, attributes, tags, createdAt);
    queue.attributes = attributes;
    queue.tags = tags;
    queue.modifiedAt = modifiedAt;
    queue.formerScope = entry.formerScope;
    queue.retentionChanged();
    this.queues.set(key, queue);
    this.deleted.remove(key);
  }

  #dropQueue(key: string, at: number | undefined): void {
    this.queues.delete(key);
    for (const { cancel } of this.moveTasks.get(key) ?? []) cancel();
    this.moveTasks.delete(key);
    if (at !== undefined) this.deleted.add(key, at);
  }

  #send({ queue: name, messages }: Extract<SqsEntry, { op: 'send' }>): void {
    const queue = this.#named(name);
    for (const record of messages) {
      this.nextOrder = Math.max(this.nextOrder, record.order + 1);
      // Sent while its queue was being deleted: gone with it.
      queue?.add(messageOf(record));
    }
    if (queue !== undefined) for (const wake of [...queue.waiting]) wake();
  }

  #touch({ queue: name, touches }: Extract<SqsEntry, { op: 'touch' }>): void {
    const queue = this.#named(name);
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
    const queue = this.#named(queueName);
    const message = queue?.messages.get(id);
    if (message !== undefined) queue?.remove(message);
    return message;
  }

  /** Moves a message to another queue, unless it has been moved or deleted already. */
  move({ queue, id, to, message }: Extract<SqsEntry, { op: 'move' }>): void {
    this.nextOrder = Math.max(this.nextOrder, message.order + 1);
    if (this.#remove(queue, id) === undefined) return;
    const target = this.#named(to);
    target?.add(messageOf(message));
    if (target !== undefined) for (const wake of [...target.waiting]) wake();
  }

  *snapshot(): Iterable<SqsEntry> {
    yield { op: 'order', next: this.nextOrder };
    for (const [name, at] of this.deleted.all()) yield { op: 'drop-queue', name, at };
    for (const [name, queue] of this.queues) {
      const { attributes, tags, createdAt, modifiedAt, formerScope } = queue;
      const former = formerScope === undefined ? {} : { formerScope };
      yield { op: 'put-queue', name, attributes, tags, createdAt, modifiedAt, ...former };
      for (const message of queue.messages.values()) {
        yield { op: 'send', queue: name, messages: [recordOf(message)] };
      }
      for (const [key, { until, messageId, order }] of queue.deduplications) {
        yield { op: 'remember', queue: name, key, until, messageId, order };
      }
    }
  }
}
