import { closeSync, fstatSync, ftruncateSync, openSync, rmSync, writev, writevSync } from 'node:fs';
import type { BaseSegment } from './base-segment.js';
import { DurableError } from './errors.js';
import {
  encodeFrameHeader,
  encodeSegmentHeader,
  SEGMENT_HEADER_BYTES,
  sumOf,
  type SegmentEnd,
} from './frame.js';
import { segmentPath } from './recover.js';
import { syncFolderSync } from './replace-file.js';

/** An entry on its way to the disk. */
export interface NewEntry {
  readonly tag: number;
  readonly payload: Uint8Array;
}

/** How often an append looks whether its file is still there, in bytes: each look costs as much as a third of a write. */
const LOOK_EVERY_BYTES = 256 * 1024;

/** A group of entries as it stands in the file. */
interface Group {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  /** Sum of its last frame. */
  readonly sum: number;
}

/** The segment that is written: its file is made with its first entry, and a call that fails leaves nothing in it. */
export class SegmentWriter {
  readonly #folder: string;
  readonly #owner: Buffer;
  readonly #beforeWrite: (() => void) | undefined;
  number: number;
  /** Bytes that hold whole entries; 0 until the header is in the file. */
  end = 0;
  /** Why nothing can be written any more: after a failed sync, say, the kernel may have dropped what it did not write. */
  broken: DurableError | undefined;
  descriptor: number | undefined;
  #sum = 0;
  /** Where the segment ended when its file was last seen to be there. */
  #seenAt = -Infinity;
  /** End of the segment before. */
  #previous: SegmentEnd;

  constructor(
    folder: string,
    owner: Buffer,
    previous: SegmentEnd,
    number: number,
    beforeWrite: (() => void) | undefined,
  ) {
    this.#folder = folder;
    this.#owner = owner;
    this.#previous = previous;
    this.number = number;
    this.#beforeWrite = beforeWrite;
  }

  get path(): string {
    return segmentPath(this.#folder, this.number);
  }

  /** Writes entries before it returns. */
  write(entries: readonly NewEntry[]): void {
    const group = this.#group(entries);
    try {
      const descriptor = this.#open(this.#seenAt + LOOK_EVERY_BYTES);
      for (let at = 0, { chunks } = group; at < group.bytes; chunks = lastBytes(chunks, group.bytes - at)) {
        at += writevSync(descriptor, chunks, this.end + at);
      }
    } catch (error) {
      throw this.#notWritten(error);
    }
    this.#written(group);
  }

  /** Writes entries and returns what takes them for written: called once they are synced, too. */
  async writeGroup(entries: readonly NewEntry[]): Promise<() => void> {
    const group = this.#group(entries);
    try {
      const descriptor = this.#open(this.end);
      for (let at = 0, { chunks } = group; at < group.bytes; chunks = lastBytes(chunks, group.bytes - at)) {
        at += await writeAt(descriptor, chunks, this.end + at);
      }
    } catch (error) {
      throw this.#notWritten(error);
    }
    return () => {
      this.#written(group);
    };
  }

  /** Ends the segment; returns its file, which the caller closes. */
  finish(): number | undefined {
    const { descriptor } = this;
    this.#previous = { number: this.number, end: this.end, sum: this.#sum };
    this.descriptor = undefined;
    this.number += 1;
    this.end = 0;
    this.#seenAt = -Infinity;
    return descriptor;
  }

  /** Goes on in a segment that somebody else has begun. */
  goOnIn(number: number, { descriptor, end, sum }: BaseSegment): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.number = number;
    this.descriptor = descriptor;
    this.end = end;
    this.#seenAt = end;
    this.#sum = sum;
  }

  /** Lets go of a file that was made for an entry that could not be written. */
  close(): void {
    if (this.descriptor === undefined) return;
    const { nlink } = fstatSync(this.descriptor);
    closeSync(this.descriptor);
    if (nlink > 0 && this.end === 0) rmSync(this.path, { force: true });
    this.descriptor = undefined;
  }

  /** Brings the name of a new segment to disk, before it returns. */
  syncName(): void {
    try {
      syncFolderSync(this.#folder);
    } catch (error) {
      this.notSynced(error);
    }
  }

  /** Nothing is trusted after this. */
  notSynced(cause: unknown): DurableError {
    const { path } = this;
    this.broken ??= new DurableError(
      'SYNC_FAILED',
      `The disk did not confirm a write to the log ${path}, so nothing that is written from here on could be trusted. Check the disk and open the log again.`,
      { path, cause },
    );
    return this.broken;
  }

  /** Nothing more is taken: what a function of the owner's did with the entries so far is not known. */
  failed(cause: unknown): DurableError {
    const { path } = this;
    if (this.broken !== undefined) return this.broken;
    this.broken = new DurableError(
      'CALLBACK_FAILED',
      `A function that the log ${path} calls threw, so that the log takes no more entries. What was committed is on disk: fix the function and open the log again.`,
      { path, cause },
    );
    // Perhaps no other entry comes to be refused.
    process.emitWarning(this.broken);
    return this.broken;
  }

  #group(entries: readonly NewEntry[]): Group {
    const chunks: Uint8Array[] = [];
    let sum = this.#sum;
    if (this.end === 0) {
      const header = encodeSegmentHeader(this.number, this.#previous, this.#owner, false);
      chunks.push(header);
      sum = header.readUInt32LE(SEGMENT_HEADER_BYTES - 4);
    }
    for (const [index, { tag, payload }] of entries.entries()) {
      const frame = encodeFrameHeader(tag, payload, sum, index === 0);
      sum = sumOf(frame);
      chunks.push(frame, payload);
    }
    return { chunks, bytes: chunks.reduce((bytes, { length }) => bytes + length, 0), sum };
  }

  #written({ bytes, sum }: Group): void {
    this.end += bytes;
    this.#sum = sum;
  }

  /** The file, made if it is not there; refuses one that somebody has removed, as seen from `lookAt` on. */
  #open(lookAt: number): number {
    this.#beforeWrite?.();
    this.descriptor ??= openSync(this.path, 'wx+');
    if (this.end < lookAt) return this.descriptor;
    this.#seenAt = this.end;
    if (fstatSync(this.descriptor).nlink > 0) return this.descriptor;
    this.broken = new DurableError(
      'WRITE_FAILED',
      `The log ${this.path} was removed while it was in use. Stop the program that did, and open the log again.`,
      { path: this.path },
    );
    throw this.broken;
  }

  /** Takes what was half-written back off the file, so that the next entry finds a clean end. */
  #notWritten(cause: unknown): DurableError {
    if (cause instanceof DurableError) return cause;
    const { path } = this;
    const failure = new DurableError(
      'WRITE_FAILED',
      `The log ${path} could not be written; nothing of this call was kept. Try again when the disk has room.`,
      { path, cause },
    );
    try {
      if (this.descriptor !== undefined) ftruncateSync(this.descriptor, this.end);
    } catch {
      this.broken = failure;
    }
    return failure;
  }
}

/** The last `bytes` of some chunks: what a write that took a part of them has left. */
function lastBytes(chunks: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  return bytes === 0 ? [] : [Buffer.concat(chunks).subarray(-bytes)];
}

function writeAt(descriptor: number, chunks: readonly Uint8Array[], position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    writev(descriptor, chunks, position, (error, written) => {
      if (error === null) resolve(written);
      else reject(error);
    });
  });
}
