import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { frameForms, type FrameForm } from './frame.js';
import { isZero } from './torn-write.js';

/**
 * A segment file is a header, then frames, then a mark; all numbers are little-endian.
 *
 * ```text
 * header: "STORELOG" | format u16 | flags u16 | number u32 | previous number u32 | previous end u48 | 0 u16 |
 *         previous sum u32 | owner, 24 bytes of SHA-256 | salt u32 | entries before u48 | 0, 10 bytes |
 *         crc32 of all this u32
 * ```
 *
 * It names the end of the segment before, so that a file that is missing, stale or of another log shows, and how many
 * entries are before it, so that those that are missing are counted. The salt seeds the checksum of each
 * frame: bytes that a payload brings never pass for a frame. Format 1 has neither salt nor count, and its
 * checksum stands where the salt begins plus four; it is read as it is.
 */
export const SEGMENT_HEADER_BYTES = 80;
/** Bytes of a header in the first format. */
export const FIRST_HEADER_BYTES = 64;
const FORMAT = 2;
const BASE = 1;
const MAGIC = Buffer.from('STORELOG');
const OWNER_BYTES = 24;
const SALT_AT = 56;
const ENTRIES_AT = 60;

/** Where a segment ends: what the next one's header names. */
export interface SegmentEnd {
  readonly number: number;
  readonly end: number;
  readonly sum: number;
  /** Entries of this and all earlier segments. */
  readonly entries: number;
}

/** What is before the first segment. */
export const noSegment: SegmentEnd = { number: 0, end: 0, sum: 0, entries: 0 };

/** What the header of a segment says. */
export interface SegmentHeader {
  readonly number: number;
  /** It begins with everything that the segments before it added up to. */
  readonly base: boolean;
  /** Its entries are those of {@link SegmentHeader.entries} on; undefined in the first format, which did not count. */
  readonly previous: Omit<SegmentEnd, 'entries'> & { readonly entries: number | undefined };
  readonly owner: Buffer;
  /** Checksum of the header: what the first frame's chain begins with. */
  readonly sum: number;
  /** Bytes of the header. */
  readonly bytes: number;
  /** How its frames are written. */
  readonly form: FrameForm;
}

/** The owner of a log as a header holds it. */
export function ownerHash(owner: string | undefined): Buffer {
  const hash = owner === undefined ? Buffer.alloc(0) : createHash('sha256').update(owner).digest();
  return Buffer.concat([hash], OWNER_BYTES);
}

/** Writes the header of a segment. */
export function encodeSegmentHeader(
  number: number,
  previous: SegmentEnd,
  owner: Buffer,
  { base, salt }: { readonly base: boolean; readonly salt: number },
): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt16LE(FORMAT, 8);
  bytes.writeUInt16LE(base ? BASE : 0, 10);
  bytes.writeUInt32LE(number, 12);
  bytes.writeUInt32LE(previous.number, 16);
  bytes.writeUIntLE(previous.end, 20, 6);
  bytes.writeUInt32LE(previous.sum, 28);
  owner.copy(bytes, 32);
  bytes.writeUInt32LE(salt, SALT_AT);
  bytes.writeUIntLE(previous.entries, ENTRIES_AT, 6);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, SEGMENT_HEADER_BYTES - 4)), SEGMENT_HEADER_BYTES - 4);
  return bytes;
}

/** The checksum of a header that was just written. */
export function headerSum(header: Buffer): number {
  return header.readUInt32LE(header.length - 4);
}

/** Reads the header of a segment: `foreign` if it is another kind of file or of a later format, or `damaged`. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | 'foreign' | 'damaged' {
  const first = soundTo(bytes, FIRST_HEADER_BYTES);
  const size = first ? FIRST_HEADER_BYTES : SEGMENT_HEADER_BYTES;
  if (!first && !soundTo(bytes, size)) {
    const same = MAGIC.filter((byte, index) => bytes[index] === byte).length;
    return same < MAGIC.length / 2 && !isZero(bytes) ? 'foreign' : 'damaged';
  }
  if (!bytes.subarray(0, 8).equals(MAGIC) || bytes.readUInt16LE(8) !== (first ? 1 : FORMAT)) return 'foreign';
  return {
    number: bytes.readUInt32LE(12),
    base: (bytes.readUInt16LE(10) & BASE) !== 0,
    previous: {
      number: bytes.readUInt32LE(16),
      end: bytes.readUIntLE(20, 6),
      sum: bytes.readUInt32LE(28),
      entries: first ? undefined : bytes.readUIntLE(ENTRIES_AT, 6),
    },
    owner: Buffer.from(bytes.subarray(32, 32 + OWNER_BYTES)),
    sum: headerSum(bytes.subarray(0, size)),
    bytes: size,
    form: first ? frameForms.first() : frameForms.current(bytes.readUInt32LE(SALT_AT)),
  };
}

const soundTo = (bytes: Buffer, size: number): boolean =>
  bytes.length >= size && crc32(bytes.subarray(0, size - 4)) === bytes.readUInt32LE(size - 4);

/** Could these bytes be the beginning of a header that was never finished? */
export function isTornHeader(bytes: Buffer): boolean {
  if (isZero(bytes)) return true;
  const magic = bytes.subarray(0, MAGIC.length);
  const size = bytes.length >= 10 && bytes.readUInt16LE(8) === 1 ? FIRST_HEADER_BYTES : SEGMENT_HEADER_BYTES;
  return bytes.length < size && magic.equals(MAGIC.subarray(0, magic.length));
}
