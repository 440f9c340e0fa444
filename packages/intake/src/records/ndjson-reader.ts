import { exactReader, jsonItem, longPart, type JsonTextReader } from './json-item.js';
import { recordLimits, type RecordReader, type SourceItem } from './source-item.js';

/** Reads newline-delimited JSON: a broken line costs that line alone. Empty lines are no records. */
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
    else items.push(jsonItem(this.#line, rest, text, this.#read));
  }

  #part(items: SourceItem[], raw: string): void {
    items.push(longPart(this.#line, raw, !this.#cutting));
    this.#cutting = true;
  }
}
