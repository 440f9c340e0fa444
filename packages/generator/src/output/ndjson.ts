import { abortSignal, flag, wholeNumber, type OptionRules } from '@store/foundation';
import { WorldError } from '../errors.js';
import type { EventBatch } from './event-batch.js';
import type { BatchEncoder } from './event-format.js';

/** How NDJSON is cut. */
export interface NdjsonOptions {
  /** A chunk holds whole lines and at most about this many bytes, 1,024 to 67,108,864. @defaultValue 65536 */
  readonly chunkBytes?: number;
  /** Ends after this many events; the next reading continues behind them. @defaultValue to the world's end */
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
  /** Ends after this many events; the next reading continues behind them. @defaultValue to the world's end */
  readonly maxEvents?: number;
  /** Cancels the stream with an `ABORTED` error. @defaultValue none */
  readonly signal?: AbortSignal;
}

/** Rules of the options, for `checkOptions`. */
export const ndjsonStreamRules: OptionRules<NdjsonStreamOptions> = {
  chunkBytes: wholeNumber(1024, 67_108_864),
  maxEvents: wholeNumber(1),
  signal: abortSignal(),
};
export const ndjsonRules: OptionRules<NdjsonOptions> = { ...ndjsonStreamRules, lend: flag() };

/** Returns the line of an event that chaos broke. */
export type BrokenLine = (batch: EventBatch, n: number) => string;

/** One chunk of NDJSON that is filled again and again. */
export class NdjsonChunk {
  readonly #lines: BatchEncoder;
  readonly #broken: BrokenLine | undefined;
  readonly #buffer: { readonly bytes: Uint8Array<ArrayBuffer>; length: number };
  readonly #text = new TextEncoder();

  /** @param broken - undefined in a world without chaos */
  constructor(lines: BatchEncoder, chunkBytes: number, broken: BrokenLine | undefined) {
    this.#lines = lines;
    this.#broken = broken;
    this.#buffer = { bytes: new Uint8Array(Math.max(chunkBytes, lines.rowBytes)), length: 0 };
  }

  /** Bytes written since the last `clear`. */
  get length(): number {
    return this.#buffer.length;
  }

  /** The bytes written, valid until the next `encode`. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.bytes.subarray(0, this.#buffer.length);
  }

  /** Whether another line might not fit. */
  get full(): boolean {
    return this.#buffer.length > this.#buffer.bytes.length - this.#lines.rowBytes;
  }

  /** Forgets what is written. */
  clear(): void {
    this.#buffer.length = 0;
  }

  /** Writes events `from` up to `to`, not included, until the chunk is full; returns the first one left. */
  encode(batch: EventBatch, from: number, to: number): number {
    let n = from;
    while (n < to && !this.full) {
      if (this.#broken !== undefined && batch.fault[n] !== 0) this.#append(this.#broken(batch, n++));
      else n = this.#lines.encode(batch, n, this.#endOfWhole(batch, n, to), this.#buffer);
    }
    return n;
  }

  /** The first event from `from` on whose line chaos broke, or `to`. */
  #endOfWhole(batch: EventBatch, from: number, to: number): number {
    if (this.#broken === undefined) return to;
    let end = from;
    while (end < to && batch.fault[end] === 0) end++;
    return end;
  }

  #append(line: string): void {
    const { bytes, length } = this.#buffer;
    this.#buffer.length += this.#text.encodeInto(line, bytes.subarray(length)).written;
  }
}

/** Fills the chunk with the next lines; false at the end. */
export type FillChunk = (chunk: NdjsonChunk) => boolean;

/**
 * A byte stream over a chunk. Nothing is made before it is read. A reader in `byob` mode gets its own buffer filled;
 * a default reader gets a fresh chunk each time, which costs the page faults of fresh memory.
 */
export function ndjsonStreamOf(
  chunk: NdjsonChunk,
  fill: FillChunk,
  chunkBytes: number,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  let taken = 0;
  const stop = (): WorldError =>
    new WorldError('ABORTED', 'signal', 'an abort', 'not aborted while the stream is read');
  return new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: chunkBytes,
    start(controller): void {
      if (signal?.aborted === true) controller.error(stop());
      signal?.addEventListener(
        'abort',
        () => {
          controller.error(stop());
        },
        { once: true },
      );
    },
    pull(controller): void {
      if (taken === chunk.length) {
        chunk.clear();
        taken = 0;
        if (!fill(chunk)) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
      }
      const request = controller.byobRequest;
      const { view } = request ?? {};
      if (request === null || view === null || view === undefined) {
        controller.enqueue(chunk.bytes.slice(taken));
        taken = chunk.length;
        return;
      }
      const length = Math.min(view.byteLength, chunk.length - taken);
      new Uint8Array(view.buffer, view.byteOffset, length).set(chunk.bytes.subarray(taken, taken + length));
      taken += length;
      request.respond(length);
    },
  });
}
