import { exactReader, jsonItem, longPart, type JsonTextReader } from './json-item.js';
import { recordLimits, type RecordReader, type SourceItem } from './source-item.js';

const quote = 34;
const backslash = 92;
const newline = 10;
const comma = 44;
const startOfArray = 91;
const endOfArray = 93;
const opening = new Set([startOfArray, 123]);
const closing = new Set([endOfArray, 125]);
const isSpace = (code: number): boolean =>
  code === 32 || code === newline || code === 13 || code === 9 || code === 0xfeff;

/**
 * Reads the elements of a JSON array, or JSON documents one after another however they are laid out, without holding
 * more than one of them. It only finds where each one ends; what is there is read as a JSON text of its own.
 */
export class JsonReader implements RecordReader {
  readonly #read: JsonTextReader;
  #line = 1;
  #startedAt = 1;
  /** What the element has so far, from pieces before this one. */
  #held = '';
  #cutting = false;
  #inElement = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The depth at which elements stand: 1 inside of an array. Unknown before the first character. */
  #base: 0 | 1 | undefined;
  #closed = false;
  #items: SourceItem[] = [];
  #chars = 0;
  #itemChars = 0;

  constructor(read: JsonTextReader = exactReader) {
    this.#read = read;
  }

  get layoutChars(): number {
    return this.#chars - this.#itemChars - this.#held.length;
  }

  push(text: string): readonly SourceItem[] {
    this.#chars += text.length;
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) this.#line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) this.#inString = false;
        continue;
      }
      if (this.#base === undefined) {
        if (isSpace(code)) continue;
        this.#base = code === startOfArray ? 1 : 0;
        if (this.#base === 1) {
          this.#depth = 1;
          continue;
        }
      }
      if (!this.#inElement) {
        if (isSpace(code) || code === comma) continue;
        if (code === endOfArray && this.#base === 1) {
          this.#depth = 0;
          this.#closed = true;
          continue;
        }
        if (this.#closed && code === startOfArray) {
          // Of another file, which was joined to this one.
          this.#depth = 1;
          this.#closed = false;
          continue;
        }
        this.#inElement = true;
        this.#startedAt = this.#line;
        start = at;
      } else if (
        this.#depth === this.#base &&
        (isSpace(code) || code === comma || (code === endOfArray && this.#base === 1))
      ) {
        // The end of a bare word or number.
        this.#finish(text.slice(start, at));
        if (code === endOfArray) this.#closed = true;
        continue;
      }
      if (code === quote) this.#inString = true;
      else if (opening.has(code)) this.#depth++;
      else if (closing.has(code)) {
        this.#depth--;
        if (this.#depth <= this.#base) {
          this.#depth = this.#base;
          this.#finish(text.slice(start, at + 1));
        }
      }
    }
    if (this.#inElement) this.#hold(text.slice(start));
    return this.#taken();
  }

  end(): readonly SourceItem[] {
    if (this.#inElement) {
      this.#add({
        line: this.#startedAt,
        raw: this.#held,
        problem: { code: 'MALFORMED_JSON', message: 'The file ends in the middle of this record.' },
      });
      this.#held = '';
    } else if (this.#base === 1 && !this.#closed) {
      this.#add({
        line: this.#line,
        raw: '',
        problem: {
          code: 'MALFORMED_JSON',
          message: 'The file ends before the array does; records may be missing.',
        },
      });
    }
    return this.#taken();
  }

  #hold(text: string): void {
    this.#held += text;
    while (this.#held.length > recordLimits.recordChars) {
      this.#add(longPart(this.#startedAt, this.#held.slice(0, recordLimits.recordChars), !this.#cutting));
      this.#held = this.#held.slice(recordLimits.recordChars);
      this.#cutting = true;
    }
  }

  #finish(tail: string): void {
    this.#hold(tail);
    const raw = this.#held;
    if (this.#cutting) this.#add(longPart(this.#startedAt, raw, false));
    else this.#add(jsonItem(this.#startedAt, raw, raw, this.#read));
    this.#held = '';
    this.#cutting = this.#inElement = false;
  }

  #add(item: SourceItem): void {
    this.#itemChars += item.raw.length;
    this.#items.push(item);
  }

  #taken(): readonly SourceItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }
}
