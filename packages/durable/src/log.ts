import type { DurableError } from './errors.js';
import type { LogPosition } from './frame.js';
import type { Recovery } from './recover.js';

/**
 * An append-only log in a folder: entries are a number and bytes, kept in segment files one after another. Write it
 * in one of two ways: `commit` (or `enqueue`) for entries that are told of when they are on disk, many of them for
 * one sync; or `append` and `sync`, where the caller decides what to wait for.
 */
export interface Log extends AsyncDisposable {
  /** Folder with the log's segments. */
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
  /** Writes an entry immediately and returns its place (a file that somebody removed is noticed after 256 KiB at the latest): it survives the end of this process, and a power failure after `sync`. */
  append(tag: number, payload: Uint8Array): LogPosition;
  /** Resolves once everything appended so far survives a power failure; many callers share one sync. */
  sync(): Promise<void>;
  /** Throws if what was appended is in a file that somebody has removed, or if nothing more can be written. */
  check(): void;
  /** Copies the payload at a place into `into`, from its byte `at` on. */
  read(position: LogPosition, into: Buffer, at: number): void;
  /** Ends the current segment: the next entry begins another one. */
  roll(): void;
  /** Replaces the log by what its `compact` option gives, now; what was damaged is kept aside. Does nothing without that option. */
  rewrite(): Promise<void>;
  /** Removes one segment; one that holds damage keeps its bytes under another name. */
  drop(segment: number): void;
  /** Removes all segments before this one. */
  dropBefore(segment: number): void;
  /** Takes no more entries, finishes what is under way and lets go of the files. */
  close(): Promise<void>;
}
