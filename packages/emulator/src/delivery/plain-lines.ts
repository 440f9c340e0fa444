import { isUtf8 } from 'node:buffer';
import type { PlainLinePattern } from './plain-line-pattern.js';

const LINE_FEED = 0x0a;
/** Larger ones cost a sixth of the endpoint's throughput: their text passes the processor's cache by. */
const WINDOW_BYTES = 16 * 1024;

/** Finds the lines of a record without parsing them, where all of them match a {@link PlainLinePattern}. */
export class PlainLines {
  readonly #pattern: PlainLinePattern;
  readonly #limit: number;
  /** The bytes that are open; `undefined` where they are no UTF-8. */
  #bytes: Buffer | undefined;
  /** Text of a window of them, as Latin-1, and where that begins. */
  #text = '';
  #offset = 0;
  /** Where each line of the last record begins and ends, in the bytes that were opened. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** The captured columns' JSON texts of each line, as Latin-1; one array a line. */
  readonly captures: RegExpExecArray[] = [];

  /** @param limit - most lines of one record; one with more takes the slow way */
  constructor(pattern: PlainLinePattern, limit: number) {
    this.#pattern = pattern;
    this.#limit = limit;
  }

  /** Prepares `bytes[offset, …)`, which hold the records of one call end to end. */
  open(bytes: Buffer, offset: number): void {
    this.#bytes = isUtf8(bytes.subarray(offset)) ? bytes : undefined;
    this.#text = '';
  }

  /** Forgets the bytes. */
  close(): void {
    this.#bytes = undefined;
    this.#text = '';
    this.captures.length = 0;
  }

  /** Reads the record `bytes[start, end)`; answers how many lines it has, or 0 where it takes the slow way. */
  read(start: number, end: number): number {
    if (this.#bytes === undefined) return 0;
    if (start < this.#offset || end > this.#offset + this.#text.length) {
      // Text of the whole call would be megabytes outside of the heap, which makes the collector work.
      this.#text = this.#bytes.toString('latin1', start, Math.max(end, start + WINDOW_BYTES));
      this.#offset = start;
    }
    const text = this.#text;
    const { expression, captured } = this.#pattern;
    const captures = captured.length > 0;
    const last = end - this.#offset;
    let count = 0;
    for (let at = start - this.#offset; at < last;) {
      if (count === this.#limit) return 0;
      expression.lastIndex = at;
      if (captures) {
        const match = expression.exec(text);
        if (match === null) return 0;
        this.captures[count] = match;
      } else if (!expression.test(text)) return 0;
      const next = expression.lastIndex;
      // Two records end to end may look like a line that neither of them is.
      if (next > last || (next < last && text.charCodeAt(next) !== LINE_FEED)) return 0;
      this.starts[count] = at + this.#offset;
      this.ends[count] = next + this.#offset;
      count += 1;
      at = next + 1;
    }
    return count;
  }
}
