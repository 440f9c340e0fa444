import { fdatasyncSync, rmSync } from 'node:fs';
import { writeBase } from './base-segment.js';
import { confirmAppended, confirmBase, confirmGroup } from './confirm-write.js';
import { DurableError, logClosed } from './errors.js';
import { putAside, segmentPath } from './find-segments.js';
import { entryRefusal, FRAME_HEADER_BYTES, type LogPosition } from './frame.js';
import { logDefaults, type LogOptions } from './log-options.js';
import type { Log } from './log.js';
import { recover, type Recovery } from './recover.js';
import { ownerHash, SEGMENT_HEADER_BYTES } from './segment-header.js';
import { SegmentList } from './segment-list.js';
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
  readonly #list: SegmentList;
  /** Whoever tells where the log begins misses no earlier segment, whatever a power failure makes of the list. */
  readonly #syncsList: boolean;
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
    this.#list = new SegmentList(folder);
    const { segments, salts, last, entries, damages, torn } = recover({
      folder,
      listed: this.#list.listed,
      from: options.from,
      owner: this.#owner,
      ownerName: options.owner,
      gaps: options.gaps ?? logDefaults.gaps,
      salvage: options.onDamage === 'salvage',
      looks: false,
      visit: options.onEntry ?? (() => undefined),
      onSalvaged: options.onSalvaged ?? (() => undefined),
    });
    this.recovery = { entries, damages, torn };
    this.#sizes = segments;
    this.#syncsList = this.#syncs && options.gaps === true;
    // What is missing is said once.
    this.#list.found(salts, damages.length > 0);
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
    const refusal = this.#closed ? logClosed(this.folder) : entryRefusal(tag, payload);
    if (refusal !== undefined) {
      settle(refusal);
      release?.();
      return;
    }
    this.#waiting.push({ tag, payload, settle, release });
    this.#running ??= this.#run();
  }

  append(tag: number, payload: Uint8Array): LogPosition {
    const refusal = this.#closed ? logClosed(this.folder) : entryRefusal(tag, payload);
    if (refusal !== undefined) throw refusal;
    if (this.#running !== undefined)
      throw new DurableError(
        'INVALID_OPTION',
        'Expected a log to be written by `append` or `commit`, got both.',
      );
    const writer = this.#writer;
    // After a failed sync this continues: that an entry survives the process is all that it says.
    if (writer.broken !== undefined && writer.broken.code !== 'SYNC_FAILED') throw writer.broken;
    if (writer.end >= this.#segmentBytes) this.roll();
    const written = writer.write([{ tag, payload }]);
    confirmAppended(this.folder, writer, this.#list, this.#syncs);
    written();
    this.#unsynced = true;
    this.#resize();
    return { segment: writer.number, offset: writer.end - payload.length, length: payload.length };
  }

  async sync(): Promise<void> {
    this.check();
    await this.#sync.run();
  }

  check(): void {
    if (this.#writer.broken !== undefined) throw this.#writer.broken;
    this.#writer.look();
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
    this.#list.take([segment], this.#syncsList);
    this.#sizes.delete(segment);
    this.#bytes -= size;
    this.#readers.close(segment);
    const path = segmentPath(this.folder, segment);
    if (this.#damaged.has(segment)) putAside(path);
    else rmSync(path, { force: true });
    if (this.#sizes.size === 0) this.#list.remove();
  }

  dropBefore(segment: number): void {
    const dropped = this.segments.filter((number) => number < segment && number !== this.#writer.number);
    this.#list.take(dropped, this.#syncsList);
    for (const number of dropped) this.drop(number);
  }

  async rewrite(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    if (this.#closed) throw logClosed(this.folder);
    const running = this.#compact(true).finally(() => {
      this.#running = undefined;
      if (this.#waiting.length > 0) this.#running = this.#run();
    });
    this.#running = running;
    await running;
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
    let written: () => void;
    try {
      written = await writer.writeGroup(group);
    } catch (error) {
      return error instanceof DurableError ? error : writer.failed(error);
    }
    const error = await confirmGroup(this.folder, writer, this.#list);
    if (error !== undefined) return error;
    written();
    this.#resize();
    return undefined;
  }

  /** Replaces all segments by one that holds what they add up to, once that halves them or they are many. */
  async #compact(forced = false): Promise<void> {
    const { compact } = this.#options;
    if (compact === undefined) return;
    const bytes = this.#bytes;
    const many = this.#sizes.size > compact.segments;
    if (bytes < this.#compactAt && !many && !forced) return;
    const entries = [...compact.snapshot()];
    const size = entries.reduce((sum, [, payload]) => sum + FRAME_HEADER_BYTES + payload.length, 0);
    this.#compactAt = Math.max(compact.atBytes, 2 * size);
    if (size > bytes / 2 && !many && !forced) return;
    const number = this.#writer.number + 1;
    try {
      const path = segmentPath(this.folder, number);
      const base = await writeBase(path, number, this.#owner, this.#writer.entries, entries);
      // From here on the earlier segments do not count any more, whatever happens.
      this.#writer.goOnIn(number, base);
      this.#resize();
    } catch {
      // The old segments are complete and stay in use; room may be found when they have grown again by half.
      this.#compactAt = bytes * 1.5;
      return;
    }
    if (!(await confirmBase(this.folder, this.#writer, this.#list))) return;
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
}
