import { closeSync, fdatasync, fdatasyncSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock } from '@store/foundation';
import { FirehoseError } from '../errors.js';
import type { PackedRecord } from '../packing/packed-record.js';
import { CursorFiles } from './cursor.js';
import { lockDirectory } from './lock.js';
import { recover, segmentPath, type DamagedBytes, type SpoolEntry } from './recover.js';
import { Segment } from './segment.js';
import { spoolFullError } from './spool-errors.js';

/** What a spool is told; see `SpoolOptions` for the words. */
export interface SpoolSettings {
  readonly dir: string;
  readonly mode: 'overflow' | 'always';
  readonly durability: 'process' | 'disk';
  readonly maxBytes: number;
  readonly segmentBytes: number;
}

/** A record that is on disk only, and what the producer must know to take it up again. */
export interface SpooledRecord {
  readonly entry: SpoolEntry;
  readonly openedAt: number;
  readonly epoch: number;
  readonly receipts: PackedRecord['receipts'];
  readonly attempts: number;
  /** It may have been sent already, such as by an earlier process. */
  readonly ambiguous: boolean;
  /** Bytes before base64; undefined if an earlier process wrote it. */
  readonly rawBytes: number | undefined;
}

/** Acknowledgements are noted this often: a write of some hundred bytes that nothing waits for. */
const CURSOR_EVERY_MS = 10;
/** Taken entries are cut off once there are this many. */
const CUT_AT = 1024;
const sync = promisify(fdatasync);

/** Records on disk: an append-only log in segment files, each of which goes when all it holds is delivered. */
export class Spool {
  readonly settings: SpoolSettings;
  /** Records that are not in memory, oldest first. */
  #waiting: SpooledRecord[] = [];
  /** Taken ones at the front of `#waiting`. */
  #taken = 0;
  /** Events of those. */
  events = 0;
  /** Events that earlier processes left. */
  readonly recoveredEvents: number;
  readonly damaged: readonly DamagedBytes[];
  /** Why the last write or read failed; cleared by a write that succeeds. */
  error: FirehoseError | undefined;
  /**
   * A sync that failed, for good: Linux tells of such a failure once, and the next sync says that all is well.
   * Nothing is said to survive a power failure after that.
   */
  #unconfirmed: FirehoseError | undefined;
  readonly #clock: Clock;
  readonly #stream: string;
  readonly #unlock: () => void;
  readonly #segments = new Set<Segment>();
  #open: Segment | undefined;
  #nextSeq: number;
  #bytes = 0;
  #cancelCursor: (() => void) | undefined;
  readonly #cursor: CursorFiles;
  #cursorAt = -Infinity;
  #syncing: Promise<void> | undefined;
  #nextSync: Promise<void> | undefined;
  /** Segments to remove once no call uses their file. */
  readonly #removed = new Set<Segment>();

  constructor(settings: SpoolSettings, deliveryStreamName: string, clock: Clock) {
    this.settings = settings;
    this.#clock = clock;
    this.#stream = deliveryStreamName;
    const { dir } = settings;
    mkdirSync(dir, { recursive: true });
    this.#unlock = lockDirectory(dir);
    const found = this.#recover(deliveryStreamName);
    this.#nextSeq = found.nextSeq;
    this.#cursor = new CursorFiles(dir, found.cursorCount);
    this.damaged = found.damaged;
    for (const segment of found.segments) {
      this.#segments.add(segment);
      this.#bytes += segment.size;
    }
    const openedAt = clock.now();
    for (const entry of found.entries) {
      const nobody = { receipts: undefined, rawBytes: undefined };
      this.#waiting.push({ entry, openedAt, epoch: 0, attempts: 0, ambiguous: true, ...nobody });
      this.events += entry.frame.events;
    }
    this.recoveredEvents = this.events;
  }

  get records(): number {
    return this.#waiting.length - this.#taken;
  }

  /** No room for more. */
  get full(): boolean {
    return this.#bytes >= this.settings.maxBytes;
  }

  /** Writes a record's text; undefined when that failed, and `error` says why. */
  append(record: PackedRecord): SpoolEntry | undefined {
    const { slab, start, end, events } = record;
    try {
      if (this.#bytes >= this.settings.maxBytes) {
        throw spoolFullError(`The spool holds its ${this.settings.maxBytes} bytes.`);
      }
      const segment = this.#writable();
      const before = segment.size;
      const frame = segment.append(slab.bytes.subarray(start, end), events);
      this.#bytes += segment.size - before;
      this.error = undefined;
      // What goes wrong is kept in `#unconfirmed`, and `persist` tells.
      if (this.settings.durability === 'disk') void this.sync().catch(() => undefined);
      return { segment, index: segment.frames - 1, frame };
    } catch (error) {
      this.error =
        error instanceof FirehoseError ? error : spoolFullError('The disk takes no more records.', error);
      return undefined;
    }
  }

  /** The record leaves memory; it will come back through {@link take}. */
  park(record: SpooledRecord): void {
    this.#waiting.push(record);
    this.events += record.entry.frame.events;
  }

  /** The oldest record that is on disk only. */
  peek(): SpooledRecord | undefined {
    return this.#waiting[this.#taken];
  }

  /** All records that are on disk only, oldest first. */
  waiting(): readonly SpooledRecord[] {
    return this.#waiting.slice(this.#taken);
  }

  /** Takes the oldest record off the list and copies its text. */
  take(into: Buffer, at: number): void {
    const record = this.#waiting[this.#taken];
    if (record === undefined) return;
    record.entry.segment.read(record.entry.frame, into, at);
    this.events -= record.entry.frame.events;
    if (++this.#taken >= CUT_AT) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
  }

  /** The record is delivered or has failed: it need not be sent again. */
  acknowledge({ segment, index }: SpoolEntry): void {
    segment.acknowledge(index);
    try {
      // At the limit even the open segment must go as soon as it can.
      if (this.full && segment === this.#open) this.#finish();
      else if (segment.done) this.#remove(segment);
    } catch (error) {
      // Its records are delivered all the same; a file that stays is sent again by the next process.
      this.error = spoolFullError('A delivered segment could not be removed.', error);
    }
    if (this.#cancelCursor !== undefined) return;
    // The first one is written at once, the others together: a short life, too, leaves its acknowledgements.
    const dueMs = this.#cursorAt + CURSOR_EVERY_MS - this.#clock.now();
    if (dueMs <= 0) this.#writeCursor();
    else {
      this.#cancelCursor = this.#clock.schedule(() => {
        this.#cancelCursor = undefined;
        this.#writeCursor();
      }, dueMs);
    }
  }

  /** Resolves once everything appended so far would survive a power failure; many callers share one call. */
  async sync(): Promise<void> {
    if (this.#unconfirmed !== undefined) throw this.#unconfirmed;
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

  /** Leaves everything in order for the next process. */
  async close(): Promise<void> {
    this.#cancelCursor?.();
    while (this.#syncing !== undefined) await this.#syncing.catch(() => undefined);
    try {
      this.#finish();
      if (this.#segments.size > 0) this.#writeCursor();
      this.#cursor.close(this.#segments.size === 0);
      for (const segment of this.#segments) segment.close();
    } finally {
      this.#unlock();
    }
  }

  async #startSync(): Promise<void> {
    const segment = this.#open;
    if (segment === undefined) return;
    this.#syncing = sync(segment.fd);
    try {
      await this.#syncing;
    } catch (error) {
      throw this.#notConfirmed(error);
    } finally {
      this.#syncing = undefined;
      for (const removed of this.#removed) removed.remove();
      this.#removed.clear();
    }
  }

  #recover(deliveryStreamName: string): ReturnType<typeof recover> {
    try {
      return recover(this.settings.dir, deliveryStreamName);
    } catch (error) {
      this.#unlock();
      throw error;
    }
  }

  #writable(): Segment {
    if (this.#open !== undefined && this.#open.size >= this.settings.segmentBytes) this.#finish();
    if (this.#open === undefined) {
      const seq = this.#nextSeq++;
      this.#open = Segment.create(seq, segmentPath(this.settings.dir, seq), this.#stream);
      if (this.settings.durability === 'disk') syncDirectory(this.settings.dir);
      this.#segments.add(this.#open);
      this.#bytes += this.#open.size;
    }
    return this.#open;
  }

  #finish(): void {
    const segment = this.#open;
    this.#open = undefined;
    if (segment === undefined) return;
    segment.finished = true;
    if (this.settings.durability === 'disk' && !segment.done) {
      try {
        fdatasyncSync(segment.fd);
      } catch (error) {
        this.#notConfirmed(error);
      }
    }
    if (segment.done) this.#remove(segment);
  }

  #notConfirmed(cause: unknown): FirehoseError {
    this.#unconfirmed ??= spoolFullError('The disk did not confirm a write.', cause);
    this.error = this.#unconfirmed;
    return this.#unconfirmed;
  }

  #remove(segment: Segment): void {
    this.#segments.delete(segment);
    this.#bytes -= segment.size;
    if (this.#syncing === undefined) segment.remove();
    else this.#removed.add(segment);
  }

  #writeCursor(): void {
    this.#cursorAt = this.#clock.now();
    try {
      this.#cursor.write(new Map([...this.#segments].map((s) => [s.seq, s.acknowledged()])));
    } catch (error) {
      // What is not noted as acknowledged is sent again by the next process: that is no reason to stop this one.
      this.error = spoolFullError('The acknowledgements could not be written.', error);
    }
  }
}

/** A new file survives a power failure only if its directory's entry does. */
function syncDirectory(dir: string): void {
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
