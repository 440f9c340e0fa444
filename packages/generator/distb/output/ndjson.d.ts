import { type OptionRules } from '@store/foundation';
import type { EventBatch } from './event-batch.js';
import type { BatchEncoder } from './event-format.js';
/** How NDJSON is cut. */
export interface NdjsonOptions {
    /** A chunk holds whole lines and at most about this many bytes, 1,024 to 67,108,864. @defaultValue 65536 */
    readonly chunkBytes?: number;
    /** Ends after so many events; the next reading goes on behind them. @defaultValue to the world's end */
    readonly maxEvents?: number;
    /**
     * `true`: one buffer is filled again and again, and each chunk is over when the next is asked for. For loops that are
     * done with a chunk by then, such as one that hashes; a tenth to a fifth less CPU. @defaultValue false
     */
    readonly lend?: boolean;
    /** Ends the iteration with an `ABORTED` error. @defaultValue none */
    readonly signal?: AbortSignal;
}
/** How the stream behaves. */
export interface NdjsonStreamOptions {
    /** Bytes of a chunk, for readers without their own buffer, 1,024 to 67,108,864. @defaultValue 65536 */
    readonly chunkBytes?: number;
    /** Ends after so many events; the next reading goes on behind them. @defaultValue to the world's end */
    readonly maxEvents?: number;
    /** Cancels the stream with an `ABORTED` error. @defaultValue none */
    readonly signal?: AbortSignal;
}
/** Rules of the options, for `checkOptions`. */
export declare const ndjsonStreamRules: OptionRules<NdjsonStreamOptions>;
export declare const ndjsonRules: OptionRules<NdjsonOptions>;
/** Returns the line of an event that chaos broke. */
export type BrokenLine = (batch: EventBatch, n: number) => string;
/** One chunk of NDJSON that is filled again and again. */
export declare class NdjsonChunk {
    #private;
    /** @param broken - undefined in a world without chaos */
    constructor(lines: BatchEncoder, chunkBytes: number, broken: BrokenLine | undefined);
    /** Bytes written since the last `clear`. */
    get length(): number;
    /** The bytes written, lent until the next `encode`. */
    get bytes(): Uint8Array<ArrayBuffer>;
    /** Whether another line might not fit. */
    get full(): boolean;
    /** Forgets what is written. */
    clear(): void;
    /** Writes events `from` up to `to`, not included, until the chunk is full; returns the first one left. */
    encode(batch: EventBatch, from: number, to: number): number;
}
/** Fills the chunk with the next lines; false at the end. */
export type FillChunk = (chunk: NdjsonChunk) => boolean;
/**
 * A byte stream over a chunk. Nothing is made before it is read. A reader in `byob` mode gets its own buffer filled;
 * a default reader gets a fresh chunk each time, which costs the page faults of fresh memory.
 */
export declare function ndjsonStreamOf(chunk: NdjsonChunk, fill: FillChunk, chunkBytes: number, signal: AbortSignal | undefined): ReadableStream<Uint8Array>;
//# sourceMappingURL=ndjson.d.ts.map