import { crc32 } from 'node:zlib';

/**
 * One entry of the log on disk: payload length, CRC-32 of kind and payload, kind, payload. A torn or foreign
 * tail shows as a length or a sum that does not fit, and ends the log.
 */
const HEADER_BYTES = 9;

/** What an entry is about; the numbers are on disk and never change their meaning. */
export const entryKinds = { put: 1, seal: 2, delivered: 3, schema: 4, transformed: 5 } as const;

/** Number of an entry kind as it stands on disk. */
export type EntryKind = (typeof entryKinds)[keyof typeof entryKinds];

/** An entry read back. */
export interface LogEntry {
  readonly kind: number;
  /** Lent: valid until the reader goes on. */
  readonly payload: Buffer;
}

/** Bytes that an entry of `payloadBytes` takes in a segment. */
export function frameBytes(payloadBytes: number): number {
  return HEADER_BYTES + payloadBytes;
}

/** Makes the header that stands before `payload` in a segment. */
export function frameHeader(kind: EntryKind, payload: Uint8Array): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32LE(payload.length, 0);
  header.writeUInt8(kind, 8);
  header.writeUInt32LE(crc32(payload, crc32(header.subarray(8, 9))), 4);
  return header;
}

/**
 * Reads the entry at `offset` of a segment's bytes.
 *
 * @returns the entry and where the next one starts, or `undefined` where the intact part of the log ends.
 */
export function readFrame(
  segment: Buffer,
  offset: number,
): { readonly entry: LogEntry; readonly next: number } | undefined {
  const start = offset + HEADER_BYTES;
  if (start > segment.length) return undefined;
  const next = start + segment.readUInt32LE(offset);
  if (next > segment.length) return undefined;
  const sum = crc32(segment.subarray(offset + 8, next));
  if (sum !== segment.readUInt32LE(offset + 4)) return undefined;
  return {
    entry: { kind: segment.readUInt8(offset + 8), payload: segment.subarray(start, next) },
    next,
  };
}
