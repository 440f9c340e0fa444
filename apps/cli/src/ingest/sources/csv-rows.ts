import { maxRecordChars } from '../source-item.js';

/** One row of a CSV file. */
export interface CsvRow {
  /** Line on which it begins, from 1. */
  readonly line: number;
  readonly text: string;
  readonly fields: readonly string[];
  readonly tooLong: boolean;
}

/** Splits CSV (RFC 4180: quotes, doubled quotes, line breaks inside of quotes) into rows. */
export async function* csvRows(text: AsyncIterable<string>): AsyncIterable<readonly CsvRow[]> {
  const splitter = new RowSplitter();
  for await (const chunk of text) {
    const rows = splitter.feed(chunk);
    if (rows.length > 0) yield rows;
  }
  const last = splitter.feed('\n');
  if (last.length > 0) yield last;
}

class RowSplitter {
  #line = 1;
  #startedAt = 1;
  #quoted = false;
  #row = '';
  #tooLong = false;

  /** Finds the line breaks that end a row: those that stand outside of quotes. */
  feed(chunk: string): CsvRow[] {
    const rows: CsvRow[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === 34) this.#quoted = !this.#quoted;
      else if (code === 10) {
        this.#line++;
        if (this.#quoted) continue;
        this.#end(rows, chunk.slice(start, at));
        start = at + 1;
      }
    }
    this.#hold(chunk.slice(start));
    return rows;
  }

  #hold(part: string): void {
    if (this.#row.length + part.length > maxRecordChars) this.#tooLong = true;
    else this.#row += part;
  }

  #end(rows: CsvRow[], tail: string): void {
    this.#hold(tail);
    const text = this.#row.replace(/\r$/, '').replace(/^\ufeff/, '');
    if (text !== '')
      rows.push({ line: this.#startedAt, text, fields: fieldsOf(text), tooLong: this.#tooLong });
    this.#row = '';
    this.#tooLong = false;
    this.#startedAt = this.#line;
  }
}

function fieldsOf(row: string): string[] {
  if (!row.includes('"')) return row.split(',');
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const character = row.charAt(at);
    if (quoted) {
      if (character !== '"') field += character;
      else if (row.charAt(at + 1) === '"') field += row.charAt(++at);
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      fields.push(field);
      field = '';
    } else field += character;
  }
  fields.push(field);
  return fields;
}
