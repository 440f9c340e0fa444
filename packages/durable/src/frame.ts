import { crc32 } from 'node:zlib';
import { DurableError } from './errors.js';

/**
 * Entries are in a segment as frames; all numbers are little-endian.
 *
 * ```text
 * frame:  "SLF2" | length u32 | tag u32, bit 31: first of its group | sum of the frame before u32 |
 *         entries before it u32 | crc32 of these 20 bytes, seeded by the segment's salt u32 |
 *         sum u32: crc32 of the payload, seeded by the one before | payload
 * mark:   "SLE2" and the rest of a frame without payload: behind the last group, overwritten by the next
 * ```
 *
 * Each frame names the sum of the one before it (the first one, the checksum of the header, which names the end of
 * the segment before): an entry or a file that is missing, doubled or of another log shows, and the count says how
 * many. A frame can still be checked alone, so that reading continues behind a damaged one. The length has a
 * checksum of its own, so that a length that a bit flip made too large is not taken for the end of a write
 * that was cut short. A file that ends without its mark was cut, or its last write never ended.
 *
 * The first format has magic bytes of its own, no count, no salt and no mark; it is read only.
 */
export interface FrameForm {
  /** Bytes of a frame before its payload. */
  readonly bytes: number;
  readonly magic: Buffer;
  /** Undefined in the first format. */
  readonly mark: Buffer | undefined;
  readonly salt: number;
}

/** Bytes of a frame before its payload, as it is written today; a mark is as long. */
export const FRAME_HEADER_BYTES = 28;
const STARTS_GROUP = 0x8000_0000;
const MOST_PAYLOAD_BYTES = 0xffff_ffff;
const MAGIC = Buffer.from('SLF2');
const MARK = Buffer.from('SLE2');
const FIRST_MAGIC = Buffer.from('SLF1');

/** How frames are written in a segment of either format. */
export const frameForms: {
  readonly first: () => FrameForm;
  readonly current: (salt: number) => FrameForm;
} = {
  first: () => ({ bytes: 24, magic: FIRST_MAGIC, mark: undefined, salt: 0 }),
  current: (salt) => ({ bytes: FRAME_HEADER_BYTES, magic: MAGIC, mark: MARK, salt }),
};

/** Returns why an entry fits into no frame; undefined if it does. */
export function entryRefusal(tag: number, { length }: Uint8Array): DurableError | undefined {
  if (Number.isInteger(tag) && tag >= 0 && tag < STARTS_GROUP && length <= MOST_PAYLOAD_BYTES)
    return undefined;
  const message = `Expected \`tag\` to be 0 to ${STARTS_GROUP - 1} and a payload of at most ${MOST_PAYLOAD_BYTES} bytes, got ${tag} and ${length} bytes.`;
  return new DurableError('INVALID_OPTION', message);
}

/** What a frame follows. */
export interface FrameChain {
  readonly salt: number;
  /** Sum of the frame before. */
  readonly sum: number;
  /** Entries before it. */
  readonly entries: number;
}

/** Writes what is before a payload. */
export function encodeFrameHeader(
  tag: number,
  payload: Uint8Array,
  chain: FrameChain,
  startsGroup: boolean,
): Buffer {
  return encode(MAGIC, startsGroup ? tag + STARTS_GROUP : tag, payload, chain);
}

/** Writes the mark that is behind the last group. */
export function encodeMark(chain: FrameChain): Buffer {
  return encode(MARK, 0, NOTHING, chain);
}

const NOTHING = Buffer.alloc(0);

function encode(magic: Buffer, word: number, payload: Uint8Array, chain: FrameChain): Buffer {
  const header = Buffer.allocUnsafe(FRAME_HEADER_BYTES);
  magic.copy(header);
  header.writeUInt32LE(payload.length, 4);
  header.writeUInt32LE(word, 8);
  header.writeUInt32LE(chain.sum, 12);
  header.writeUInt32LE(chain.entries % 2 ** 32, 16);
  const sum = crc32(header.subarray(0, 20), chain.salt);
  header.writeUInt32LE(sum, 20);
  header.writeUInt32LE(payloadSum(payload, sum), 24);
  return header;
}

/** Node's `crc32` forgets its seed over an empty buffer that has no memory behind it. */
const payloadSum = (payload: Uint8Array, seed: number): number =>
  payload.length === 0 ? seed : crc32(payload, seed);

/** The sum that the next frame's chain continues with. */
export function sumOf(frameHeader: Buffer): number {
  return frameHeader.readUInt32LE(frameHeader.length - 4);
}

/** A whole frame in the bytes of a segment. */
export interface Frame {
  readonly tag: number;
  readonly startsGroup: boolean;
  readonly previous: number;
  /** Entries before it, as 32 bits; undefined in the first format. */
  readonly entries: number | undefined;
  readonly sum: number;
  /** Where its payload begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Reads the frame at `at`; undefined unless all of it is there and fits its checksums. */
export function frameAt(form: FrameForm, bytes: Buffer, at: number): Frame | undefined {
  return wholeAt(form, form.magic, bytes, at);
}

/** Reads the mark at `at`; undefined unless it is complete. */
export function markAt(form: FrameForm, bytes: Buffer, at: number): Frame | undefined {
  const mark = form.mark === undefined ? undefined : wholeAt(form, form.mark, bytes, at);
  return mark === undefined || mark.end > mark.start ? undefined : mark;
}

function wholeAt(form: FrameForm, magic: Buffer, bytes: Buffer, at: number): Frame | undefined {
  const start = at + form.bytes;
  if (!isHeader(form, magic, bytes, at)) return undefined;
  const end = start + bytes.readUInt32LE(at + 4);
  if (end > bytes.length) return undefined;
  const sum = bytes.readUInt32LE(start - 4);
  if (payloadSum(bytes.subarray(start, end), bytes.readUInt32LE(start - 8)) !== sum) return undefined;
  const word = bytes.readUInt32LE(at + 8);
  return {
    tag: word % STARTS_GROUP,
    startsGroup: word >= STARTS_GROUP,
    previous: bytes.readUInt32LE(at + 12),
    entries: form.mark === undefined ? undefined : bytes.readUInt32LE(at + 16),
    sum,
    start,
    end,
  };
}

/** What a sound header of a frame says whose payload is not sound, or not all there. */
export interface FrameClaim {
  readonly tag: number;
  readonly previous: number;
  readonly start: number;
  /** Where it would end. */
  readonly end: number;
}

/** Reads the header of a frame at `at`; undefined unless it fits its checksum. */
export function claimAt(form: FrameForm, bytes: Buffer, at: number): FrameClaim | undefined {
  if (!isHeader(form, form.magic, bytes, at)) return undefined;
  const start = at + form.bytes;
  return {
    tag: bytes.readUInt32LE(at + 8) % STARTS_GROUP,
    previous: bytes.readUInt32LE(at + 12),
    start,
    end: start + bytes.readUInt32LE(at + 4),
  };
}

/**
 * Where the next whole frame begins behind the broken one at `at`, or the mark at the end of the bytes. What a sound
 * header claims as its payload is passed over: a payload may hold anything, frames included.
 */
export function nextFrame(form: FrameForm, bytes: Buffer, at: number): number | undefined {
  const end = Math.min(claimAt(form, bytes, at)?.end ?? at + 1, bytes.length);
  for (let next = bytes.indexOf(form.magic, end); next !== -1; next = bytes.indexOf(form.magic, next + 1)) {
    if (frameAt(form, bytes, next) !== undefined) return next;
  }
  const mark = bytes.length - form.bytes;
  return mark >= end && markAt(form, bytes, mark) !== undefined ? mark : undefined;
}

const isHeader = (form: FrameForm, magic: Buffer, bytes: Buffer, at: number): boolean =>
  at + form.bytes <= bytes.length &&
  bytes.compare(magic, 0, 4, at, at + 4) === 0 &&
  crc32(bytes.subarray(at, at + form.bytes - 8), form.salt) === bytes.readUInt32LE(at + form.bytes - 8);

/** Where an entry's payload lies; a later entry compares greater. */
export interface LogPosition {
  /** Number of the segment. */
  readonly segment: number;
  /** Where the payload begins in its file, in bytes from 0. */
  readonly offset: number;
  /** Length of the payload, bytes. */
  readonly length: number;
}

/** An entry as its reader gets it. */
export interface LogEntry {
  /** The number that it was appended with. */
  readonly tag: number;
  /** Valid until the reader returns. */
  readonly payload: Buffer;
  /** Where the entry is in the log. */
  readonly position: LogPosition;
}
