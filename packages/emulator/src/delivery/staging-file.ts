import { closeSync, createReadStream, openSync, truncateSync, writeSync } from 'node:fs';
import { rm, readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { isSyncFailure, syncFile } from '@store/durable';
import { isGone } from '../lake/lake-files.js';

const FIRST_CHUNK_BYTES = 4 * 1024;
const CHUNK_BYTES = 64 * 1024;
/** More than this is not kept in memory on behalf of readers. */
const HELD_BYTES = 1024 * 1024;
const LINE_FEED = 0x0a;

/** A file of the staging area and how much of it counts. */
export interface StagedPart {
  readonly path: string;
  readonly bytes: number;
  /** CRC-32 of these bytes; absent in checkpoints of earlier releases. */
  readonly sum?: number;
}

interface OpenPart {
  readonly path: string;
  bytes: number;
  /** Undefined where an earlier release did not say: then it never comes to be known. */
  sum: number | undefined;
  synced: number;
}

/**
 * Records that wait for delivery in one buffer: appended in memory, written out in chunks, read by queries and by
 * delivery. It can be made again from the log, so it is synced only for checkpoints. While somebody reads,
 * nothing is added to the files that he reads: a half-written last line would fail his query.
 */
export class StagingFile {
  readonly #basePath: string;
  readonly #beforeWrite: () => void;
  #parts: OpenPart[];
  #descriptor: number | undefined;
  #chunk: Buffer = Buffer.allocUnsafe(0);
  #used = 0;
  #readers = 0;
  /** Parts below this index belong to readers. */
  #frozen = 0;
  #removeWhenUnread = false;
  #gone = false;
  /** Number of the next part's file. */
  #nextPart: number;
  #trouble: Error | undefined;
  #notSynced: Error | undefined;

  /** @param beforeWrite - throws what a full disk would */
  constructor(basePath: string, beforeWrite: () => void, parts: readonly StagedPart[] = []) {
    this.#basePath = basePath;
    this.#beforeWrite = beforeWrite;
    this.#parts = parts.map(({ path, bytes, sum }) => ({ path, bytes, sum, synced: bytes }));
    this.#nextPart = parts.length;
  }

  /** Cuts off what earlier processes wrote behind what counts. */
  restore(): void {
    for (const { path, bytes } of this.#parts) truncateSync(path, bytes);
  }

  /** Continues without a part that is damaged or not there; what follows goes to files of their own. */
  leaveOut(path: string, isThere: boolean): void {
    this.#parts = this.#parts.filter((part) => part.path !== path);
    this.#gone ||= !isThere;
  }

  /** A file of a checkpoint is not there, which a finished delivery explains. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Why bytes could not be written out, while that lasts; asking tries again. */
  get trouble(): Error | undefined {
    if (this.#trouble !== undefined) this.#tryFlush();
    return this.#trouble;
  }

  /** Adds `source[start, end)` and, where `line` is set, a line feed. */
  append(source: Buffer, start: number, end: number, line: boolean): void {
    const from = start + (end - start > CHUNK_BYTES ? this.#writeThrough(source, start, end) : 0);
    const need = end - from + 1;
    if (this.#used + need > this.#chunk.length) this.#makeRoom(need);
    source.copy(this.#chunk, this.#used, from, end);
    this.#used += need;
    if (line) this.#chunk[this.#used - 1] = LINE_FEED;
    else this.#used -= 1;
  }

  /** Writes out what is in memory. */
  flush(): void {
    if (this.#used === 0) return;
    this.#beforeWrite();
    const part = this.#writablePart();
    let written = 0;
    try {
      while (written < this.#used) {
        const descriptor = this.#descriptor ?? 0;
        written += writeSync(descriptor, this.#chunk, written, this.#used - written, part.bytes + written);
      }
    } finally {
      // What a full disk did not take stays in memory, and is written with the next attempt.
      take(part, this.#chunk, 0, written);
      this.#chunk.copy(this.#chunk, 0, written, this.#used);
      this.#used -= written;
    }
  }

  /** Written parts; what is still in memory is not among them. */
  parts(): readonly StagedPart[] {
    return this.#parts
      .filter(({ bytes }) => bytes > 0)
      .map(({ path, bytes, sum }) => ({ path, bytes, ...(sum === undefined ? {} : { sum }) }));
  }

  /** Lends the parts to a reader; they stay as they are until {@link release}. */
  lend(): readonly StagedPart[] {
    this.flush();
    this.#readers += 1;
    this.#frozen = this.#parts.length;
    return this.parts();
  }

  /** The reader is done. */
  async release(): Promise<void> {
    this.#readers -= 1;
    if (this.#readers > 0) return;
    // The last part may grow again.
    this.#frozen = Math.max(0, this.#parts.length - 1);
    if (this.#removeWhenUnread) await this.#remove();
  }

  /**
   * Makes the written parts survive a power cut. After it failed once it never succeeds: the kernel may have dropped
   * what it did not write, and the log, which no checkpoint lets go of then, has it.
   */
  async sync(): Promise<void> {
    if (this.#notSynced !== undefined) throw this.#notSynced;
    for (const part of this.#parts) {
      const { bytes } = part;
      if (part.synced === bytes || this.#removeWhenUnread) continue;
      try {
        await syncFile(part.path);
        part.synced = bytes;
      } catch (error) {
        // Delivered meanwhile: there is nothing left to make durable.
        if (isGone(error) && this.isDiscarded()) continue;
        if (error instanceof Error && isSyncFailure(error)) this.#notSynced = error;
        throw error;
      }
    }
  }

  /** No more is added. */
  seal(): void {
    this.flush();
    this.#closeDescriptor();
    this.#chunk = Buffer.allocUnsafe(0);
  }

  /** Writes everything out and lets go of the file. */
  close(): void {
    this.flush();
    this.#closeDescriptor();
  }

  /** Removes the files as soon as nobody reads them. */
  async discard(): Promise<void> {
    this.#closeDescriptor();
    this.#removeWhenUnread = true;
    if (this.#readers === 0) await this.#remove();
  }

  /** Delivered; a method, since it changes while its caller awaits. */
  isDiscarded(): boolean {
    return this.#removeWhenUnread;
  }

  async #remove(): Promise<void> {
    for (const { path } of this.#parts) await rm(path, { force: true });
    this.#parts = [];
  }

  /**
   * Writes out what is in memory and then `source[start, end)`, which is too long to be worth a copy: with hundreds
   * of buffers open, copies of whole records are hundreds of megabytes. Answers how much was written.
   */
  #writeThrough(source: Buffer, start: number, end: number): number {
    if (this.#readers > 0) return 0;
    this.#tryFlush();
    if (this.#trouble !== undefined) return 0;
    let written = 0;
    try {
      this.#beforeWrite();
      const part = this.#writablePart();
      while (start + written < end) {
        const bytes = writeSync(
          this.#descriptor ?? 0,
          source,
          start + written,
          end - start - written,
          part.bytes,
        );
        take(part, source, start + written, start + written + bytes);
        written += bytes;
      }
    } catch (error) {
      this.#trouble = error instanceof Error ? error : new Error(String(error));
    }
    return written;
  }

  #tryFlush(): void {
    try {
      this.flush();
      this.#trouble = undefined;
    } catch (error) {
      // Nothing is lost: the bytes stay in memory, the log has them, and the owner stops taking more.
      this.#trouble = error instanceof Error ? error : new Error(String(error));
    }
  }

  #makeRoom(need: number): void {
    const readersWait = this.#readers > 0 && this.#used + need <= HELD_BYTES;
    if (this.#chunk.length >= CHUNK_BYTES && !readersWait) this.#tryFlush();
    if (this.#used + need <= this.#chunk.length) return;
    const size = Math.max(FIRST_CHUNK_BYTES, this.#chunk.length * 2, this.#used + need);
    const grown = Buffer.allocUnsafeSlow(size);
    this.#chunk.copy(grown, 0, 0, this.#used);
    this.#chunk = grown;
  }

  #writablePart(): OpenPart {
    const current = this.#parts.at(-1);
    if (current !== undefined && (this.#readers === 0 || this.#parts.length > this.#frozen)) {
      this.#descriptor ??= openSync(current.path, 'r+');
      return current;
    }
    this.#closeDescriptor();
    const part: OpenPart = { path: `${this.#basePath}.${this.#nextPart}`, bytes: 0, sum: 0, synced: 0 };
    this.#nextPart += 1;
    this.#descriptor = openSync(part.path, 'w');
    this.#parts.push(part);
    return part;
  }

  #closeDescriptor(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Counts bytes that were written at the end of a part. */
function take(part: OpenPart, source: Buffer, start: number, end: number): void {
  part.bytes += end - start;
  if (part.sum !== undefined && end > start) part.sum = crc32(source.subarray(start, end), part.sum);
}

/** Reads everything that is staged in a buffer. */
export async function readStaged(staging: StagingFile): Promise<Buffer> {
  const parts = staging.lend();
  try {
    const read = await Promise.all(
      parts.map(async ({ path, bytes }) => (await readFile(path)).subarray(0, bytes)),
    );
    return Buffer.concat(read);
  } finally {
    await staging.release();
  }
}

/** The bytes of parts, one after the other. */
export async function* partBytes(parts: readonly StagedPart[]): AsyncGenerator<Buffer> {
  for (const { path, bytes } of parts) {
    if (bytes === 0) continue;
    // A file stream gives buffers unless it is told an encoding.
    for await (const chunk of createReadStream(path, { end: bytes - 1 })) yield chunk as Buffer;
  }
}
