import { DurableError, lockFolder, type FolderLock, type Log } from '@store/durable';
import type { Clock } from '@store/foundation';
import { FirehoseError } from '../errors.js';
import type { PackedRecord } from '../packing/packed-record.js';
import { CursorFiles } from './cursor.js';
import { recover, refuseOlder, type DamagedBytes, type Recovered } from './recover.js';
import { SpoolSegment, type SpoolEntry } from './spool-entry.js';
import {
  spoolAcknowledgementsError,
  spoolFullError,
  spoolLockedError,
  spoolRemoveError,
  spoolSyncError,
  spoolUnusableError,
  spoolWriteError,
} from './spool-errors.js';

/** What a spool is told; see `SpoolOptions` for the words. */
export interface SpoolSettings {
  readonly dir: string;
  readonly mode: 'overflow' | 'always';
  readonly durability: 'process' | 'disk';
  readonly maxBytes: number;
  readonly segmentBytes: number;
  readonly onDamage: 'refuse' | 'salvage';
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
  readonly #clock: Clock;
  readonly #lock: FolderLock;
  readonly #log: Log;
  readonly #segments: Map<number, SpoolSegment>;
  #open: SpoolSegment | undefined;
  #cancelCursor: (() => void) | undefined;
  readonly #cursor: CursorFiles;
  #cursorAt = -Infinity;

  constructor(settings: SpoolSettings, deliveryStreamName: string, clock: Clock) {
    this.settings = settings;
    this.#clock = clock;
    refuseOlder(settings.dir);
    this.#lock = lock(settings.dir);
    const found = this.#recover(deliveryStreamName);
    this.#log = found.log;
    this.#cursor = new CursorFiles(settings.dir, found.cursorCount);
    this.damaged = found.damaged;
    this.#segments = new Map(found.segments);
    const openedAt = clock.now();
    for (const entry of found.entries) {
      const nobody = { receipts: undefined, rawBytes: undefined };
      this.#waiting.push({ entry, openedAt, epoch: 0, attempts: 0, ambiguous: true, ...nobody });
      this.events += entry.events;
    }
    this.recoveredEvents = this.events;
  }

  get records(): number {
    return this.#waiting.length - this.#taken;
  }

  /** No room for more. */
  get full(): boolean {
    return this.#log.bytes >= this.settings.maxBytes;
  }

  /** Writes a record's text; undefined when that failed, and `error` says why. */
  append(record: PackedRecord): SpoolEntry | undefined {
    const { slab, start, end, events } = record;
    const { maxBytes, segmentBytes, durability } = this.settings;
    try {
      if (this.full) throw spoolFullError(`The spool holds its ${maxBytes} bytes.`, this.settings.dir);
      if (this.#open !== undefined && this.#log.bytesOf(this.#open.number) >= segmentBytes) this.#finish();
      const position = this.#log.append(events, slab.bytes.subarray(start, end));
      this.error = undefined;
      // What goes wrong is kept by the log, and `persist` tells.
      if (durability === 'disk') void this.sync().catch(() => undefined);
      const segment = (this.#open ??= this.#begin(position.segment));
      return { segment, index: segment.records++, position, events };
    } catch (error) {
      this.error = error instanceof FirehoseError ? error : notWritten(this.settings.dir, causeOf(error));
      return undefined;
    }
  }

  /** The record leaves memory; it will come back through {@link take}. */
  park(record: SpooledRecord): void {
    this.#waiting.push(record);
    this.events += record.entry.events;
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
    this.#log.read(record.entry.position, into, at);
    this.events -= record.entry.events;
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
      this.error = spoolRemoveError(this.settings.dir, error);
    }
    if (this.#cancelCursor !== undefined) return;
    // The first one is written immediately, the others together: a short life, too, leaves its
    // acknowledgements.
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
    try {
      await this.#log.sync();
    } catch (error) {
      this.error = spoolSyncError(this.settings.dir, causeOf(error));
      throw this.error;
    }
  }

  /** Throws unless what was appended is in files that are still there. */
  check(): void {
    try {
      this.#log.check();
    } catch (error) {
      // That the disk did not confirm is no matter to those who only outlive the process.
      if (error instanceof DurableError && error.code === 'SYNC_FAILED') return;
      this.error = spoolWriteError(this.settings.dir, causeOf(error));
      throw this.error;
    }
  }

  /** Leaves everything in order for the next process. */
  async close(): Promise<void> {
    this.#cancelCursor?.();
    try {
      this.#finish();
      if (this.#segments.size > 0) this.#writeCursor();
      this.#cursor.close(this.#segments.size === 0);
      await this.#log.close();
    } catch (error) {
      throw spoolRemoveError(this.settings.dir, causeOf(error));
    } finally {
      this.#lock.release();
    }
  }

  #recover(deliveryStreamName: string): Recovered {
    try {
      return recover(this.settings, deliveryStreamName);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
  }

  #begin(number: number): SpoolSegment {
    const segment = new SpoolSegment(number);
    this.#segments.set(number, segment);
    return segment;
  }

  #finish(): void {
    const segment = this.#open;
    this.#open = undefined;
    if (segment === undefined) return;
    segment.finished = true;
    if (segment.done) this.#remove(segment);
    else this.#log.roll();
  }

  #remove(segment: SpoolSegment): void {
    this.#segments.delete(segment.number);
    this.#log.drop(segment.number);
  }

  #writeCursor(): void {
    this.#cursorAt = this.#clock.now();
    try {
      this.#cursor.write(
        new Map([...this.#segments].map(([number, segment]) => [number, segment.acknowledged()])),
      );
    } catch (error) {
      // What is not noted as acknowledged is sent again by the next process: that is no reason to stop this one.
      this.error = spoolAcknowledgementsError(this.settings.dir, error);
    }
  }
}

function lock(dir: string): FolderLock {
  try {
    return lockFolder(dir);
  } catch (error) {
    if (!(error instanceof DurableError && error.code === 'FOLDER_IN_USE'))
      throw spoolUnusableError(dir, error);
    throw spoolLockedError(dir, error.holder ?? 'another process', error);
  }
}

function notWritten(dir: string, cause: unknown): FirehoseError {
  const isFull =
    cause instanceof Error && 'code' in cause && ['ENOSPC', 'EDQUOT'].includes(String(cause.code));
  return isFull ? spoolFullError('The disk takes no more records.', dir, cause) : spoolWriteError(dir, cause);
}

/** What the system said, for those who look for its code. */
const causeOf = (error: unknown): unknown => (error instanceof DurableError ? (error.cause ?? error) : error);
