import { EventBatch, type EventSource } from '../output/event-batch.js';
import type { FillChunk, NdjsonChunk, NdjsonOptions } from '../output/ndjson.js';
import type { EventBatchOptions, EventOptions } from './world.js';
/**
 * The one place in a world up to which it has been read, shared by everything that reads: whoever takes over
 * gets the next event, and nothing is lost or doubled.
 */
export declare class Reader {
    #private;
    /** The events read ahead. */
    batch: EventBatch;
    /** The first of them that nobody has had. */
    next: number;
    constructor(source: EventSource);
    /** Makes sure that there is an event at `next`; false at the end. */
    ready(): boolean;
    /** Fills another batch with what comes next. */
    into(batch: EventBatch): boolean;
    /** Gives back what was read ahead, so that the source stands where its readers do. */
    settle(): void;
    /** Forgets what was read ahead, after the source has moved. */
    drop(): void;
    /** What comes next as a source, at most so many events. */
    source(most?: number): EventSource;
}
/** Reads events one by one, at most so many. */
export declare function readEvents<E>(reader: Reader, eventAt: (batch: EventBatch, n: number) => E, { maxEvents, signal }: EventOptions): Generator<E, void, void>;
/** Reads events batch by batch. */
export declare function readBatches(reader: Reader, { maxEvents, totalEvents, lend, signal }: EventBatchOptions): Generator<EventBatch, void, void>;
/** Fills chunks with lines, at most so many. */
export declare function chunkFiller(reader: Reader, maxEvents?: number): FillChunk;
/** Reads lines chunk by chunk. */
export declare function readChunks(fill: FillChunk, chunk: NdjsonChunk, { lend, signal }: NdjsonOptions): Generator<Uint8Array, void, void>;
/** Checks that an event is in a batch. @throws WorldError */
export declare function checkPlace(batch: unknown, n: number): void;
//# sourceMappingURL=reader.d.ts.map