import { IntakeError } from '../errors.js';
import { declaredDelimiter, delimiterOf, detectDelimiter } from './csv-dialect.js';
import { headerNames } from './csv-header.js';
import { LineEnds } from './line-ends.js';
import { findRowEnd, plainFields, readQuotedRows } from './quoted-rows.js';
import { recordLimits, tooLong, type RecordReader, type SourceItem } from './source-item.js';

/** Makes the value of a row of its fields; there are as many as the header has names. */
export type RowValue = (fields: readonly string[]) => unknown;

/** How a file of rows is read. */
export interface CsvOptions {
  /** One character, or `tab`. @defaultValue that of a line `sep=;`, else the one that the header has most often */
  readonly delimiter?: string | undefined;
  /** Lines above the header. @defaultValue 0 */
  readonly skip?: number | undefined;
  /**
   * Looks at the header once, and returns how the fields of a row become its value. It throws where it misses a column.
   *
   * @defaultValue an object of text by the names of the header
   */
  readonly onHeader?: ((names: readonly string[], line: number) => RowValue | undefined) | undefined;
}

type Row = { -readonly [Key in keyof SourceItem]: SourceItem[Key] };

/**
 * Reads CSV, TSV and their like (RFC 4180, with any delimiter): rows end at LF, CR LF or, where the first line does, at
 * CR alone. A row that is too short or too long is kept with its line, as is one whose quote is never closed; the next
 * row is read as if nothing had been.
 */
export class CsvReader implements RecordReader {
  readonly #options: CsvOptions;
  #delimiter: string | undefined;
  #skip: number;
  #line = 1;
  #rest = '';
  #columns = 0;
  #rowValue: RowValue | undefined;
  readonly #ends = new LineEnds();
  #cutting = false;
  #header: readonly string[] | undefined;
  layoutChars = 0;

  constructor(options: CsvOptions = {}) {
    this.#options = options;
    this.#delimiter = options.delimiter === undefined ? undefined : delimiterOf(options.delimiter);
    this.#skip = options.skip ?? 0;
  }

  /** The names of the header, once it was read. */
  get header(): readonly string[] | undefined {
    return this.#header;
  }

  /** What is between fields, once the header was read. */
  get delimiter(): string {
    return this.#delimiter ?? ',';
  }

  push(text: string): readonly SourceItem[] {
    return this.#read(this.#rest + text, false);
  }

  end(): readonly SourceItem[] {
    return this.#read(this.#rest, true);
  }

  #read(text: string, last: boolean): readonly SourceItem[] {
    const items: Row[] = [];
    const hard: { readonly row: Row; readonly text: string }[] = [];
    // A feed may follow a carriage return at the end of a piece.
    const held = !last && text.endsWith('\r') ? text.length - 1 : text.length;
    const whole = text.slice(0, held);
    this.#ends.take(whole, last);
    let at = 0;
    let quote = 0;
    while (at < whole.length) {
      let end = this.#ends.next(at);
      const length = (end === -1 ? whole.length : end) - at;
      if (length > recordLimits.recordChars || (this.#cutting && end !== -1)) {
        const next = length > recordLimits.recordChars ? cutPlace(whole, at) : this.#ends.behind(end);
        items.push(this.#part(whole.slice(at, next), next));
        at = next;
        continue;
      }
      if (end === -1) break;
      let next = this.#ends.behind(end);
      if (this.#rowValue === undefined && this.#isAboveHeader(whole.slice(at, end))) {
        this.layoutChars += next - at;
        this.#line++;
        at = next;
        continue;
      }
      if (quote !== -1 && quote < at) quote = whole.indexOf('"', at);
      const hasQuote = quote !== -1 && quote < end;
      let fields = hasQuote
        ? plainFields(whole.slice(at, end), this.delimiter)
        : splitFields(whole.slice(at, end), this.delimiter);
      if (fields === undefined) {
        const row = findRowEnd(whole, at, this.delimiter, this.#ends);
        const isCut = 'end' in row ? row.end >= whole.length : row.more;
        if (isCut && !last && whole.length - at <= recordLimits.recordChars) break;
        if (!('end' in row) || row.end - at > recordLimits.recordChars) {
          const openAt = 'end' in row ? at : row.openAt;
          next = this.#ends.behind(this.#ends.next(openAt));
          items.push(this.#open(whole.slice(at, next), this.#line + this.#ends.count(at, openAt)));
          this.#line += Math.max(1, this.#ends.count(at, next));
          at = next;
          continue;
        }
        end = row.end;
        next = this.#ends.behind(end);
      }
      const item: Row = { line: this.#line, raw: whole.slice(at, next) };
      this.#line += fields === undefined ? this.#ends.count(at, next) : 1;
      if (this.#rowValue === undefined) {
        fields ??= readQuotedRows([whole.slice(at, end)], this.delimiter)?.[0] ?? [];
        this.#readHeader(fields, item.line);
        this.layoutChars += item.raw.length;
      } else if (fields === undefined) {
        items.push(item);
        hard.push({ row: item, text: whole.slice(at, end) });
      } else if (fields.length === 1 && item.raw.trim() === '') this.layoutChars += item.raw.length;
      else items.push(this.#finish(item, fields));
      at = next;
    }
    this.#rest = text.slice(at);
    if (hard.length > 0) {
      const found = readQuotedRows(
        hard.map((one) => one.text),
        this.delimiter,
      );
      for (const [index, { row }] of hard.entries()) this.#finish(row, found?.[index]);
    }
    if (last && this.#rowValue === undefined && this.#line > 1) this.#noHeader('The file ends before it.');
    return items;
  }

  #finish(row: Row, fields: readonly string[] | undefined): Row {
    if (fields === undefined || this.#rowValue === undefined)
      row.problem = { code: 'UNREADABLE_ROW', message: 'The quotes of this row cannot be read.' };
    else if (fields.length > 1 && fields.every((field) => field === '')) row.empty = true;
    else if (fields.length === this.#columns) row.value = this.#rowValue(fields);
    else {
      const message = `Expected ${this.#columns} fields, as in the header, got ${fields.length}.`;
      row.problem = { code: 'FIELD_COUNT', message };
    }
    return row;
  }

  #part(raw: string, next: number): Row {
    if (this.#rowValue === undefined) this.#noHeader(`Line ${this.#line} is too long for a header.`);
    const part: Row = {
      line: this.#line,
      raw,
      problem: tooLong,
      ...(this.#cutting ? { continues: true } : {}),
    };
    this.#cutting = !this.#ends.isAt(next - 1);
    if (!this.#cutting) this.#line++;
    return part;
  }

  #open(raw: string, line: number): Row {
    if (this.#rowValue === undefined) this.#noHeader(`The quote that opens on line ${line} is never closed.`);
    const message = `The quote that opens on line ${line} is never closed. Close it, or double it where it is a character.`;
    return { line, raw, problem: { code: 'QUOTE_NOT_CLOSED', message } };
  }

  #noHeader(why: string): never {
    const fix = 'Begin the file with a line that names the columns; lines above it are skipped by --skip.';
    throw new IntakeError('NO_HEADER', `The file has no header. ${why}`, [], { line: this.#line, fix });
  }

  #isAboveHeader(line: string): boolean {
    const declared = declaredDelimiter(line);
    if (declared !== undefined) this.#delimiter ??= declared;
    if (this.#skip > 0) {
      this.#skip--;
      return true;
    }
    if (declared !== undefined || line.trim() === '') return true;
    this.#delimiter ??= detectDelimiter(line);
    return false;
  }

  #readHeader(fields: readonly string[], line: number): void {
    const names = headerNames(fields, line);
    this.#header = names;
    this.#columns = names.length;
    this.#rowValue = this.#options.onHeader?.(names, line) ?? objectOf(names);
  }
}

/** Three quarters of the time of `split`, or less. */
function splitFields(line: string, delimiter: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (let end = line.indexOf(delimiter); end !== -1; end = line.indexOf(delimiter, at)) {
    fields.push(line.slice(at, end));
    at = end + 1;
  }
  fields.push(line.slice(at));
  return fields;
}

/** Where a long line is cut: never within a character. */
function cutPlace(text: string, at: number): number {
  const end = at + recordLimits.recordChars;
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}

function objectOf(names: readonly string[]): RowValue {
  return (fields) => {
    const value: Record<string, unknown> = {};
    for (let n = 0; n < names.length; n++) {
      const name = names[n] ?? '';
      if (name !== '') value[name] = fields[n];
    }
    return value;
  };
}
