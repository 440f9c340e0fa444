import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import type { Product } from '../model/products.js';
import type { Store } from '../model/stores.js';
import type { EventBatch } from '../output/event-batch.js';
import type { LiveOptions } from '../output/live.js';
import type { NdjsonStreamOptions } from '../output/ndjson-stream.js';
import type { DeliveryOrder, DeliveryReceipt } from './deliver.js';
import type { Truth } from '../truth/truth.js';

/** How columns are cut. */
export interface BatchOptions {
  /** Most events of a batch, 1 to 1,048,576. @defaultValue 8192 */
  readonly maxEvents?: number;
  /** Ends the iteration with an `ABORTED` error. @defaultValue none */
  readonly signal?: AbortSignal;
}

/** How NDJSON is cut. */
export interface NdjsonOptions {
  /** A chunk holds whole lines and at most about this many bytes, 1,024 to 67,108,864. @defaultValue 65536 */
  readonly chunkBytes?: number;
  /** Ends the iteration with an `ABORTED` error. @defaultValue none */
  readonly signal?: AbortSignal;
}

/**
 * A deterministic world of stores. It is read once, from its start to its end: all ways of reading share one
 * position, which `seek` and `restore` move.
 */
export interface World<E extends InventoryEvent | WorkshopEvent = InventoryEvent> {
  /** Stores of this shard. */
  readonly stores: readonly Store[];
  readonly products: readonly Product[];
  /** First instant, milliseconds since 1970. */
  readonly startMs: number;
  /** The instant at which the world ends. */
  readonly endMs: number;
  /** Every event from here on, in the order of time. */
  events(options?: { readonly signal?: AbortSignal }): Generator<E, void, void>;
  /** The same as columns, lent until the next batch. */
  batches(options?: BatchOptions): Generator<EventBatch, void, void>;
  /** The same as UTF-8 JSON lines, in chunks that are lent until the next one. */
  ndjson(options?: NdjsonOptions): Generator<Uint8Array, void, void>;
  /** The same as a byte stream that makes no more than is read; readers may bring their own buffer. */
  ndjsonStream(options?: NdjsonStreamOptions): ReadableStream<Uint8Array>;
  /** The same, each batch when its events are due on the clock. */
  live(options?: LiveOptions): AsyncIterable<EventBatch>;
  /** An object for event `n` of a batch. */
  eventAt(batch: EventBatch, n: number): E;
  /** Goes to the first event at or after an instant, forward or back. @throws WorldError `OUT_OF_RANGE` */
  seek(instant: string | Date): void;
  /** Everything that decides what comes next, as bytes. */
  snapshot(): Uint8Array;
  /** Goes to where a snapshot was taken, in a world of the same options. @throws WorldError `SNAPSHOT_MISMATCH` */
  restore(snapshot: Uint8Array): void;
  /** Brings units to a store's shelf, as a truck does. @throws WorldError `UNKNOWN_SERIES` */
  deliver(order: DeliveryOrder): DeliveryReceipt;
  /** What the events do not tell, from the start up to here. */
  truth(): Truth;
}
