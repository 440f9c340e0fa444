import type { FirehoseProducer } from './producer.js';

/** How a source is read. */
export interface PipeOptions {
  /** Stops reading; what was read is still delivered. */
  readonly signal?: AbortSignal;
  /** Takes an event or line that cannot be sent, such as one too large; without it the pipe ends with the error. */
  readonly onReject?: (error: unknown, index: number) => void;
}

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

/** Where lines go: those that need no decision many at a time, the others one by one. */
interface LineSink extends Pick<FirehoseProducer<never>, 'putEncoded' | 'drained'> {
  putLines(bytes: Buffer, from: number): { readonly taken: number; readonly end: number };
}

/**
 * Puts every line of chunks of newline-delimited JSON; a line may begin in one chunk and end in another. The
 * chunks may be lent: their bytes are copied.
 */
export async function pipeLines(
  producer: LineSink,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { signal, onReject }: PipeOptions = {},
): Promise<number> {
  const { count, one } = putter<Uint8Array>((line) => producer.putEncoded(line), onReject);
  let rest: Buffer | undefined;
  for await (const chunk of chunks) {
    if (signal?.aborted === true) break;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (;;) {
      if (rest === undefined) {
        const { taken, end } = producer.putLines(bytes, from);
        count.taken += taken;
        count.index += taken;
        from = end;
      }
      const end = bytes.indexOf(LINE_FEED, from);
      if (end === -1) break;
      const piece = bytes.subarray(from, end + 1);
      const line = rest === undefined ? piece : Buffer.concat([rest, piece]);
      rest = undefined;
      from = end + 1;
      // An empty line is no event.
      if (line.length > 1 && !one(line)) await producer.drained();
    }
    if (from < bytes.length) {
      const tail = bytes.subarray(from);
      rest = rest === undefined ? Buffer.from(tail) : Buffer.concat([rest, tail]);
    }
  }
  // Of a source that was stopped in the middle, the rest is half a line, and no event.
  if (rest !== undefined && signal?.aborted !== true && !one(rest)) await producer.drained();
  return count.taken;
}
