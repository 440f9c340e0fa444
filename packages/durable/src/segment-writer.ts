import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  rmSync,
  writeSync,
  writev,
  writevSync,
} from 'node:fs';
import type { BaseSegment } from './base-segment.js';
import { DurableError, hasCode } from './errors.js';
import { segmentPath } from './find-segments.js';
import { encodeFrameHeader, encodeMark, sumOf } from './frame.js';
import { isSyncFailure } from './replace-file.js';
import { encodeSegmentHeader, headerSum, type SegmentEnd } from './segment-header.js';

/** An entry on its way to the disk. */
export interface NewEntry {
  readonly tag: number;
  readonly payload: Uint8Array;
}

/** How often an append looks whether its file is still there, in bytes: each look costs as much as a third of a write. */
const LOOK_EVERY_BYTES = 256 * 1024;

/** A group of entries as it is in the file. */
interface Group {
  readonly chunks: readonly Uint8Array[];
  /** Bytes of all of them. */
  readonly bytes: number;
  /** The same without the mark at the end, which the next group overwrites. */
  readonly kept: number;
  /** Sum of its last frame. */
  readonly sum: number;
  readonly entries: number;
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
  /** Seeds the checksums of this segment's frames. */
  salt: number = newSalt();
  #sum = 0;
  #entries: number;
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
    this.#entries = previous.entries;
    this.number = number;
    this.#beforeWrite = beforeWrite;
  }

  /** Entries of this segment and all before it. */
  get entries(): number {
    return this.#entries;
  }

  get path(): string {
    return segmentPath(this.#folder, this.number);
  }

  /** Writes entries before it returns; what it returns takes them for written. */
  write(entries: readonly NewEntry[]): () => void {
    const group = this.#group(entries);
    try {
      const descriptor = this.#open(this.#seenAt + LOOK_EVERY_BYTES);
      for (let at = 0, { chunks } = group; at < group.bytes; chunks = lastBytes(chunks, group.bytes - at)) {
        at += writevSync(descriptor, chunks, this.end + at);
      }
    } catch (error) {
      throw this.#notWritten(error);
    }
    return () => {
      this.#written(group);
    };
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
    this.#previous = { number: this.number, end: this.end, sum: this.#sum, entries: this.#entries };
    this.descriptor = undefined;
    this.number += 1;
    this.salt = newSalt();
    this.end = 0;
    this.#seenAt = -Infinity;
    return descriptor;
  }

  /** Continues in a segment that somebody else has begun. */
  goOnIn(number: number, { descriptor, end, sum, entries, salt }: BaseSegment): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.number = number;
    this.salt = salt;
    this.#entries = entries;
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

  /** The error of entries that are in the file, and that the disk or the folder did not take for good. */
  notConfirmed(cause: unknown): DurableError {
    // The system had no descriptor for the folder, say: nothing of what was written is in doubt, and it is taken back.
    return hasCode(cause, 'EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'EDQUOT') && !isSyncFailure(cause)
      ? this.#notWritten(cause)
      : this.notSynced(cause);
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

  #group(added: readonly NewEntry[]): Group {
    const { salt } = this;
    const chunks: Uint8Array[] = [];
    let sum = this.#sum;
    if (this.end === 0) {
      const header = encodeSegmentHeader(this.number, this.#previous, this.#owner, { base: false, salt });
      chunks.push(header);
      sum = headerSum(header);
    }
    let entries = this.#entries;
    for (const [index, { tag, payload }] of added.entries()) {
      const frame = encodeFrameHeader(tag, payload, { salt, sum, entries }, index === 0);
      sum = sumOf(frame);
      entries += 1;
      chunks.push(frame, payload);
    }
    const kept = chunks.reduce((bytes, { length }) => bytes + length, 0);
    const mark = encodeMark({ salt, sum, entries });
    return { chunks: [...chunks, mark], bytes: kept + mark.length, kept, sum, entries };
  }

  #written({ kept, sum, entries }: Group): void {
    this.end += kept;
    this.#sum = sum;
    this.#entries = entries;
  }

  /** The file, made if it is not there; refuses one that somebody has removed, as seen from `lookAt` on. */
  #open(lookAt: number): number {
    this.#beforeWrite?.();
    this.descriptor ??= openSync(this.path, 'wx+');
    if (this.end >= lookAt) this.look(this.descriptor);
    return this.descriptor;
  }

  /** Throws if somebody has removed the file that is written, and from then on: what goes into it is gone. */
  look(descriptor: number | undefined = this.descriptor): void {
    this.#seenAt = this.end;
    if (descriptor === undefined || fstatSync(descriptor).nlink > 0) return;
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
      if (this.descriptor !== undefined) this.#restoreEnd(this.descriptor);
    } catch {
      this.broken = failure;
    }
    return failure;
  }

  /** The mark behind the last group may be overwritten: it comes back to where it was, in room that the file has. */
  #restoreEnd(descriptor: number): void {
    ftruncateSync(descriptor, this.end);
    if (this.end === 0) return;
    const mark = encodeMark({ salt: this.salt, sum: this.#sum, entries: this.#entries });
    try {
      writeSync(descriptor, mark, 0, mark.length, this.end);
    } catch {
      // The next group writes its own. Without it the next start says that a write never ended, which is so.
      ftruncateSync(descriptor, this.end);
    }
  }
}

const newSalt = (): number => randomBytes(4).readUInt32LE();

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
