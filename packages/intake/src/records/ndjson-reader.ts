import { exactReader, jsonItem, longPart, type JsonTextReader } from './json-item.js';
import { recordLimits, waits, type RecordReader, type SourceItem } from './source-item.js';

const MARK = '\ufeff';
/** Between two documents: the byte order mark of a file that was joined to one without a last line end. */
const joint = /(?<=[}\]][ \t\r\n]*)(?=\ufeff+[ \t\r\n]*[[{])/;

/** The texts of the files of which a text was joined, as far as marks tell; each but the first begins with its mark. */
export function joinedFiles(text: string): readonly string[] {
  return text.includes(MARK) ? text.split(joint) : [text];
}

/**
 * Reads newline-delimited JSON: a broken line costs that line alone. Empty lines are no records. A byte order mark before
 * a record is none of it, so that files may be joined.
 */
export class NdjsonReader implements RecordReader {
  readonly #read: JsonTextReader;
  #line = 1;
  #rest = '';
  #cutting = false;
  layoutChars = 0;

  constructor(read: JsonTextReader = exactReader) {
    this.#read = read;
  }

  push(text: string): readonly SourceItem[] {
    if (waits(this.#rest, text, /\n/)) {
      this.#rest += text;
      return [];
    }
    const whole = this.#rest + text;
    const items: SourceItem[] = [];
    let at = 0;
    for (let end = whole.indexOf('\n'); end !== -1; end = whole.indexOf('\n', at)) {
      this.#take(items, whole.slice(at, end + 1));
      this.#line++;
      this.#cutting = false;
      at = end + 1;
    }
    while (whole.length - at > recordLimits.recordChars) {
      this.#part(items, whole.slice(at, at + recordLimits.recordChars));
      at += recordLimits.recordChars;
    }
    this.#rest = whole.slice(at);
    return items;
  }

  end(): readonly SourceItem[] {
    const items: SourceItem[] = [];
    this.#take(items, this.#rest);
    this.#rest = '';
    return items;
  }

  #take(items: SourceItem[], raw: string): void {
    let rest = raw;
    while (this.#cutting || rest.length > recordLimits.recordChars + 1) {
      const part = rest.slice(0, recordLimits.recordChars);
      if (part === '') return;
      this.#part(items, part);
      rest = rest.slice(part.length);
    }
    const text = rest.trim();
    if (text === '') this.layoutChars += rest.length;
    else this.#add(items, rest, text);
  }

  /** Adds what a line holds: one record, or those at the ends of files that were joined without a line end. */
  #add(items: SourceItem[], raw: string, text: string): void {
    const whole = jsonItem(this.#line, raw, text, this.#read);
    const pieces = whole.problem === undefined ? [] : joinedFiles(raw);
    const found = pieces.map((piece) => jsonItem(this.#line, piece, piece.trim(), this.#read));
    if (found.length > 1 && found.every(({ problem }) => problem === undefined)) items.push(...found);
    else items.push(whole);
  }

  #part(items: SourceItem[], raw: string): void {
    items.push(longPart(this.#line, raw, !this.#cutting));
    this.#cutting = true;
  }
}
