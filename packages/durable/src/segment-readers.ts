import { closeSync, openSync, readSync } from 'node:fs';
import { DurableError } from './errors.js';
import { segmentPath } from './find-segments.js';
import type { LogPosition } from './frame.js';

/** The segments of a log that are open for reading. */
export class SegmentReaders {
  readonly #folder: string;
  readonly #descriptors = new Map<number, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Copies the payload at a place into `into`, from its byte `at` on; `written` is the file if it is written now. */
  read(
    { segment, offset, length }: LogPosition,
    into: Buffer,
    at: number,
    written: number | undefined,
  ): void {
    const descriptor = written ?? this.#open(segment);
    for (let done = 0; done < length;) {
      const count = readSync(descriptor, into, at + done, length - done, offset + done);
      if (count === 0) throw this.#cutOff(segment, offset + done);
      done += count;
    }
  }

  /** Closes one segment. */
  close(segment: number): void {
    const descriptor = this.#descriptors.get(segment);
    this.#descriptors.delete(segment);
    if (descriptor !== undefined) closeSync(descriptor);
  }

  /** Closes all of them. */
  closeAll(): void {
    for (const segment of this.#descriptors.keys()) this.close(segment);
  }

  #cutOff(segment: number, offset: number): DurableError {
    const path = segmentPath(this.#folder, segment);
    return new DurableError(
      'LOG_DAMAGED',
      `The log ${path} ends at byte ${offset}, within an entry that was written there: something cut it while it was in use.`,
      { path, offset },
    );
  }

  #open(segment: number): number {
    const open = this.#descriptors.get(segment);
    if (open !== undefined) return open;
    const descriptor = openSync(segmentPath(this.#folder, segment), 'r');
    this.#descriptors.set(segment, descriptor);
    return descriptor;
  }
}
