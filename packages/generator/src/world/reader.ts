import { EventBatch, type EventSource } from '../output/event-batch.js';

/** Events made ahead of their reader; small enough for the cache, large enough to hide a day's overhead. */
const AHEAD = 1024;

/**
 * The one place in a world up to which it has been read, shared by everything that reads: whoever takes over
 * gets the next event, and nothing is lost or doubled.
 */
export class Reader {
  /** The events read ahead. */
  batch: EventBatch = new EventBatch(AHEAD);
  /** The first of them that nobody has had. */
  next = 0;
  readonly #source: EventSource;

  constructor(source: EventSource) {
    this.#source = source;
  }

  /** Makes sure that there is an event at `next`; false at the end. */
  ready(): boolean {
    if (this.next < this.batch.length) return true;
    this.next = 0;
    this.batch.length = 0;
    return this.#source.fill(this.batch);
  }

  /** Fills another batch with what comes next. */
  into(batch: EventBatch): boolean {
    this.settle();
    return this.#source.fill(batch);
  }

  /** Gives back what was read ahead, so that the source stands where its readers do. */
  settle(): void {
    if (this.next < this.batch.length) this.#source.unfill(this.batch, this.next);
    this.drop();
  }

  /** Forgets what was read ahead, after the source has moved. */
  drop(): void {
    this.batch.length = 0;
    this.next = 0;
  }
}
