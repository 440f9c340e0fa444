import { Heap } from './heap.js';
import { Line } from './line.js';
import type { Message } from './message.js';
import { numberAttribute, type QueueAttributes } from './queue-attributes.js';

/** What a FIFO queue knows of a deduplication id. */
export interface Deduplication {
  readonly until: number;
  readonly messageId: string;
  readonly order: number;
  /** Settles when the message that it stands for is on disk, or could not be brought there. */
  readonly committed: Promise<void>;
}

/** A scope of deduplication that still holds after another one was set. */
export interface FormerScope {
  readonly scope: string;
  readonly until: number;
}

/** Messages of a group, in order; each has its own visibility, and what is invisible holds back all behind it. */
interface Group {
  readonly id: string;
  readonly messages: Line<Message>;
  waitsInLine: boolean;
}

/** A message that waits for its `visibleAt`, as it was then. */
interface Hiding {
  readonly message: Message;
  readonly revision: number;
}

/** Messages that no longer wait and are still in the heap, before it is worth a look at all of it. */
const LEAST_FORGOTTEN = 1024;

const isStillHidden = ({ message, revision }: Hiding): boolean =>
  !message.gone && message.hidden && message.revision === revision;

/** One queue's messages: which can be received, which are hidden until when, and in what order. */
export class Queue {
  /** `region/name` */
  readonly key: string;
  readonly region: string;
  readonly name: string;
  readonly fifo: boolean;
  attributes: QueueAttributes;
  tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  modifiedAt: number;
  /** The deduplication scope that holds although another one was set. */
  formerScope: FormerScope | undefined;
  /** When it was last purged, milliseconds since 1970. */
  purgedAt: number;
  readonly messages: Map<string, Message> = new Map<string, Message>();
  readonly deduplications: Map<string, Deduplication> = new Map<string, Deduplication>();
  /** Asks for another look once something may be received. */
  readonly waiting: Set<() => void> = new Set<() => void>();
  /** Messages that have never been hidden, in the order of sending. */
  readonly #ready = new Line<Message>();
  /** Messages that are visible again, by their place among all: they come before what was sent after them. */
  readonly #returned = new Heap<Message>();
  readonly #groups = new Map<string, Group>();
  readonly #readyGroups = new Line<Group>();
  readonly #hidden = new Heap<Hiding>();
  readonly #inFlight = new Set<Message>();
  readonly #delayed = new Set<Message>();
  /** When the next message's retention period ends, as far as is known. */
  #expiresAt = Infinity;

  constructor(
    key: string,
    attributes: QueueAttributes,
    tags: Readonly<Record<string, string>>,
    createdAt: number,
  ) {
    const slash = key.lastIndexOf('/');
    this.key = key;
    this.region = key.slice(0, slash);
    this.name = key.slice(slash + 1);
    this.fifo = key.endsWith('.fifo');
    this.attributes = attributes;
    this.tags = tags;
    this.createdAt = createdAt;
    this.modifiedAt = createdAt;
    this.purgedAt = -Infinity;
  }

  /** How many messages can be received, are in flight, and are delayed. */
  counts(now: number): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    this.surface(now);
    const inFlight = this.#inFlight.size;
    const delayed = this.#delayed.size;
    return { visible: this.messages.size - inFlight - delayed, inFlight, delayed };
  }

  /** When the next hidden message may be received. */
  nextAt(): number | undefined {
    return this.#hidden.least();
  }

  /** Puts a message at the end. */
  add(message: Message): void {
    const { record } = message;
    this.messages.set(record.id, message);
    this.#expiresAt = Math.min(this.#expiresAt, record.sentAt + this.#retentionMs());
    if (this.fifo) this.#groupOf(message).messages.push(message);
    if (message.visibleAt > record.sentAt || message.revision > 0) this.hide(message);
    else if (this.fifo) this.#lineUp(this.#groupOf(message));
    else {
      message.waitsInLine = true;
      this.#ready.push(message);
    }
  }

  /** Hides a message until its `visibleAt`. */
  hide(message: Message): void {
    message.hidden = true;
    this.#hidden.push(message.visibleAt, { message, revision: message.revision });
    if (message.receiveCount === 0) this.#delayed.add(message);
    else this.#inFlight.add(message);
    // Deleted ones, with their bodies, would stay until their time comes.
    const live = this.#inFlight.size + this.#delayed.size;
    if (this.#hidden.size > 2 * live + LEAST_FORGOTTEN) this.#hidden.keep(isStillHidden);
  }

  /** Brings back what was hidden until now, and drops what its retention period ends. */
  surface(now: number): void {
    for (;;) {
      const due = this.#hidden.popUpTo(now);
      if (due === undefined) break;
      if (!isStillHidden(due)) continue;
      const { message } = due;
      this.#unhide(message);
      this.#makeReady(message);
    }
    if (now >= this.#expiresAt) this.#expire(now);
  }

  /** Looks again at every message's age; to be called when the retention period changes. */
  retentionChanged(): void {
    this.#expiresAt = -Infinity;
  }

  #retentionMs(): number {
    return numberAttribute(this.attributes, 'MessageRetentionPeriod') * 1000;
  }

  #expire(now: number): void {
    const retentionMs = this.#retentionMs();
    let next = Infinity;
    for (const message of this.messages.values()) {
      const endsAt = message.record.sentAt + retentionMs;
      if (endsAt <= now) this.remove(message);
      else next = Math.min(next, endsAt);
    }
    // At most one search a second, however many messages end one by one.
    this.#expiresAt = Math.max(next, now + 1000);
  }

  /** Takes messages out of the line; the caller hides or removes each before it asks for the next. */
  *take(now: number): Iterable<Message> {
    this.surface(now);
    if (this.fifo) yield* this.#takeByGroup();
    else {
      for (;;) {
        const message = this.#next();
        if (message === undefined) return;
        message.waitsInLine = false;
        if (!message.gone && !message.hidden) yield message;
      }
    }
  }

  /** Takes the message of a standard queue that was sent first. */
  #next(): Message | undefined {
    const first = this.#ready.first();
    return this.#returned.popUpTo(first?.record.order ?? Infinity) ?? this.#ready.shift();
  }

  *#takeByGroup(): Iterable<Message> {
    for (;;) {
      const group = this.#readyGroups.shift();
      if (group === undefined) return;
      group.waitsInLine = false;
      // All that the caller has room for comes from one group, in order; the next call begins with another.
      for (const message of group.messages) {
        if (message.gone) continue;
        if (message.hidden) break;
        yield message;
      }
    }
  }

  /** Puts a visible message that was taken back in line, in its place. */
  putBack(message: Message): void {
    this.#makeReady(message);
  }

  /** Removes what was sent before a place among all messages, and forgets their deduplication ids. */
  purge(before: number, at: number): void {
    this.purgedAt = at;
    for (const message of this.messages.values()) {
      if (message.record.order < before) this.remove(message);
    }
    for (const [key, { order }] of this.deduplications) {
      if (order < before) this.deduplications.delete(key);
    }
  }

  /** Takes a message out for good. */
  remove(message: Message): void {
    message.gone = true;
    this.messages.delete(message.record.id);
    this.#unhide(message);
    if (!this.fifo) {
      // Nobody may ever take them out of the line.
      while (this.#ready.first()?.gone === true) this.#ready.shift();
      return;
    }
    const group = this.#groupOf(message);
    for (let first = group.messages.first(); first?.gone === true; first = group.messages.first()) {
      group.messages.shift();
    }
    if (group.messages.first() === undefined) this.#groups.delete(group.id);
    else this.#lineUp(group);
  }

  #unhide(message: Message): void {
    message.hidden = false;
    this.#delayed.delete(message);
    this.#inFlight.delete(message);
  }

  #makeReady(message: Message): void {
    if (this.fifo) this.#lineUp(this.#groupOf(message));
    else if (!message.waitsInLine) {
      // A visibility that is changed again and again must not put a message in line more than once.
      message.waitsInLine = true;
      this.#returned.push(message.record.order, message);
    }
  }

  #lineUp(group: Group): void {
    if (group.waitsInLine || group.messages.first()?.hidden === true) return;
    group.waitsInLine = true;
    this.#readyGroups.push(group);
  }

  #groupOf({ record }: Message): Group {
    const id = record.groupId ?? '';
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = { id, messages: new Line(), waitsInLine: false };
      this.#groups.set(id, group);
    }
    return group;
  }
}
