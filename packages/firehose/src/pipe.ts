import { eventTooLargeError } from './errors.js';
import type { PipeOptions } from './options.js';
import type { FirehoseProducer } from './producer.js';

const LINE_FEED = 10;

/** Puts one thing; says whether there is room for more, and tells what was refused if somebody listens. */
function putter<T>(put: (item: T) => boolean, onReject: PipeOptions['onReject']) {
  const count = { taken: 0, index: 0 };
  const one = (item: T): boolean => {
    try {
      const roomy = put(item);
      count.taken++;
      return roomy;
    } catch (error) {
      if (onReject === undefined) throw error;
      onReject(error, count.index);
      return true;
    } finally {
      count.index++;
    }
  };
  return { count, one };
}

/** Puts everything from `source`, at the pace of the producer; returns how many were taken. */
export async function pipeEvents<T>(
  producer: Pick<FirehoseProducer<T>, 'put' | 'drained'>,
  source: AsyncIterable<T> | Iterable<T>,
  { signal, onReject }: PipeOptions = {},
): Promise<number> {
  const { count, one } = putter<T>((event) => producer.put(event), onReject);
  if (Symbol.asyncIterator in source) {
    for await (const event of source) {
      if (signal?.aborted === true) break;
      if (!one(event)) await producer.drained();
    }
    return count.taken;
  }
  for (const event of source) {
    if (signal?.aborted === true) break;
    if (!one(event)) await producer.drained();
  }
  return count.taken;
}

/** A Web stream over a producer; closing the stream flushes the producer, and leaves it open. */
export function writableInto<T>(
  producer: Pick<FirehoseProducer<T>, 'put' | 'drained' | 'flush'>,
): WritableStream<T> {
  return new WritableStream<T>({
    async write(event) {
      if (!producer.put(event)) await producer.drained();
    },
    async close() {
      await producer.flush();
    },
  });
}

/** Where lines go: those that need no decision many at a time, the others one by one. */
interface LineSink extends Pick<FirehoseProducer<never>, 'putEncoded' | 'drained'> {
  putLines(bytes: Buffer, from: number): { readonly taken: number; readonly end: number };
  /** Largest line that is taken, with its line feed. */
  readonly maxEventBytes: number;
}

/**
 * Puts every line of chunks of newline-delimited JSON; a line may begin in one chunk and end in another. The
 * chunks may be reused: their bytes are copied. Of a line that is too long nothing is kept, so that a source without
 * line feeds needs no more memory than any other.
 */
export async function pipeLines(
  producer: LineSink,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { signal, onReject }: PipeOptions = {},
): Promise<number> {
  const { maxEventBytes } = producer;
  /** Bytes of the input before the line at hand. */
  let lineAt = 0;
  const { count, one } = putter<Uint8Array | number>((line) => {
    const length = typeof line === 'number' ? line : line.length;
    // Of a line that came in pieces and is too long there is only the length.
    if (typeof line === 'number' || length > maxEventBytes) {
      throw eventTooLargeError(length, maxEventBytes, lineAt);
    }
    return producer.putEncoded(line);
  }, onReject);
  const begun = new BegunLine(maxEventBytes);
  let chunkAt = 0;
  for await (const chunk of chunks) {
    if (signal?.aborted === true) break;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (;;) {
      if (begun.length === 0) {
        const { taken, end } = producer.putLines(bytes, from);
        count.taken += taken;
        count.index += taken;
        from = end;
      }
      lineAt = chunkAt + from - begun.length;
      const end = bytes.indexOf(LINE_FEED, from) + 1;
      if (end === 0) break;
      const piece = bytes.subarray(from, end);
      const line = begun.length === 0 ? piece : begun.endWith(piece);
      from = end;
      // An empty line is no event.
      if ((typeof line === 'number' || line.length > 1) && !one(line)) await producer.drained();
    }
    begun.add(bytes.subarray(from));
    // Whoever takes no rejects need not read an endless line to its end.
    if (begun.length > maxEventBytes && onReject === undefined) one(begun.length);
    chunkAt += bytes.length;
  }
  // Of a source that was stopped in the middle, the rest is half a line, and no event.
  if (begun.length > 0 && signal?.aborted !== true && !one(begun.endWith(LINE_END))) await producer.drained();
  return count.taken;
}

const LINE_END = Buffer.of(LINE_FEED);

/** The beginning of a line whose end has not come yet. */
class BegunLine {
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];
  /** Bytes that have come, kept or not. */
  length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Copies a piece, for as long as the line may still be an event. */
  add(piece: Buffer): void {
    this.length += piece.length;
    if (this.length > this.#maxBytes) this.#pieces = [];
    else if (piece.length > 0) this.#pieces.push(Buffer.from(piece));
  }

  /** The whole line, or only its length if it is too long; the next one begins. */
  endWith(piece: Buffer): Buffer | number {
    const length = this.length + piece.length;
    const line = length > this.#maxBytes ? length : Buffer.concat([...this.#pieces, piece], length);
    this.#pieces = [];
    this.length = 0;
    return line;
  }
}
