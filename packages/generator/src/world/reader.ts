import { WorldError } from '../errors.js';
import { BoundedSource } from '../output/bounded-source.js';
import { EventBatch, type EventSource } from '../output/event-batch.js';
import type { FillChunk, NdjsonChunk, NdjsonOptions } from '../output/ndjson.js';
import type { EventBatchOptions, EventOptions } from './world.js';

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

  /** What comes next as a source, at most this many events. */
  source(most?: number): EventSource {
    const source: EventSource = {
      fill: (batch) => this.into(batch),
      unfill: (batch, from) => {
        this.#source.unfill(batch, from);
      },
    };
    return most === undefined ? source : new BoundedSource(source, most);
  }
}

/** Reads events one by one, at most this many. */
export function* readEvents<E>(
  reader: Reader,
  eventAt: (batch: EventBatch, n: number) => E,
  { maxEvents = Infinity, signal }: EventOptions,
): Generator<E, void, void> {
  for (let left = maxEvents; left > 0 && reader.ready(); left--) {
    throwIfAborted(signal);
    // Where the caller's `extra` throws, the event is still the next one.
    const event = eventAt(reader.batch, reader.next);
    reader.next++;
    yield event;
  }
}

/** Reads events batch by batch. */
export function* readBatches(
  reader: Reader,
  { maxEvents = 8192, totalEvents, lend = false, signal }: EventBatchOptions,
): Generator<EventBatch, void, void> {
  const source = reader.source(totalEvents);
  const nextBatch = batchesOf(maxEvents, lend);
  for (;;) {
    const batch = nextBatch();
    if (!source.fill(batch)) return;
    throwIfAborted(signal, () => {
      source.unfill(batch, 0);
    });
    yield batch;
  }
}

/** Fills chunks with lines, at most this many. */
export function chunkFiller(reader: Reader, maxEvents?: number): FillChunk {
  let left = maxEvents ?? Infinity;
  return (chunk) => {
    while (!chunk.full && left > 0 && reader.ready()) {
      const from = reader.next;
      reader.next = chunk.encode(reader.batch, from, Math.min(reader.batch.length, from + left));
      left -= reader.next - from;
    }
    return chunk.length > 0;
  };
}

/** Reads lines chunk by chunk. */
export function* readChunks(
  fill: FillChunk,
  chunk: NdjsonChunk,
  { lend = false, signal }: NdjsonOptions,
): Generator<Uint8Array, void, void> {
  for (;;) {
    throwIfAborted(signal);
    chunk.clear();
    if (!fill(chunk)) return;
    // A copy costs a tenth to a fifth of the whole: fresh memory, too (bench/ndjson.bench.ts).
    yield lend ? chunk.bytes : chunk.bytes.slice();
  }
}

/** Makes the batches to fill: one for each, or the same one again. */
function batchesOf(maxEvents: number, lend: boolean): () => EventBatch {
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
function throwIfAborted(signal: AbortSignal | undefined, before?: () => void): void {
  if (signal?.aborted !== true) return;
  before?.();
  throw new WorldError('ABORTED', 'signal', 'an abort', 'not aborted while the world is read');
}
