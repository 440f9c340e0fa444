import { WorldError } from '../errors.js';
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

/** Makes the batches to fill: one for each, or the same one again. */
export function batchesOf(maxEvents: number, lend: boolean): () => EventBatch {
  if (!lend) return () => new EventBatch(maxEvents);
  const batch = new EventBatch(maxEvents);
  return () => batch;
}

/** Checks that an event is in a batch. @throws WorldError */
export function checkPlace(batch: unknown, n: number): void {
  if (!(batch instanceof EventBatch)) {
    throw new WorldError('INVALID_OPTION', 'batch', batch, 'a batch of this world');
  }
  if (Number.isInteger(n) && n >= 0 && n < batch.length) return;
  throw new WorldError('OUT_OF_RANGE', 'n', n, `a position in the batch, 0 to ${batch.length - 1}`);
}

/** Ends a reading whose signal has aborted. @throws WorldError `ABORTED` */
export function throwIfAborted(signal: AbortSignal | undefined, before?: () => void): void {
  if (signal?.aborted !== true) return;
  before?.();
  throw new WorldError('ABORTED', 'signal', 'an abort', 'not aborted while the world is read');
}
