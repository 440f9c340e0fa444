import { closeSync, fdatasync, ftruncateSync, openSync, writev } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { syncFolder } from '@store/durable';
import { frameBytes, frameHeader, readFrame, type EntryKind, type LogEntry } from './frame.js';

const write = promisify(writev);
const sync = promisify(fdatasync);

/** Where an entry begins; later entries compare greater. */
export interface LogPosition {
  readonly segment: number;
  readonly offset: number;
}

/** What the owner of a log is told, always in log order. */
export interface LogListener {
  /** The entry is on disk. */
  onCommitted(entry: LogEntry, position: LogPosition): void;
  /** All entries of earlier segments were told of; a checkpoint may be taken. */
  onSegmentStart(segment: number): void;
}

/** How a log is opened. */
export interface SegmentLogOptions {
  readonly folder: string;
  /** The first segment that still matters; older ones are removed. */
  readonly fromSegment: number;
  /** A segment that has grown past this is followed by a new one. */
  readonly segmentBytes: number;
  /** Throws what a full disk would; called before bytes are written. */
  readonly beforeWrite?: () => void;
}

interface Waiting {
  readonly kind: EntryKind;
  readonly payload: Buffer;
  readonly settle: (error: Error | undefined) => void;
  readonly release: (() => void) | undefined;
}

/**
 * Append-only log with group commit: whatever arrives while a write and its fdatasync are under way goes to
 * disk together with the next one. One fdatasync costs milliseconds; with it shared, it costs almost nothing.
 */
export class SegmentLog {
  readonly #options: SegmentLogOptions;
  readonly #listener: LogListener;
  /** Not yet handed to the disk, oldest first. */
  #waiting: Waiting[] = [];
  #segment: number;
  #descriptor: number;
  /** End of the committed part of the current segment. */
  #length = 0;
  #running: Promise<void> | undefined;
  #closed = false;

  private constructor(options: SegmentLogOptions, listener: LogListener, segment: number) {
    this.#options = options;
    this.#listener = listener;
    this.#segment = segment;
    this.#descriptor = openSync(segmentPath(options.folder, segment), 'a');
  }

  /** Opens the log, telling `listener` of every entry that is there, then starts a fresh segment. */
  static async open(options: SegmentLogOptions, listener: LogListener): Promise<SegmentLog> {
    let last = options.fromSegment - 1;
    for (const segment of await listSegments(options.folder)) {
      const path = segmentPath(options.folder, segment);
      if (segment < options.fromSegment) {
        await rm(path);
        continue;
      }
      last = segment;
      replay(await readFile(path), segment, listener);
    }
    const log = new SegmentLog(options, listener, last + 1);
    await syncFolder(options.folder);
    return log;
  }

  /** Segment that the next entry goes to, at the earliest. */
  get segment(): number {
    return this.#segment;
  }

  /**
   * Adds an entry; `settle` is called, in log order, as soon as it is on disk or cannot be, and `release` once
   * nobody reads the payload any more.
   */
  append(
    kind: EntryKind,
    payload: Buffer,
    settle: (error: Error | undefined) => void,
    release?: () => void,
  ): void {
    if (this.#closed) {
      settle(new Error('The log is closed.'));
      release?.();
      return;
    }
    this.#waiting.push({ kind, payload, settle, release });
    this.#running ??= this.#run();
  }

  /** Adds an entry and waits until it is on disk. */
  commit(kind: EntryKind, payload: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.append(kind, payload, (error) => {
        if (error === undefined) resolve();
        else reject(error);
      });
    });
  }

  /** Removes the segments before `segment`. */
  async dropBefore(segment: number): Promise<void> {
    for (const old of await listSegments(this.#options.folder)) {
      if (old < segment) await rm(segmentPath(this.#options.folder, old), { force: true });
    }
  }

  /** Commits what waits, then closes. */
  async close(): Promise<void> {
    this.#closed = true;
    while (this.#running !== undefined) await this.#running;
    closeSync(this.#descriptor);
  }

  async #run(): Promise<void> {
    // Entries that arrive in the same turn of the event loop share the first commit, too.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const error = await this.#write(group);
      let offset = this.#length;
      const segment = this.#segment;
      const position = (payload: Buffer): LogPosition => {
        const at = { segment, offset };
        offset += frameBytes(payload.length);
        return at;
      };
      // Every answer leaves before the first entry is worked on: the client prepares the next call meanwhile.
      for (const { settle } of group) settle(error);
      for (const { kind, payload, release } of group) {
        if (error === undefined) this.#listener.onCommitted({ kind, payload }, position(payload));
        release?.();
      }
      if (error !== undefined) continue;
      this.#length = offset;
      if (this.#length >= this.#options.segmentBytes) await this.#roll();
    }
    this.#running = undefined;
  }

  async #write(group: readonly Waiting[]): Promise<Error | undefined> {
    const chunks = group.flatMap(({ kind, payload }) => [frameHeader(kind, payload), payload]);
    const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    try {
      this.#options.beforeWrite?.();
      const { bytesWritten } = await write(this.#descriptor, chunks);
      if (bytesWritten !== bytes) throw new Error(`Wrote ${bytesWritten} of ${bytes} bytes to the log.`);
      await sync(this.#descriptor);
      return undefined;
    } catch (error) {
      // Half an entry in the middle would hide every later one from a replay.
      ftruncateSync(this.#descriptor, this.#length);
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async #roll(): Promise<void> {
    const next = openSync(segmentPath(this.#options.folder, this.#segment + 1), 'a');
    closeSync(this.#descriptor);
    this.#descriptor = next;
    this.#segment += 1;
    this.#length = 0;
    await syncFolder(this.#options.folder);
    this.#listener.onSegmentStart(this.#segment);
  }
}

function replay(bytes: Buffer, segment: number, listener: LogListener): void {
  let offset = 0;
  for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, offset)) {
    listener.onCommitted(frame.entry, { segment, offset });
    offset = frame.next;
  }
}

function segmentPath(folder: string, segment: number): string {
  return join(folder, `${String(segment).padStart(9, '0')}.log`);
}

async function listSegments(folder: string): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.log'))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}
