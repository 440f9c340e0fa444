import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { DurableError } from './errors.js';

/**
 * A segment file is a header, then frames; all numbers are little-endian.
 *
 * ```text
 * header: "STORELOG" | format u16 | flags u16 | number u32 | previous number u32 | previous end u48 | 0 u16 |
 *         previous sum u32 | owner, 24 bytes of SHA-256 | 0 u32 | crc32 of all this u32
 * frame:  "SLF1" | length u32 | tag u32, bit 31: first of its group | sum of the frame before u32 |
 *         crc32 of these 16 bytes u32 | sum u32: crc32 of the payload, seeded by the one before | payload
 * ```
 *
 * Each frame names the sum of the one before it (the first one, the checksum of the header, which names the end of
 * the segment before): an entry or a file that is missing, doubled or of another log shows. A frame can still be
 * checked alone, so that reading goes on behind a damaged one. The length has a checksum of its own, so that a
 * length that a bit flip made too large is not taken for the end of a write that was cut short.
 */
export const SEGMENT_HEADER_BYTES = 64;
/** Bytes of a frame before its payload. */
export const FRAME_HEADER_BYTES = 24;
const FORMAT = 1;
const BASE = 1;
const STARTS_GROUP = 0x8000_0000;
const MOST_PAYLOAD_BYTES = 0xffff_ffff;
const SEGMENT_MAGIC = Buffer.from('STORELOG');
const FRAME_MAGIC = Buffer.from('SLF1');
const OWNER_BYTES = 24;

/** Where a segment ends: what the next one's header names. */
export interface SegmentEnd {
  readonly number: number;
  readonly end: number;
  readonly sum: number;
}

/** What stands before the first segment. */
export const noSegment: SegmentEnd = { number: 0, end: 0, sum: 0 };

/** What the header of a segment says. */
export interface SegmentHeader {
  readonly number: number;
  /** It begins with everything that the segments before it added up to. */
  readonly base: boolean;
  readonly previous: SegmentEnd;
  readonly owner: Buffer;
  /** Checksum of the header: what the first frame's chain begins with. */
  readonly sum: number;
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
  base: boolean,
): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes);
  bytes.writeUInt16LE(FORMAT, 8);
  bytes.writeUInt16LE(base ? BASE : 0, 10);
  bytes.writeUInt32LE(number, 12);
  bytes.writeUInt32LE(previous.number, 16);
  bytes.writeUIntLE(previous.end, 20, 6);
  bytes.writeUInt32LE(previous.sum, 28);
  owner.copy(bytes, 32);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 60)), 60);
  return bytes;
}

/** Reads the header of a segment: `foreign` if it is another kind of file or of a later format, or `damaged`. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | 'foreign' | 'damaged' {
  const sum = bytes.length < SEGMENT_HEADER_BYTES ? undefined : bytes.readUInt32LE(60);
  if (sum === undefined || crc32(bytes.subarray(0, 60)) !== sum) {
    const same = SEGMENT_MAGIC.filter((byte, index) => bytes[index] === byte).length;
    return same < SEGMENT_MAGIC.length / 2 && !isZero(bytes) ? 'foreign' : 'damaged';
  }
  if (!bytes.subarray(0, 8).equals(SEGMENT_MAGIC) || bytes.readUInt16LE(8) !== FORMAT) return 'foreign';
  return {
    number: bytes.readUInt32LE(12),
    base: (bytes.readUInt16LE(10) & BASE) !== 0,
    previous: {
      number: bytes.readUInt32LE(16),
      end: bytes.readUIntLE(20, 6),
      sum: bytes.readUInt32LE(28),
    },
    owner: bytes.subarray(32, 32 + OWNER_BYTES),
    sum,
  };
}

/** Could these bytes be the beginning of a header that was never finished? */
export function isTornHeader(bytes: Buffer): boolean {
  if (isZero(bytes)) return true;
  const magic = bytes.subarray(0, SEGMENT_MAGIC.length);
  return bytes.length < SEGMENT_HEADER_BYTES && magic.equals(SEGMENT_MAGIC.subarray(0, magic.length));
}

/** Returns why an entry fits into no frame; undefined if it does. */
export function entryRefusal(tag: number, { length }: Uint8Array): DurableError | undefined {
  if (Number.isInteger(tag) && tag >= 0 && tag < STARTS_GROUP && length <= MOST_PAYLOAD_BYTES)
    return undefined;
  const message = `Expected \`tag\` to be 0 to ${STARTS_GROUP - 1} and a payload of at most ${MOST_PAYLOAD_BYTES} bytes, got ${tag} and ${length} bytes.`;
  return new DurableError('INVALID_OPTION', message);
}

/** Writes what stands before a payload; `previous` is the sum of the frame before. */
export function encodeFrameHeader(
  tag: number,
  payload: Uint8Array,
  previous: number,
  startsGroup: boolean,
): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  FRAME_MAGIC.copy(header);
  header.writeUInt32LE(payload.length, 4);
  header.writeUInt32LE(startsGroup ? tag + STARTS_GROUP : tag, 8);
  header.writeUInt32LE(previous, 12);
  const sum = crc32(header.subarray(0, 16));
  header.writeUInt32LE(sum, 16);
  header.writeUInt32LE(payloadSum(payload, sum), 20);
  return header;
}

/** Node's `crc32` forgets its seed over an empty buffer that has no memory behind it. */
const payloadSum = (payload: Uint8Array, seed: number): number =>
  payload.length === 0 ? seed : crc32(payload, seed);

/** The sum that the next frame's chain goes on with. */
export function sumOf(frameHeader: Buffer): number {
  return frameHeader.readUInt32LE(20);
}

/** A whole frame in the bytes of a segment. */
export interface Frame {
  readonly tag: number;
  readonly startsGroup: boolean;
  readonly previous: number;
  readonly sum: number;
  /** Where its payload begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Reads the frame at `at`; undefined unless all of it is there and fits its checksums. */
export function frameAt(bytes: Buffer, at: number): Frame | undefined {
  const start = at + FRAME_HEADER_BYTES;
  if (start > bytes.length || !isHeader(bytes, at)) return undefined;
  const end = start + bytes.readUInt32LE(at + 4);
  if (end > bytes.length) return undefined;
  const sum = bytes.readUInt32LE(at + 20);
  if (payloadSum(bytes.subarray(start, end), bytes.readUInt32LE(at + 16)) !== sum) return undefined;
  const word = bytes.readUInt32LE(at + 8);
  return {
    tag: word % STARTS_GROUP,
    startsGroup: word >= STARTS_GROUP,
    previous: bytes.readUInt32LE(at + 12),
    sum,
    start,
    end,
  };
}

/**
 * Where the next whole frame begins behind the broken one at `at`. What a sound header claims as its payload is
 * passed over: a payload may hold anything, frames included.
 */
export function nextFrame(bytes: Buffer, at: number): number | undefined {
  const end = at + FRAME_HEADER_BYTES <= bytes.length && isHeader(bytes, at) ? endOf(bytes, at) : at + 1;
  for (let next = bytes.indexOf(FRAME_MAGIC, end); next !== -1; next = bytes.indexOf(FRAME_MAGIC, next + 1)) {
    if (frameAt(bytes, next) !== undefined) return next;
  }
  return undefined;
}

const endOf = (bytes: Buffer, at: number): number => at + FRAME_HEADER_BYTES + bytes.readUInt32LE(at + 4);

const isHeader = (bytes: Buffer, at: number): boolean =>
  bytes.compare(FRAME_MAGIC, 0, 4, at, at + 4) === 0 &&
  crc32(bytes.subarray(at, at + 16)) === bytes.readUInt32LE(at + 16);

const SECTOR_BYTES = 512;
/** Shorter runs of zeros at a sector's border are in ordinary entries, too. */
const ZEROS_BYTES = 64;

/**
 * Are the bytes from `at` on a write that never ended? Its beginning is sound and its end is missing; or a sector of
 * it was never written, which a file system leaves as zeros after a power failure. Frames of the same group may
 * stand behind it, since sectors reach the disk in any order; one of a later group says that this one was synced.
 */
export function isTorn(bytes: Buffer, at: number, sum: number): boolean {
  if (isCutShort(bytes, at, sum)) return true;
  const next = nextFrame(bytes, at);
  for (let later = next; later !== undefined;) {
    const frame = frameAt(bytes, later);
    if (frame?.startsGroup === true) return false;
    later = frame === undefined || frame.end === bytes.length ? undefined : followingFrame(bytes, frame.end);
  }
  return hasUnwrittenSector(bytes, at, next ?? bytes.length);
}

const followingFrame = (bytes: Buffer, at: number): number | undefined =>
  frameAt(bytes, at) === undefined ? nextFrame(bytes, at) : at;

function isCutShort(bytes: Buffer, at: number, sum: number): boolean {
  const rest = bytes.length - at;
  if (rest >= FRAME_HEADER_BYTES) {
    return isHeader(bytes, at) && bytes.readUInt32LE(at + 12) === sum && endOf(bytes, at) > bytes.length;
  }
  const magic = bytes.subarray(at, at + Math.min(rest, FRAME_MAGIC.length));
  return magic.equals(FRAME_MAGIC.subarray(0, magic.length));
}

function hasUnwrittenSector(bytes: Buffer, from: number, to: number): boolean {
  if (isZero(bytes.subarray(from))) return true;
  for (let at = from; at < to;) {
    const end = Math.min(to, at - (at % SECTOR_BYTES) + SECTOR_BYTES);
    if (end - at >= ZEROS_BYTES && isZero(bytes.subarray(at, end))) return true;
    at = end;
  }
  return false;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Are all bytes zero? */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
