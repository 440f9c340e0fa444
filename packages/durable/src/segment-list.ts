import {
  closeSync,
  constants,
  fdatasyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { hasCode } from './errors.js';

const NAMES = ['segments-0', 'segments-1'] as const;
const HEADER_BYTES = 12;
/** Some ten thousand segments; a file that says that it is larger is none. */
const MOST_BYTES = 1024 * 1024;

/** The segments that hold something, and the salt of each. */
export type ListedSegments = ReadonlyMap<number, number>;

/**
 * Which segments a log has, beside them in two files that are written in turn: a crash, or damage, leaves one of them
 * whole. Without the list nobody would miss the newest file, or one of a log whose segments go in any order; and a
 * segment with a damaged header could not be read, since its frames are checked with the salt.
 *
 * A segment is listed before anything in it is acknowledged, and not before its file is on disk; it is off the list
 * before its file goes. A list that is missing is no damage: what it says is beside it.
 */
export class SegmentList {
  readonly #folder: string;
  #count: number;
  /** What was on the list when the log was opened. */
  readonly listed: ListedSegments;
  #segments: ListedSegments = new Map<number, number>();
  /** The list says what it should. */
  #written = true;

  constructor(folder: string) {
    this.#folder = folder;
    const [first, second] = NAMES.map((name) => readList(join(folder, name)));
    const newest = (second?.count ?? 0) > (first?.count ?? 0) ? second : first;
    this.#count = newest?.count ?? 0;
    this.listed = newest?.segments ?? new Map<number, number>();
  }

  /** Is a segment on the list? */
  has(segment: number): boolean {
    return this.#written && this.#segments.has(segment);
  }

  /** Continues with the segments that were found; writes them down if the list says otherwise. */
  found(segments: ListedSegments, write: boolean): void {
    if (write) this.#write(segments, true);
    this.#segments = segments;
  }

  /** Adds a segment; `synced` brings the list to disk, too. */
  add(segment: number, salt: number, synced: boolean): void {
    this.#write(new Map([...this.#segments, [segment, salt]]), synced);
  }

  /** Takes segments off that are about to be removed. */
  take(segments: readonly number[], synced: boolean): void {
    const kept = new Map([...this.#segments].filter(([number]) => !segments.includes(number)));
    if (kept.size === this.#segments.size) return;
    try {
      this.#write(kept, synced);
    } catch (error) {
      if (!hasCode(error, 'ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE')) throw error;
      // No list is better than one that names a file too many; it comes back with the next entry.
      this.remove();
      this.#segments = kept;
    }
  }

  /** Removes the list of a log without segments: the older file first, which may name some. */
  remove(): void {
    rmSync(this.#path(this.#count + 1), { force: true });
    rmSync(this.#path(this.#count), { force: true });
    this.#written = false;
  }

  #write(segments: ListedSegments, synced: boolean): void {
    const text = Buffer.from(JSON.stringify([...segments]));
    const bytes = Buffer.concat([Buffer.alloc(HEADER_BYTES), text]);
    bytes.writeUInt32LE(text.length, 4);
    bytes.writeUInt32LE(this.#count + 1, 8);
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    const descriptor = openSync(this.#path(this.#count + 1), constants.O_CREAT | constants.O_RDWR);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
      if (synced) fdatasyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    this.#count += 1;
    this.#segments = segments;
    this.#written = true;
  }

  #path(count: number): string {
    return join(this.#folder, NAMES[count % 2 === 0 ? 0 : 1]);
  }
}

function readList(path: string): { readonly count: number; readonly segments: ListedSegments } | undefined {
  let bytes: Buffer;
  try {
    if (statSync(path).size > MOST_BYTES) return undefined;
    bytes = readFileSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  if (bytes.length < HEADER_BYTES) return undefined;
  // A shorter list may have been written over a longer one.
  const end = HEADER_BYTES + bytes.readUInt32LE(4);
  if (end > bytes.length || crc32(bytes.subarray(4, end)) !== bytes.readUInt32LE(0)) return undefined;
  // The checksum says that this is what `write` made.
  const segments = new Map(JSON.parse(bytes.toString('utf8', HEADER_BYTES, end)) as [number, number][]);
  return { count: bytes.readUInt32LE(8), segments };
}
