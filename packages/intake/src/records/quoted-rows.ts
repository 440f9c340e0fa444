import { parse } from 'csv-parse/sync';
import type { LineEnds } from './line-ends.js';

const QUOTE = 34;

/**
 * Returns the fields of a line in which every quoted field is plain: closed on the line, without a doubled quote.
 * Undefined for any other line with quotes, which csv-parse reads. A fifth of the time of csv-parse (bench/csv.bench.ts).
 */
export function plainFields(line: string, delimiter: string): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; ;) {
    if (line.charCodeAt(at) === QUOTE) {
      const close = line.indexOf('"', at + 1);
      if (close === -1) return undefined;
      const after = close + 1;
      if (after < line.length && line[after] !== delimiter) return undefined;
      fields.push(line.slice(at + 1, close));
      if (after === line.length) return fields;
      at = after + 1;
    } else {
      const end = line.indexOf(delimiter, at);
      if (end === -1) {
        fields.push(line.slice(at));
        return fields;
      }
      fields.push(line.slice(at, end));
      at = end + 1;
    }
  }
}

/** Where a row with quotes ends. */
export type RowEnd =
  /** Index behind the last character of the row, before its line end. */
  | { readonly end: number }
  /** The text ends within quotes that open at this index. */
  | { readonly openAt: number; readonly more: true }
  /** Quotes that open at this index are followed, on a later line, by one that cannot close them. */
  | { readonly openAt: number; readonly more: false };

/**
 * Finds the end of a row: the first line end outside of quotes. A quotation mark opens a quoted field only as the
 * field's first character. One that stands within quotes and before neither a delimiter nor a line end makes the field
 * plain text, as csv-parse has it, but never across lines: two rows with an inch mark each would be one.
 *
 * @param ends - the line ends of `text`
 */
export function findRowEnd(
  text: string,
  start: number,
  delimiter: string,
  ends: Pick<LineEnds, 'isAt'>,
): RowEnd {
  let at = start;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const openAt = at;
      let lines = false;
      let scanned = at + 1;
      for (;;) {
        const quote = text.indexOf('"', scanned);
        if (quote === -1) return { openAt, more: true };
        for (let look = scanned; !lines && look < quote; look++) lines = ends.isAt(look);
        scanned = quote + 1;
        if (scanned >= text.length) {
          at = scanned;
          break;
        }
        if (text.charCodeAt(scanned) === QUOTE) {
          scanned++;
          continue;
        }
        at = scanned;
        if (text[at] === delimiter || ends.isAt(at)) break;
        if (lines) return { openAt, more: false };
        break;
      }
    }
    // To the end of the field: what follows a closing quote that closes nothing belongs to it.
    while (at < text.length && text[at] !== delimiter && !ends.isAt(at)) at++;
    if (at >= text.length || ends.isAt(at)) return { end: at };
    at++;
  }
}

/**
 * Reads whole rows by csv-parse, all in one call, since a call costs as much as two rows. Undefined where it does not see
 * as many rows as there are.
 */
export function readQuotedRows(rows: readonly string[], delimiter: string): string[][] | undefined {
  const fields: string[][] = parse(`${rows.join('\n')}\n`, {
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
  });
  return fields.length === rows.length ? fields : undefined;
}
