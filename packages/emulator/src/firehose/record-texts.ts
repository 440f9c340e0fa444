import type { PutEntryWriter } from '../delivery/put-entry.js';
import type { ScannedBatch } from './scan-batch.js';

/** The records of a request, wherever their base64 text is. */
export interface RecordTexts {
  readonly count: number;
  /** Bytes that a record has once it is decoded. */
  sizeOf(index: number): number;
  /** Decodes a record into the entry; answers how many bytes that gave. */
  write(index: number, writer: PutEntryWriter): number;
}

/** Records as JSON.parse gives them. */
export function parsedTexts(records: readonly { readonly Data: string }[]): RecordTexts {
  const text = (index: number): string => records[index]?.Data ?? '';
  return {
    count: records.length,
    sizeOf: (index) => Buffer.byteLength(text(index), 'base64'),
    write: (index, writer) => writer.addBase64(text(index)),
  };
}

/** Records that lie in the request's body. */
export function scannedTexts({ body, places }: ScannedBatch): RecordTexts {
  const start = (index: number): number => places[2 * index] ?? 0;
  const end = (index: number): number => places[2 * index + 1] ?? 0;
  return {
    count: places.length / 2,
    sizeOf: (index) => decodedBytes(body, start(index), end(index)),
    write: (index, writer) => writer.addBase64Of(body, start(index), end(index)),
  };
}

const PADDING = 0x3d;

function decodedBytes(bytes: Buffer, start: number, end: number): number {
  let digits = end - start;
  if (digits > 0 && bytes[end - 1] === PADDING) digits -= 1;
  if (digits > 0 && bytes[end - 2] === PADDING) digits -= 1;
  return (digits * 3) >>> 2;
}
