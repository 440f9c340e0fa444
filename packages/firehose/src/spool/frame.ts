import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * A segment file: a header, then frames, each one record's text. A frame's header names its length and the
 * checksum of everything after itself, so a torn or damaged frame is seen, and the next whole one is found.
 *
 * ```text
 * segment: "FHSPOOL1" | first 24 bytes of SHA-256(delivery stream name) | frame | frame | …
 * frame:   "FHR1" | length u32 | crc32 u32 | events u32 | text
 * ```
 */
export const SEGMENT_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 16;
const SEGMENT_MAGIC = Buffer.from('FHSPOOL1');
const FRAME_MAGIC = Buffer.from('FHR1');

/** Where one record's text lies in a segment. */
export interface Frame {
  readonly offset: number;
  readonly length: number;
  readonly events: number;
}

/** A stretch of a segment that holds no whole frame. */
export interface Damage {
  readonly offset: number;
  readonly length: number;
}

/** What a segment holds. */
export interface SegmentScan {
  readonly frames: readonly Frame[];
  /** Between whole frames, or in the last one if all its bytes are there: something has changed the file. */
  readonly damages: readonly Damage[];
  /** Bytes at the end that a killed process was still writing. */
  readonly tornBytes: number;
}

/** The first bytes of a segment. */
export function segmentHeader(deliveryStreamName: string): Buffer {
  const stream = createHash('sha256').update(deliveryStreamName).digest();
  return Buffer.concat([SEGMENT_MAGIC, stream], SEGMENT_HEADER_BYTES);
}

/** What stands before a record's text. */
export function frameHeader(text: Buffer, events: number): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES);
  FRAME_MAGIC.copy(header);
  header.writeUInt32LE(text.length, 4);
  header.writeUInt32LE(events, 12);
  header.writeUInt32LE(checksum(header, text), 8);
  return header;
}

function checksum(header: Buffer, text: Buffer): number {
  return crc32(text, crc32(header.subarray(12, 16)));
}

/** Reads a segment's frames; the caller has checked the segment's header. */
export function scanSegment(bytes: Buffer): SegmentScan {
  const frames: Frame[] = [];
  const damages: Damage[] = [];
  let at = SEGMENT_HEADER_BYTES;
  while (at < bytes.length) {
    const frame = frameAt(bytes, at);
    if (frame !== undefined) {
      frames.push(frame);
      at = frame.offset + frame.length;
      continue;
    }
    const next = nextFrame(bytes, at + 1);
    if (next === undefined && isTorn(bytes, at)) return { frames, damages, tornBytes: bytes.length - at };
    const end = next ?? bytes.length;
    damages.push({ offset: at, length: end - at });
    at = end;
  }
  return { frames, damages, tornBytes: 0 };
}

/** Could the bytes from `at` on be the beginning of a frame that was never finished? */
function isTorn(bytes: Buffer, at: number): boolean {
  const magic = bytes.subarray(at, at + FRAME_MAGIC.length);
  if (!magic.equals(FRAME_MAGIC.subarray(0, magic.length))) return false;
  if (bytes.length - at < FRAME_HEADER_BYTES) return true;
  return at + FRAME_HEADER_BYTES + bytes.readUInt32LE(at + 4) > bytes.length;
}

function frameAt(bytes: Buffer, at: number): Frame | undefined {
  const offset = at + FRAME_HEADER_BYTES;
  if (offset > bytes.length || !bytes.subarray(at, at + 4).equals(FRAME_MAGIC)) return undefined;
  const length = bytes.readUInt32LE(at + 4);
  if (offset + length > bytes.length) return undefined;
  const header = bytes.subarray(at, offset);
  const text = bytes.subarray(offset, offset + length);
  if (checksum(header, text) !== bytes.readUInt32LE(at + 8)) return undefined;
  return { offset, length, events: bytes.readUInt32LE(at + 12) };
}

function nextFrame(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(FRAME_MAGIC, from); at !== -1; at = bytes.indexOf(FRAME_MAGIC, at + 1)) {
    if (frameAt(bytes, at) !== undefined) return at;
  }
  return undefined;
}
