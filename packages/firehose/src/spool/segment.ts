import { closeSync, ftruncateSync, openSync, readSync, unlinkSync, writeSync, writevSync } from 'node:fs';
import { type Frame, frameHeader, SEGMENT_HEADER_BYTES, segmentHeader } from './frame.js';

/** One segment file: records are appended, read back and acknowledged; when all are, the file goes. */
export class Segment {
  readonly seq: number;
  readonly path: string;
  readonly #fd: number;
  /** Bytes of the file. */
  size: number;
  /** Frames so far; acknowledgements are counted by their index. */
  frames = 0;
  /** All below are acknowledged. */
  #low = 0;
  /** Acknowledged ones above. */
  readonly #sparse = new Set<number>();
  /** No more is appended. */
  finished = false;

  private constructor(seq: number, path: string, fd: number, size: number) {
    this.seq = seq;
    this.path = path;
    this.#fd = fd;
    this.size = size;
  }

  static create(seq: number, path: string, deliveryStreamName: string): Segment {
    const fd = openSync(path, 'wx+');
    writeSync(fd, segmentHeader(deliveryStreamName));
    return new Segment(seq, path, fd, SEGMENT_HEADER_BYTES);
  }

  /** A segment of an earlier process. */
  static open(seq: number, path: string, size: number, frames: number): Segment {
    const segment = new Segment(seq, path, openSync(path, 'r'), size);
    segment.frames = frames;
    segment.finished = true;
    return segment;
  }

  get fd(): number {
    return this.#fd;
  }

  /** Every record is acknowledged and none will come. */
  get done(): boolean {
    return this.finished && this.#low === this.frames;
  }

  append(text: Buffer, events: number): Frame {
    const header = frameHeader(text, events);
    const total = header.length + text.length;
    try {
      let written = writevSync(this.#fd, [header, text], this.size);
      while (written < total) {
        const rest = Buffer.concat([header, text]).subarray(written);
        written += writeSync(this.#fd, rest, 0, rest.length, this.size + written);
      }
    } catch (error) {
      // A full disk may have taken a part: what follows must not find its remains.
      ftruncateSync(this.#fd, this.size);
      throw error;
    }
    const frame = { offset: this.size + header.length, length: text.length, events };
    this.size += total;
    this.frames++;
    return frame;
  }

  read({ offset, length }: Frame, into: Buffer, at: number): void {
    for (let done = 0; done < length;) {
      const count = readSync(this.#fd, into, at + done, length - done, offset + done);
      if (count === 0) throw new RangeError(`${this.path} ends at ${offset + done}.`);
      done += count;
    }
  }

  acknowledge(index: number): void {
    this.#sparse.add(index);
    while (this.#sparse.delete(this.#low)) this.#low++;
  }

  /** What is acknowledged, for the cursor file. */
  acknowledged(): readonly [low: number, sparse: readonly number[]] {
    return [this.#low, [...this.#sparse]];
  }

  close(): void {
    closeSync(this.#fd);
  }

  remove(): void {
    this.close();
    unlinkSync(this.path);
  }
}
