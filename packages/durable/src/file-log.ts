import { fdatasyncSync, rmSync } from 'node:fs';
import { writeBase } from './base-segment.js';
import { DurableError } from './errors.js';
import { entryRefusal, FRAME_HEADER_BYTES, ownerHash, SEGMENT_HEADER_BYTES } from './frame.js';
import { logDefaults, type LogOptions } from './log-options.js';
import type { Log } from './log.js';
import { putAside, recover, segmentPath, type LogPosition, type Recovery } from './recover.js';
import { syncData, syncFolder } from './replace-file.js';
import { SegmentReaders } from './segment-readers.js';
import { SegmentWriter } from './segment-writer.js';
import { SharedSync } from './shared-sync.js';
import { finishGroup, type Waiting } from './waiting.js';

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
  readonly #readers: SegmentReaders;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  /** Entries were appended that no sync has begun to bring to disk. */
  #unsynced = false;
  readonly #sync: SharedSync;
  #compactAt: number;
  #closed = false;

  constructor(folder: string, options: LogOptions) {
    this.folder = folder;
    this.#readers = new SegmentReaders(folder);
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
    this.#sizes = segments;
    for (const size of segments.values()) this.#bytes += size;
    const whole = torn !== undefined && torn.keptAt === torn.path ? [last.number] : [];
    this.#damaged = new Set([...damages.map(({ segment }) => segment), ...whole]);
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

  read(position: LogPosition, into: Buffer, at: number): void {
    const { number, descriptor } = this.#writer;
    this.#readers.read(position, into, at, position.segment === number ? descriptor : undefined);
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
    this.#readers.close(segment);
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
    this.#readers.closeAll();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(): Promise<void> {
    // Entries that arrive in the same turn of the event loop share the first sync, too.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#take(group);
      } catch (cause) {
        this.#writer.failed(cause);
      }
    }
    this.#running = undefined;
  }

  async #take(group: readonly Waiting[]): Promise<void> {
    const { onCommitted, onSegmentStart } = this.#options;
    const writer = this.#writer;
    const segment = writer.number;
    const offset = Math.max(writer.end, SEGMENT_HEADER_BYTES);
    const error = await this.#commitGroup(group);
    finishGroup(group, { error, segment, offset, onCommitted, failed: (cause) => writer.failed(cause) });
    if (error !== undefined || writer.broken !== undefined) return;
    if (writer.end >= this.#segmentBytes) {
      this.#endSegment();
      onSegmentStart?.(writer.number);
    }
    await this.#compact();
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
      return error instanceof DurableError ? error : writer.failed(error);
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

  #closedError(): DurableError {
    return new DurableError('CLOSED', `The log ${this.folder} is closed.`, { path: this.folder });
  }
}
