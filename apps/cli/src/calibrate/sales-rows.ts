import { closeSync, openSync, readSync } from 'node:fs';
import type { WorldError } from '@store/generator';
import { salesColumns, type SalesRow } from '@store/generator/calibrate';
import { RowSplitter, type CsvRow } from '../ingest/sources/csv-items.js';
import { CliError, didYouMean } from '../terminal/errors.js';

const CHUNK_BYTES = 1 << 20;
const required: ReadonlySet<string> = new Set(salesColumns.slice(0, 4));
const texts: ReadonlySet<string> = new Set(['store_id', 'product_id', 'date']);
const flags: ReadonlySet<string> = new Set(['in_stock', 'promotion']);
const number = /^-?\d+(?:\.\d+)?$/;

/** A sales file as rows, with the line of each. */
export interface SalesFile {
  readonly rows: Iterable<SalesRow>;
  /** Line on which a row begins, both from 1. */
  lineOf(row: number): number;
}

/**
 * Reads a CSV file piece by piece as its rows are asked for. The first line names the columns; what cannot be read is
 * wrong usage, with line and column. Values that are no numbers stay text, for the fit to name.
 *
 * @param name - the file as the user named it
 */
export function openSalesFile(path: string, name: string): SalesFile {
  // Rows follow each other line by line, except behind empty lines and fields of several lines.
  const jumps: { readonly row: number; readonly line: number }[] = [];
  function* read(): Generator<SalesRow, void, void> {
    let header: readonly string[] | undefined;
    let row = 0;
    let expected = 0;
    for (const { line, fields, tooLong } of csvRows(path, name)) {
      if (tooLong)
        throw wrongFile(
          name,
          line,
          'is longer than any row of sales. Look for a quote that is never closed.',
        );
      if (header === undefined) {
        header = readHeader(fields, name, line);
        continue;
      }
      if (fields.length !== header.length) {
        const problem = `has ${fields.length} fields, and the header ${header.length}. Quote fields that have commas.`;
        throw wrongFile(name, line, problem);
      }
      row++;
      if (line !== expected) jumps.push({ row, line });
      expected = line + 1;
      yield rowOf(header, fields);
    }
    if (header === undefined)
      throw wrongFile(name, 1, `has no header. Begin with ${salesColumns.slice(0, 4).join(',')}.`);
  }
  return {
    rows: read(),
    lineOf(row) {
      const jump = jumps.findLast((one) => one.row <= row) ?? { row: 1, line: 2 };
      return jump.line + row - jump.row;
    },
  };
}

/** What is wrong with a line of a file. */
export function wrongFile(name: string, line: number, problem: string): CliError {
  return new CliError('USAGE', `${name}:${line}: the line ${problem}`);
}

/** What a fit says of a row, with the line on which it stands. */
export function wrongRow(file: SalesFile, name: string, error: WorldError): CliError {
  const { row, column = 'row', message } = error;
  if (row === undefined) return new CliError('USAGE', `${name}: ${message}`, { cause: error });
  // Of two rows of one day, the message names the earlier by its number, too.
  const lines = message
    .replace(/^Row \d+: /, '')
    .replaceAll(/\bRow (\d+)\b/g, (_, other: string) => `Line ${file.lineOf(Number(other))}`);
  return new CliError('USAGE', `${name}:${file.lineOf(row)}: column ${column}: ${lines}`, { cause: error });
}

function* csvRows(path: string, name: string): Generator<CsvRow, void, void> {
  const splitter = new RowSplitter();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new CliError('USAGE', `${name} is not UTF-8.`, { cause: error, fix: 'Save it as UTF-8.' });
    }
  };
  const file = openSync(path, 'r');
  try {
    let length = readSync(file, buffer);
    checkKind(buffer.subarray(0, length), name);
    for (; length > 0; length = readSync(file, buffer))
      yield* splitter.feed(decode(buffer.subarray(0, length)));
    yield* splitter.feed(`${decode(undefined)}\n`);
  } finally {
    closeSync(file);
  }
  if (splitter.quoted)
    throw wrongFile(name, splitter.startedAt, 'opens a quote that is never closed. Close it.');
}

/** What a file begins with that is no CSV, and what to do about it. */
const otherKinds: readonly (readonly [first: string, kind: string, fix: string])[] = [
  ['1f8b', 'is compressed by gzip', 'Unpack it with gunzip.'],
  ['504b0304', 'is a zip file, or a workbook of Excel', 'Unpack it, or export the sheet as CSV.'],
  ['d0cf11e0', 'is a workbook of Excel', 'Export the sheet as CSV.'],
  ['50415231', 'is Parquet', 'Name it .parquet.'],
  ['fffe', 'is UTF-16', 'Save it as UTF-8.'],
  ['feff', 'is UTF-16', 'Save it as UTF-8.'],
];

function checkKind(first: Buffer, name: string): void {
  const begin = first.toString('hex', 0, 4);
  for (const [bytes, kind, fix] of otherKinds)
    if (begin.startsWith(bytes)) throw new CliError('USAGE', `${name} ${kind}, and no CSV.`, { fix });
  if (first.includes(13) && !first.includes(10)) {
    const fix = 'Save it with line feeds.';
    throw new CliError('USAGE', `${name} ends its lines with carriage returns alone.`, { fix });
  }
}

function readHeader(fields: readonly string[], name: string, line: number): readonly string[] {
  const names = fields.map((field) => field.trim());
  if (names.length === 1 && /[;\t|]/.test(names[0] ?? ''))
    throw wrongFile(
      name,
      line,
      'separates columns by something else than a comma. Export the file with commas.',
    );
  for (const [n, column] of names.entries()) {
    if (!salesColumns.includes(column)) {
      const hint = didYouMean(column, salesColumns);
      const known = salesColumns.join(', ');
      throw wrongFile(
        name,
        line,
        `names a column '${column}'; known are ${known}.${hint} Take other columns out.`,
      );
    }
    if (names.indexOf(column) < n)
      throw wrongFile(name, line, `names the column '${column}' twice. Leave one out.`);
  }
  for (const column of required)
    if (!names.includes(column)) throw wrongFile(name, line, `does not name the column '${column}'. Add it.`);
  return names;
}

/** A row with what its texts mean; a field that is empty is not known. */
function rowOf(header: readonly string[], fields: readonly string[]): SalesRow {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < header.length; n++) {
    const column = header[n] ?? '';
    const text = fields[n] ?? '';
    if (text === '' && !required.has(column)) continue;
    if (texts.has(column)) row[column] = text;
    else if (number.test(text)) row[column] = Number(text);
    else if (flags.has(column) && /^(?:true|false)$/i.test(text)) row[column] = text.toLowerCase() === 'true';
    else row[column] = text;
  }
  // The fit checks every value of a row.
  return row as unknown as SalesRow;
}
