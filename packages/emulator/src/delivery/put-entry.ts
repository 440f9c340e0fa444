/**
 * Payload of a `put` entry: arrival (float64, ms), count (uint32), lengths (uint32 each), the records' bytes
 * end to end. One entry holds one call, since one call is acknowledged as a whole.
 */
const ARRIVAL_BYTES = 8;
const COUNT_BYTES = 4;
const LENGTH_BYTES = 4;

/** Text that is made at a time of base64 on its way into bytes: small, so that it is gone with the next scavenge. */
const BASE64_CHUNK = 32 * 1024;

/** A `put` entry opened for reading. */
export interface PutEntry {
  readonly arrivalAt: number;
  readonly count: number;
  /** Where the first record's bytes begin in the payload. */
  readonly dataStart: number;
  /** Calls `visit` with the place of each record's bytes in the payload. */
  forEach(visit: (start: number, end: number, index: number) => void): void;
}

/** Bytes of the payload of a `put` entry. */
export function putEntryBytes(count: number, dataBytes: number): number {
  return ARRIVAL_BYTES + COUNT_BYTES + count * LENGTH_BYTES + dataBytes;
}

/** Writes records, given as base64 text, into a payload, decoding straight to their place. */
export class PutEntryWriter {
  readonly #payload: Buffer;
  readonly #dataStart: number;
  #count = 0;
  #end: number;

  /** @param payload - of {@link putEntryBytes} at least */
  constructor(payload: Buffer, arrivalAt: number, count: number) {
    this.#dataStart = ARRIVAL_BYTES + COUNT_BYTES + count * LENGTH_BYTES;
    this.#payload = payload;
    this.#payload.writeDoubleLE(arrivalAt, 0);
    this.#payload.writeUInt32LE(count, ARRIVAL_BYTES);
    this.#end = this.#dataStart;
  }

  /** Adds one record; returns its size, which is short of what the text promises when that is no base64. */
  addBase64(text: string): number {
    return this.#place(this.#payload.write(text, this.#end, 'base64'));
  }

  /** Adds one record from the bytes of its base64 text, `source[start, end)`; returns its size, as above. */
  addBase64Of(source: Buffer, start: number, end: number): number {
    let size = 0;
    for (let from = start; from < end; from += BASE64_CHUNK) {
      const text = source.toString('latin1', from, Math.min(end, from + BASE64_CHUNK));
      size += this.#payload.write(text, this.#end + size, 'base64');
    }
    return this.#place(size);
  }

  /** The payload, cut to what was added. */
  finish(): Buffer {
    return this.#payload.subarray(0, this.#end);
  }

  #place(bytes: number): number {
    this.#payload.writeUInt32LE(bytes, ARRIVAL_BYTES + COUNT_BYTES + this.#count * LENGTH_BYTES);
    this.#count += 1;
    this.#end += bytes;
    return bytes;
  }
}

/** How many records the payload of a `put` entry has. */
export function putEntryCount(payload: Buffer): number {
  return payload.readUInt32LE(ARRIVAL_BYTES);
}

/** Do the lengths in these bytes add up, as they do in the payload of a `put` entry? */
export function isPutEntry(payload: Buffer): boolean {
  const lengths = ARRIVAL_BYTES + COUNT_BYTES;
  if (payload.length < lengths) return false;
  const count = payload.readUInt32LE(ARRIVAL_BYTES);
  let bytes = lengths + count * LENGTH_BYTES;
  for (let index = 0; index < count && bytes <= payload.length; index += 1) {
    bytes += payload.readUInt32LE(lengths + index * LENGTH_BYTES);
  }
  return bytes === payload.length;
}

/** Opens the payload of a `put` entry. */
export function readPutEntry(payload: Buffer): PutEntry {
  const count = payload.readUInt32LE(ARRIVAL_BYTES);
  return {
    arrivalAt: payload.readDoubleLE(0),
    count,
    dataStart: ARRIVAL_BYTES + COUNT_BYTES + count * LENGTH_BYTES,
    forEach(visit) {
      const lengths = ARRIVAL_BYTES + COUNT_BYTES;
      let start = lengths + count * LENGTH_BYTES;
      for (let index = 0; index < count; index += 1) {
        const end = start + payload.readUInt32LE(lengths + index * LENGTH_BYTES);
        visit(start, end, index);
        start = end;
      }
    },
  };
}
