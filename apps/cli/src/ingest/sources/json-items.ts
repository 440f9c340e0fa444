import { maxRecordChars, tooLong, type SourceItem, type SourceItems } from './source-item.js';

/**
 * Reads the elements of a JSON array, or JSON documents one after another however they are laid out, without
 * holding more than one of them. It only finds where each one ends; the text is parsed by JSON.parse.
 */
export async function* jsonItems(text: AsyncIterable<string>): SourceItems {
  const splitter = new Splitter();
  for await (const chunk of text) {
    const items = splitter.feed(chunk);
    if (items.length > 0) yield items;
  }
  const last = splitter.end();
  if (last.length > 0) yield last;
}

const quote = 34;
const backslash = 92;
const newline = 10;
const comma = 44;
const open = new Set([91, 123]);
const close = new Set([93, 125]);
const isSpace = (code: number): boolean =>
  code === 32 || code === newline || code === 13 || code === 9 || code === 0xfeff;

class Splitter {
  #line = 1;
  #startedAt = 1;
  /** What the element has so far, from chunks before this one. */
  #held = '';
  #inElement = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The depth at which elements stand: 1 inside of an array. Unknown before the first character. */
  #base: 0 | 1 | undefined;
  #closed = false;
  #items: SourceItem[] = [];

  feed(chunk: string): SourceItem[] {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === newline) this.#line++;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) this.#inString = false;
        continue;
      }
      if (this.#base === undefined) {
        if (isSpace(code)) continue;
        this.#base = code === 91 ? 1 : 0;
        if (this.#base === 1) {
          this.#depth = 1;
          continue;
        }
      }
      if (!this.#inElement) {
        if (isSpace(code) || code === comma) continue;
        if (code === 93 && this.#base === 1) {
          this.#depth = 0;
          this.#closed = true;
          continue;
        }
        this.#inElement = true;
        this.#startedAt = this.#line;
        start = at;
      } else if (
        this.#depth === this.#base &&
        (isSpace(code) || code === comma || (code === 93 && this.#base === 1))
      ) {
        // The end of a bare word or number.
        this.#finish(chunk.slice(start, at));
        if (code === 93) this.#closed = true;
        continue;
      }
      if (code === quote) this.#inString = true;
      else if (open.has(code)) this.#depth++;
      else if (close.has(code)) {
        this.#depth--;
        if (this.#depth <= this.#base) {
          this.#depth = this.#base;
          this.#finish(chunk.slice(start, at + 1));
        }
      }
    }
    if (this.#inElement && this.#held.length <= maxRecordChars) this.#held += chunk.slice(start);
    const items = this.#items;
    this.#items = [];
    return items;
  }

  end(): SourceItem[] {
    if (this.#inElement) {
      this.#items.push({
        line: this.#startedAt,
        text: this.#held.slice(0, 200),
        problem: { code: 'MALFORMED_JSON', message: 'The file ends in the middle of this record.' },
      });
    } else if (this.#base === 1 && !this.#closed) {
      this.#items.push({
        line: this.#line,
        text: '',
        problem: {
          code: 'MALFORMED_JSON',
          message: 'The file ends before the array does; records may be missing.',
        },
      });
    }
    return this.#items;
  }

  #finish(tail: string): void {
    const text = this.#held + tail;
    this.#held = '';
    this.#inElement = false;
    const long = text.length > maxRecordChars;
    this.#items.push(
      long
        ? { line: this.#startedAt, text: text.slice(0, 200), problem: tooLong }
        : { line: this.#startedAt, text },
    );
  }
}
