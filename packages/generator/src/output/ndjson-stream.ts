import { WorldError } from '../errors.js';
import type { NdjsonEncoder } from './ndjson-encoder.js';

/** How the stream behaves. */
export interface NdjsonStreamOptions {
  /** Bytes of a chunk, for readers without their own buffer, 1,024 to 67,108,864. @defaultValue 65536 */
  readonly chunkBytes?: number;
  /** Cancels the stream with an `ABORTED` error. @defaultValue none */
  readonly signal?: AbortSignal;
}

/** Fills the encoder with the next lines; false at the end. */
export type FillEncoder = (encoder: NdjsonEncoder) => boolean;

/**
 * A byte stream over an encoder. Nothing is made before it is asked for. A reader in `byob` mode gets its own
 * buffer filled; a default reader gets a fresh chunk each time, which costs the page faults of fresh memory.
 */
export function ndjsonStreamOf(
  encoder: NdjsonEncoder,
  fill: FillEncoder,
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
      if (taken === encoder.length) {
        encoder.length = 0;
        taken = 0;
        if (!fill(encoder)) {
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
      }
      const request = controller.byobRequest;
      const { view } = request ?? {};
      if (request === null || view === null || view === undefined) {
        controller.enqueue(encoder.bytes.slice(taken));
        taken = encoder.length;
        return;
      }
      const length = Math.min(view.byteLength, encoder.length - taken);
      new Uint8Array(view.buffer, view.byteOffset, length).set(encoder.bytes.subarray(taken, taken + length));
      taken += length;
      request.respond(length);
    },
  });
}
