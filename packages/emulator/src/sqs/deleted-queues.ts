import { NAME_REUSE_MS } from './sqs-rules.js';

/** Queues that were deleted less than a minute ago, by `region/name`: their names cannot be taken again yet. */
export class DeletedQueues {
  /** When each was deleted, the oldest first. */
  readonly #at = new Map<string, number>();

  /** Notes a deletion, and forgets those that no longer matter. */
  add(key: string, at: number): void {
    this.#at.delete(key);
    this.#at.set(key, at);
    for (const [other, deletedAt] of this.#at) {
      if (at - deletedAt < NAME_REUSE_MS) return;
      this.#at.delete(other);
    }
  }

  /** Whether a queue of this name was deleted less than a minute before `now`. */
  isRecent(key: string, now: number): boolean {
    const at = this.#at.get(key);
    return at !== undefined && now - at < NAME_REUSE_MS;
  }

  /** Forgets a deletion, since a queue of that name stands again. */
  remove(key: string): void {
    this.#at.delete(key);
  }

  /** Each deletion with its time. */
  all(): Iterable<readonly [key: string, at: number]> {
    return this.#at;
  }
}
