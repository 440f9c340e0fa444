import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writev,
  writevSync,
} from 'node:fs';
import { writeBase } from './base-segment.js';
import { DurableError } from './errors.js';
import {
  encodeFrameHeader,
  encodeSegmentHeader,
  FRAME_HEADER_BYTES,
  ownerHash,
  SEGMENT_HEADER_BYTES,
  sumOf,
  type SegmentEnd,
} from './frame.js';
import { checkLogOptions, logDefaults, type LogOptions } from './log-options.js';
import { putAside, recover, segmentPath, type LogPosition, type Recovery } from './recover.js';
import { syncData, syncFolder, syncFolderSync } from './replace-file.js';

/**
 * An append-only log in a folder: entries are a number and bytes, kept in segment files one after another. Write it
 * in one of two ways: `commit` (or `enqueue`) for entries that are told of when they are on disk, many of them for
 * one sync; or `append` and `sync`, where the caller decides what to wait for.
 */
export interface Log extends AsyncDisposable {
  readonly folder: string;
  /** What was found when it was opened. */
  readonly recovery: Recovery;
  /** Segment that the next entry goes to, at the earliest. */
  readonly segment: number;
  /** Numbers of the segments that are there, oldest first. */
  readonly segments: readonly number[];
  /** Bytes of all segments. */
  readonly bytes: number;
  /** Bytes of one segment; 0 when there is none of this number. */
  bytesOf(segment: number): number;
  /** Adds an entry; resolves once it is on disk. Whatever arrives while others are written shares their sync. */
  commit(tag: number, payload: Uint8Array): Promise<void>;
  /**
   * Adds an entry as `commit` does, for those who add many: `settle` is called, in the log's order, as soon as it is
   * on disk or cannot be; `release` once nobody reads the payload any more.
   */
  enqueue(tag: number, payload: Buffer, settle: (error?: DurableError) => void, release?: () => void): void;
  /** Writes an entry at once and returns its place: it survives the end of this process, and a power failure after `sync`. */
  append(tag: number, payload: Uint8Array): LogPosition;
  /** Resolves once everything appended so far survives a power failure; many callers share one sync. */
  sync(): Promise<void>;
  /** Copies the payload at a place into `into`, from its byte `at` on. */
  read(position: LogPosition, into: Buffer, at: number): void;
  /** Ends the current segment: the next entry begins another one. */
  roll(): void;
  /** Removes one segment; one that holds damage keeps its bytes under another name. */
  drop(segment: number): void;
  /** Removes all segments before this one. */
  dropBefore(segment: number): void;
  /** Takes no more entries, finishes what is under way and lets go of the files. */
  close(): Promise<void>;
}

/**
 * Opens the log in a folder, handing each entry that is there to `onEntry`, in order; the folder is made if it is
 * missing. What a crash cut short at the very end is left out, and `recovery.torn` says how much that was. Anything
 * else that is not as it was written is damage, which is refused.
 *
 * @throws {@link DurableError} `LOG_DAMAGED` with path and offset, `LOG_FORMAT`, `LOG_OWNER` or `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { openLog } from '@store/durable';
 *
 * const seen: string[] = [];
 * const log = openLog('data/orders', { onEntry: ({ payload }) => seen.push(payload.toString()) });
 * await log.commit(1, Buffer.from('an order'));
 * await log.close();
 * ```
 */
export function openLog(folder: string, options: LogOptions = {}): Log {
  checkLogOptions(options);
  mkdirSync(folder, { recursive: true });
  return new FileLog(folder, options);
}

interface Waiting {
  readonly tag: number;
  readonly payload: Buffer;
  readonly settle: (error?: DurableError) => void;
  readonly release: (() => void) | undefined;
}

class FileLog implements Log {
  readonly folder: string;
  readonly recovery: Recovery;
  readonly #options: LogOptions;
  readonly #owner: Buffer;
  readonly #segmentBytes: number;
  readonly #syncs: boolean;
  /** Bytes of every segment that is there. */
  readonly #sizes: Map<number, number>;
  #bytes = 0;
  readonly #damaged: ReadonlySet<number>;
  /** End of the segment before the current one. */
  #previous: SegmentEnd;
  /** The current segment: its file is made with the first entry, and `#end` is 0 until its header is in it. */
  #segment: number;
  #descriptor: number | undefined;
  #end = 0;
  #sum = 0;
  /** Entries were appended that no sync has begun to bring to disk. */
  #unsynced = false;
  /** Open for reading. */
  readonly #readers = new Map<number, number>();
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  #nextSync: Promise<void> | undefined;
  /** Files that a sync under way still uses. */
  readonly #toClose: number[] = [];
  #compactAt: number;
  /** Why nothing can be written any more: after a failed sync the kernel may have dropped what it did not write. */
  #broken: DurableError | undefined;
  #closed = false;

  constructor(folder: string, options: LogOptions) {
    this.folder = folder;
    this.#options = options;
    this.#owner = ownerHash(options.owner);
    this.#segmentBytes = options.segmentBytes ?? logDefaults.segmentBytes;
    this.#syncs = (options.durability ?? logDefaults.durability) === 'disk';
    this.#compactAt = options.compact?.atBytes ?? Infinity;
    const { segments, last, entries, damages, torn } = recover({
      folder,
      from: options.from,
      owner: this.#owner,
      ownerName: options.owner,
      gaps: options.gaps ?? logDefaults.gaps,
      salvage: options.onDamage === 'salvage',
      visit: options.onEntry ?? (() => undefined),
    });
    this.recovery = { entries, damages, torn };
    if (torn !== undefined) truncateSync(torn.path, torn.offset);
    this.#sizes = segments;
    if (torn !== undefined) segments.set(last.number, torn.offset);
    for (const size of segments.values()) this.#bytes += size;
    this.#damaged = new Set(damages.map(({ segment }) => segment));
    this.#previous = last;
    this.#segment = Math.max(last.number + 1, options.from ?? 1, options.next ?? 1);
  }

  get segment(): number {
    return this.#segment;
  }

  get segments(): readonly number[] {
    return [...this.#sizes.keys()];
  }

  get bytes(): number {
    return this.#bytes;
  }

  bytesOf(segment: number): number {
    return this.#sizes.get(segment) ?? 0;
  }

  commit(tag: number, payload: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
      this.enqueue(tag, bytes, (error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
  }

  enqueue(tag: number, payload: Buffer, settle: (error?: DurableError) => void, release?: () => void): void {
    if (this.#closed) {
      settle(this.#closedError());
      release?.();
      return;
    }
    this.#waiting.push({ tag, payload, settle, release });
    this.#running ??= this.#run();
  }

  append(tag: number, payload: Uint8Array): LogPosition {
    if (this.#closed) throw this.#closedError();
    if (this.#running !== undefined)
      throw new RangeError('A log is written by `append` or by `commit`, not by both.');
    // After a failed sync this goes on: that an entry survives the process is all that it says.
    if (this.#broken !== undefined && this.#broken.code !== 'SYNC_FAILED') throw this.#broken;
    if (this.#end >= this.#segmentBytes) this.roll();
    const header = this.#end === 0 ? [this.#header()] : [];
    const sum = header[0] === undefined ? this.#sum : header[0].readUInt32LE(SEGMENT_HEADER_BYTES - 4);
    const frame = encodeFrameHeader(tag, payload, sum, true);
    let written = 0;
    try {
      this.#options.beforeWrite?.();
      const descriptor = this.#openSegment();
      let chunks: readonly Uint8Array[] = [...header, frame, payload];
      const total = byteLength(chunks);
      for (; written < total; chunks = rest(chunks, total - written)) {
        written += writevSync(descriptor, chunks, this.#end + written);
      }
      if (this.#end === 0 && this.#syncs) syncFolderSync(this.folder);
    } catch (error) {
      throw this.#notWritten(error);
    }
    this.#end += written;
    this.#sum = sumOf(frame);
    this.#unsynced = true;
    this.#resize();
    return { segment: this.#segment, offset: this.#end - payload.length, length: payload.length };
  }

  async sync(): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#syncing === undefined) return this.#startSync();
    // The call under way may have begun before the last write, so the next one counts.
    this.#nextSync ??= this.#syncing
      .catch(() => undefined)
      .then(() => {
        this.#nextSync = undefined;
        return this.#startSync();
      });
    return this.#nextSync;
  }

  read({ segment, offset, length }: LogPosition, into: Buffer, at: number): void {
    const descriptor = this.#reader(segment);
    for (let done = 0; done < length;) {
      const count = readSync(descriptor, into, at + done, length - done, offset + done);
      if (count === 0) throw new RangeError(`${this.#path(segment)} ends at ${offset + done}.`);
      done += count;
    }
  }

  roll(): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined || this.#end === 0) return;
    if (this.#syncs && this.#unsynced && this.#broken === undefined) {
      try {
        fdatasyncSync(descriptor);
      } catch (error) {
        this.#notSynced(error);
      }
    }
    this.#endSegment(descriptor);
  }

  drop(segment: number): void {
    if (segment === this.#segment) {
      const descriptor = this.#descriptor;
      if (descriptor === undefined) return;
      this.#endSegment(descriptor);
    }
    const size = this.#sizes.get(segment);
    if (size === undefined) return;
    this.#sizes.delete(segment);
    this.#bytes -= size;
    const reader = this.#readers.get(segment);
    this.#readers.delete(segment);
    if (reader !== undefined) closeSync(reader);
    if (this.#damaged.has(segment)) putAside(this.#path(segment));
    else rmSync(this.#path(segment), { force: true });
  }

  dropBefore(segment: number): void {
    for (const number of [...this.#sizes.keys()]) {
      if (number < segment && number !== this.#segment) this.drop(number);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#running !== undefined) await this.#running;
    // What failed was told to those who waited for it.
    while (this.#syncing !== undefined) await this.#syncing.catch(() => undefined);
    this.roll();
    for (const descriptor of [...this.#readers.values(), ...this.#toClose.splice(0)]) closeSync(descriptor);
    this.#readers.clear();
    if (this.#descriptor === undefined) return;
    // Made for an entry that could not be written.
    const { nlink } = fstatSync(this.#descriptor);
    closeSync(this.#descriptor);
    if (nlink > 0) rmSync(this.#path(this.#segment), { force: true });
    this.#descriptor = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(): Promise<void> {
    // Entries that arrive in the same turn of the event loop share the first sync, too.
    await new Promise(setImmediate);
    const { onCommitted, onSegmentStart } = this.#options;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const segment = this.#segment;
      let offset = Math.max(this.#end, SEGMENT_HEADER_BYTES);
      const error = await this.#writeGroup(group);
      // Every answer leaves before the first entry is worked on: who waits prepares the next call meanwhile.
      for (const { settle } of group) settle(error);
      for (const { tag, payload, release } of group) {
        const position = { segment, offset: offset + FRAME_HEADER_BYTES, length: payload.length };
        if (error === undefined) onCommitted?.({ tag, payload, position });
        offset = position.offset + payload.length;
        release?.();
      }
      if (error !== undefined) continue;
      if (this.#end >= this.#segmentBytes && this.#descriptor !== undefined) {
        this.#endSegment(this.#descriptor);
        onSegmentStart?.(this.#segment);
      }
      await this.#compact();
    }
    this.#running = undefined;
  }

  /** Writes and syncs a group of entries; returns why it could not. */
  async #writeGroup(group: readonly Waiting[]): Promise<DurableError | undefined> {
    if (this.#broken !== undefined) return this.#broken;
    const fresh = this.#end === 0;
    const header = fresh ? [this.#header()] : [];
    let sum = header[0] === undefined ? this.#sum : header[0].readUInt32LE(SEGMENT_HEADER_BYTES - 4);
    let chunks: readonly Uint8Array[] = header;
    for (const [index, { tag, payload }] of group.entries()) {
      const frame = encodeFrameHeader(tag, payload, sum, index === 0);
      sum = sumOf(frame);
      (chunks as Uint8Array[]).push(frame, payload); // not shared yet
    }
    const total = byteLength(chunks);
    try {
      this.#options.beforeWrite?.();
      const descriptor = this.#openSegment();
      for (let written = 0; written < total; chunks = rest(chunks, total - written)) {
        written += await writeAt(descriptor, chunks, this.#end + written);
      }
    } catch (error) {
      return this.#notWritten(error);
    }
    try {
      await syncData(this.#openSegment());
      if (fresh) await syncFolder(this.folder);
    } catch (error) {
      return this.#notSynced(error);
    }
    this.#end += total;
    this.#sum = sum;
    this.#resize();
    return undefined;
  }

  /** Replaces all segments by one that holds what they add up to, once that halves them or they are many. */
  async #compact(): Promise<void> {
    const { compact } = this.#options;
    if (compact === undefined) return;
    const bytes = this.bytes;
    const many = this.#sizes.size > compact.segments;
    if (bytes < this.#compactAt && !many) return;
    const entries = [...compact.snapshot()];
    const size = entries.reduce((sum, [, payload]) => sum + FRAME_HEADER_BYTES + payload.length, 0);
    this.#compactAt = Math.max(compact.atBytes, 2 * size);
    if (size > bytes / 2 && !many) return;
    try {
      const number = this.#segment + 1;
      const base = await writeBase(this.#path(number), number, this.#owner, entries);
      // From here on the earlier segments do not count any more, whatever happens.
      const old = this.#descriptor;
      this.#descriptor = base.descriptor;
      this.#segment = number;
      this.#end = base.end;
      this.#sum = base.sum;
      this.#resize();
      if (old !== undefined) closeSync(old);
    } catch {
      // The old segments are whole and stay in use; room may be found when they have grown again by half.
      this.#compactAt = bytes * 1.5;
      return;
    }
    try {
      await syncFolder(this.folder);
    } catch (error) {
      this.#notSynced(error);
      return;
    }
    this.dropBefore(this.#segment);
  }

  async #startSync(): Promise<void> {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    this.#unsynced = false;
    this.#syncing = syncData(descriptor);
    try {
      await this.#syncing;
    } catch (error) {
      throw this.#notSynced(error);
    } finally {
      this.#syncing = undefined;
      for (const old of this.#toClose.splice(0)) closeSync(old);
    }
  }

  #header(): Buffer {
    return encodeSegmentHeader(this.#segment, this.#previous, this.#owner, false);
  }

  /** The current segment's file, made if it is not there; refuses one that somebody has removed. */
  #openSegment(): number {
    this.#descriptor ??= openSync(this.#path(this.#segment), 'wx+');
    if (fstatSync(this.#descriptor).nlink === 0) {
      this.#broken = new DurableError(
        'WRITE_FAILED',
        `The log ${this.#path(this.#segment)} was removed while it was in use. Stop the program that did, and open the log again.`,
        { path: this.#path(this.#segment) },
      );
      throw this.#broken;
    }
    return this.#descriptor;
  }

  #endSegment(descriptor: number): void {
    this.#previous = { number: this.#segment, end: this.#end, sum: this.#sum };
    this.#descriptor = undefined;
    this.#segment += 1;
    this.#end = 0;
    this.#unsynced = false;
    if (this.#syncing === undefined) closeSync(descriptor);
    else this.#toClose.push(descriptor);
  }

  #resize(): void {
    this.#bytes += this.#end - this.bytesOf(this.#segment);
    this.#sizes.set(this.#segment, this.#end);
  }

  #reader(segment: number): number {
    const open = segment === this.#segment ? this.#descriptor : this.#readers.get(segment);
    if (open !== undefined) return open;
    const descriptor = openSync(this.#path(segment), 'r');
    this.#readers.set(segment, descriptor);
    return descriptor;
  }

  #path(segment: number): string {
    return segmentPath(this.folder, segment);
  }

  /** Takes what was half-written back off the file, so that the next entry finds a clean end. */
  #notWritten(cause: unknown): DurableError {
    if (cause instanceof DurableError) return cause;
    const path = this.#path(this.#segment);
    const failure = new DurableError(
      'WRITE_FAILED',
      `The log ${path} could not be written; nothing of this call was kept. Try again when the disk has room.`,
      { path, cause },
    );
    try {
      if (this.#descriptor !== undefined) ftruncateSync(this.#descriptor, this.#end);
    } catch {
      this.#broken = failure;
    }
    return failure;
  }

  #notSynced(cause: unknown): DurableError {
    const path = this.#path(this.#segment);
    this.#broken ??= new DurableError(
      'SYNC_FAILED',
      `The disk did not confirm a write to the log ${path}, so nothing that is written from here on could be trusted. Check the disk and open the log again.`,
      { path, cause },
    );
    return this.#broken;
  }

  #closedError(): DurableError {
    return new DurableError('CLOSED', `The log ${this.folder} is closed.`, { path: this.folder });
  }
}

const byteLength = (chunks: readonly Uint8Array[]): number =>
  chunks.reduce((sum, { length }) => sum + length, 0);

/** The last `bytes` of some chunks. */
function rest(chunks: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
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
