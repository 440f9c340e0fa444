import { closeSync, fdatasyncSync, openSync, readSync, rmSync, truncateSync } from 'node:fs';
import { writeBase } from './base-segment.js';
import { DurableError } from './errors.js';
import { entryRefusal, FRAME_HEADER_BYTES, ownerHash, SEGMENT_HEADER_BYTES } from './frame.js';
import { logDefaults, type LogOptions } from './log-options.js';
import type { Log } from './log.js';
import { putAside, recover, segmentPath, type LogPosition, type Recovery } from './recover.js';
import { syncData, syncFolder } from './replace-file.js';
import { SegmentWriter } from './segment-writer.js';
import { SharedSync } from './shared-sync.js';

interface Waiting {
  readonly tag: number;
  readonly payload: Buffer;
  readonly settle: (error?: DurableError) => void;
  readonly release: (() => void) | undefined;
}

/** A log in the files of a folder. */
export class FileLog implements Log {
  readonly folder: string;
  readonly recovery: Recovery;
  readonly #options: LogOptions;
  readonly #owner: Buffer;
  readonly #segmentBytes: number;
  readonly #syncs: boolean;
  readonly #writer: SegmentWriter;
  /** Bytes of every segment that is there. */
  readonly #sizes: Map<number, number>;
  #bytes = 0;
  readonly #damaged: ReadonlySet<number>;
  /** Segments open for reading. */
  readonly #readers = new Map<number, number>();
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  /** Entries were appended that no sync has begun to bring to disk. */
  #unsynced = false;
  readonly #sync: SharedSync;
  #compactAt: number;
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
    if (torn !== undefined) {
      truncateSync(torn.path, torn.offset);
      segments.set(last.number, torn.offset);
    }
    this.#sizes = segments;
    for (const size of segments.values()) this.#bytes += size;
    this.#damaged = new Set(damages.map(({ segment }) => segment));
    const number = Math.max(last.number + 1, options.from ?? 1, options.next ?? 1);
    const writer = new SegmentWriter(folder, this.#owner, last, number, options.beforeWrite);
    this.#writer = writer;
    this.#sync = new SharedSync(
      () => {
        this.#unsynced = false;
        return writer.descriptor;
      },
      (cause) => writer.notSynced(cause),
    );
  }

  get segment(): number {
    return this.#writer.number;
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
    const refusal = this.#closed ? this.#closedError() : entryRefusal(tag, payload);
    if (refusal !== undefined) {
      settle(refusal);
      release?.();
      return;
    }
    this.#waiting.push({ tag, payload, settle, release });
    this.#running ??= this.#run();
  }

  append(tag: number, payload: Uint8Array): LogPosition {
    const refusal = this.#closed ? this.#closedError() : entryRefusal(tag, payload);
    if (refusal !== undefined) throw refusal;
    if (this.#running !== undefined)
      throw new RangeError('A log is written by `append` or `commit`, not by both.');
    const writer = this.#writer;
    // After a failed sync this goes on: that an entry survives the process is all that it says.
    if (writer.broken !== undefined && writer.broken.code !== 'SYNC_FAILED') throw writer.broken;
    if (writer.end >= this.#segmentBytes) this.roll();
    const fresh = writer.end === 0;
    writer.write([{ tag, payload }]);
    this.#unsynced = true;
    this.#resize();
    if (fresh && this.#syncs) this.#writer.syncName();
    return { segment: writer.number, offset: writer.end - payload.length, length: payload.length };
  }

  async sync(): Promise<void> {
    if (this.#writer.broken !== undefined) throw this.#writer.broken;
    await this.#sync.run();
  }

  read({ segment, offset, length }: LogPosition, into: Buffer, at: number): void {
    const descriptor = this.#reader(segment);
    for (let done = 0; done < length;) {
      const count = readSync(descriptor, into, at + done, length - done, offset + done);
      if (count === 0) throw new RangeError(`${segmentPath(this.folder, segment)} ends at ${offset + done}.`);
      done += count;
    }
  }

  roll(): void {
    const { descriptor, end, broken } = this.#writer;
    if (descriptor === undefined || end === 0) return;
    if (this.#syncs && this.#unsynced && broken === undefined) {
      try {
        fdatasyncSync(descriptor);
      } catch (error) {
        this.#writer.notSynced(error);
      }
    }
    this.#endSegment();
  }

  drop(segment: number): void {
    const size = this.#sizes.get(segment);
    if (size === undefined) return;
    if (segment === this.#writer.number) this.#endSegment();
    this.#sizes.delete(segment);
    this.#bytes -= size;
    const reader = this.#readers.get(segment);
    this.#readers.delete(segment);
    if (reader !== undefined) closeSync(reader);
    const path = segmentPath(this.folder, segment);
    if (this.#damaged.has(segment)) putAside(path);
    else rmSync(path, { force: true });
  }

  dropBefore(segment: number): void {
    for (const number of this.segments) {
      if (number < segment && number !== this.#writer.number) this.drop(number);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    while (this.#running !== undefined) await this.#running;
    await this.#sync.idle();
    this.roll();
    this.#writer.close();
    for (const descriptor of this.#readers.values()) closeSync(descriptor);
    this.#readers.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(): Promise<void> {
    // Entries that arrive in the same turn of the event loop share the first sync, too.
    await new Promise(setImmediate);
    const { onCommitted, onSegmentStart } = this.#options;
    const writer = this.#writer;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const segment = writer.number;
      let offset = Math.max(writer.end, SEGMENT_HEADER_BYTES);
      const error = await this.#commitGroup(group);
      // Every answer leaves before the first entry is worked on: who waits prepares the next call meanwhile.
      for (const { settle } of group) settle(error);
      for (const { tag, payload, release } of group) {
        const position = { segment, offset: offset + FRAME_HEADER_BYTES, length: payload.length };
        if (error === undefined) onCommitted?.({ tag, payload, position });
        offset = position.offset + payload.length;
        release?.();
      }
      if (error !== undefined) continue;
      if (writer.end >= this.#segmentBytes) {
        this.#endSegment();
        onSegmentStart?.(writer.number);
      }
      await this.#compact();
    }
    this.#running = undefined;
  }

  /** Writes and syncs a group of entries; returns why it could not. */
  async #commitGroup(group: readonly Waiting[]): Promise<DurableError | undefined> {
    const writer = this.#writer;
    if (writer.broken !== undefined) return writer.broken;
    const fresh = writer.end === 0;
    let written: () => void;
    try {
      written = await writer.writeGroup(group);
    } catch (error) {
      if (error instanceof DurableError) return error;
      throw error;
    }
    try {
      await syncData(writer.descriptor ?? -1);
      if (fresh) await syncFolder(this.folder);
    } catch (error) {
      return writer.notSynced(error);
    }
    written();
    this.#resize();
    return undefined;
  }

  /** Replaces all segments by one that holds what they add up to, once that halves them or they are many. */
  async #compact(): Promise<void> {
    const { compact } = this.#options;
    if (compact === undefined) return;
    const bytes = this.#bytes;
    const many = this.#sizes.size > compact.segments;
    if (bytes < this.#compactAt && !many) return;
    const entries = [...compact.snapshot()];
    const size = entries.reduce((sum, [, payload]) => sum + FRAME_HEADER_BYTES + payload.length, 0);
    this.#compactAt = Math.max(compact.atBytes, 2 * size);
    if (size > bytes / 2 && !many) return;
    const number = this.#writer.number + 1;
    try {
      const base = await writeBase(segmentPath(this.folder, number), number, this.#owner, entries);
      // From here on the earlier segments do not count any more, whatever happens.
      this.#writer.goOnIn(number, base);
      this.#resize();
    } catch {
      // The old segments are whole and stay in use; room may be found when they have grown again by half.
      this.#compactAt = bytes * 1.5;
      return;
    }
    try {
      await syncFolder(this.folder);
    } catch (error) {
      this.#writer.notSynced(error);
      return;
    }
    this.dropBefore(number);
  }

  #endSegment(): void {
    const descriptor = this.#writer.finish();
    this.#unsynced = false;
    if (descriptor !== undefined) this.#sync.close(descriptor);
  }

  #resize(): void {
    const { number, end } = this.#writer;
    this.#bytes += end - this.bytesOf(number);
    this.#sizes.set(number, end);
  }

  #reader(segment: number): number {
    const open = segment === this.#writer.number ? this.#writer.descriptor : this.#readers.get(segment);
    if (open !== undefined) return open;
    const descriptor = openSync(segmentPath(this.folder, segment), 'r');
    this.#readers.set(segment, descriptor);
    return descriptor;
  }

  #closedError(): DurableError {
    return new DurableError('CLOSED', `The log ${this.folder} is closed.`, { path: this.folder });
  }
}
