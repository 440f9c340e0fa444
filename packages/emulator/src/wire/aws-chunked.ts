import { ServiceError } from './service-error.js';

/** Bytes of a line between frames, and of the trailers together; a signature has 64, a checksum at most 88. */
const LONGEST_LINE = 1_024;
const LONGEST_TRAILER = 8 * 1024;

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** What is called back for the parts of a framed body. */
export interface FrameReader {
  /** A frame begins; `signature` is that of the frame, if it has one. */
  readonly begins: (signature: string | undefined) => void;
  /** Bytes of the frame. */
  readonly bytes: (chunk: Buffer) => void;
  /** The frame is complete; throws if its signature does not match. */
  readonly ends: () => void;
  /** A trailer; its name is in lower case. */
  readonly trailer: (name: string, value: string) => void;
}

/**
 * Decodes a body in `aws-chunked` frames as it comes: each frame is its size in hexadecimal, perhaps a signature, and its
 * bytes; one of no bytes and the trailers end it. Source: S3 API reference, "Signature calculations: transferring payload in
 * multiple chunks", read 2026-11.
 */
export async function* decodeFrames(
  source: AsyncIterable<Buffer>,
  reader: FrameReader,
): AsyncGenerator<Buffer> {
  const decoder = new Decoder(reader);
  for await (const chunk of source) yield* decoder.push(chunk);
  decoder.finish();
}

type Place = 'head' | 'bytes' | 'gap' | 'trailer';

class Decoder {
  readonly #reader: FrameReader;
  #place: Place = 'head';
  /** Bytes of the frame that are still to come. */
  #left = 0;
  #line: number[] = [];
  #trailerBytes = 0;

  constructor(reader: FrameReader) {
    this.#reader = reader;
  }

  *push(chunk: Buffer): Iterable<Buffer> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#place !== 'bytes') {
        const byte = chunk[at] ?? 0;
        at += 1;
        if (byte === LINE_FEED) this.#takeLine();
        else this.#line.push(byte);
        if (this.#line.length > LONGEST_LINE) throw incomplete();
        continue;
      }
      const piece = chunk.subarray(at, at + this.#left);
      at += piece.length;
      this.#left -= piece.length;
      this.#reader.bytes(piece);
      yield piece;
      if (this.#left > 0) continue;
      this.#reader.ends();
      this.#place = 'gap';
    }
  }

  finish(): void {
    // Some senders leave out the empty line behind the last trailer.
    if (this.#place === 'trailer' && this.#line.length > 0) this.#takeLine();
    if (this.#place !== 'trailer') throw incomplete();
  }

  #takeLine(): void {
    if (this.#line.at(-1) === CARRIAGE_RETURN) this.#line.pop();
    const line = Buffer.from(this.#line).toString('latin1');
    this.#line = [];
    switch (this.#place) {
      case 'head':
        this.#begin(line);
        return;
      case 'gap':
        if (line !== '') throw incomplete();
        this.#place = 'head';
        return;
      case 'trailer':
        this.#takeTrailer(line);
        return;
      case 'bytes':
        // Bytes are not read as lines.
        throw incomplete();
    }
  }

  #begin(line: string): void {
    const [, size = '', signature] =
      /^([0-9a-fA-F]{1,13})(?:;chunk-signature=([0-9a-f]{64}))?\s*$/.exec(line) ?? [];
    if (size === '') throw incomplete();
    this.#left = Number.parseInt(size, 16);
    this.#reader.begins(signature);
    this.#place = 'bytes';
    if (this.#left > 0) return;
    this.#reader.ends();
    this.#place = 'trailer';
  }

  #takeTrailer(line: string): void {
    // With its line feed, so that empty lines have an end too.
    this.#trailerBytes += line.length + 1;
    if (this.#trailerBytes > LONGEST_TRAILER) throw incomplete();
    // An empty line may also be before the trailer's signature.
    if (line === '') return;
    const colon = line.indexOf(':');
    if (colon < 1) throw incomplete();
    this.#reader.trailer(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
}

/** The error for a body that ends too early, or whose frames cannot be read. */
export function incomplete(): ServiceError {
  return new ServiceError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    400,
  );
}
