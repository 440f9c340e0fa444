import { readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { WorldError } from '@store/generator';
import { IntakeError, RecordSource, type SourceItem } from '@store/intake';
import { salesColumns, type SalesRow } from '@store/generator/calibrate';
import { CliError } from '../terminal/errors.js';
import { dayReader, readColumns, type ColumnFlags, type SalesHeader } from './sales-columns.js';
import { SalesNumbers } from './sales-numbers.js';

const CHUNK_BYTES = 1 << 20;
const isDay = /^\d{4}-\d{2}-\d{2}$/;
const required: ReadonlySet<string> = new Set(salesColumns.slice(0, 4));
const texts: ReadonlySet<string> = new Set(['store_id', 'product_id']);
const truths: ReadonlySet<string> = new Set(['in_stock', 'promotion']);

/** A sales file as rows, with the line of each. */
export interface SalesFile {
  readonly rows: Iterable<SalesRow>;
  /** Columns that were not read, as the file names them; known once its header was read. */
  unread(): readonly string[];
  /** Line on which a row begins, both from 1. */
  lineOf(row: number): number;
}

/**
 * Reads a CSV file piece by piece as its rows are asked for. The first line names the columns, and tells what separates
 * them: a comma, a semicolon, a tab or a bar; except with a comma, `1,5` is a number. What cannot be read is wrong usage,
 * with line and column. Values that are no numbers stay text, for the fit to name.
 *
 * @param name - the file as the user named it
 * @throws CliError `USAGE` for a format of days that cannot be read
 */
export function openSalesFile(file: FileHandle, name: string, flags: ColumnFlags): SalesFile {
  const dayOf = dayReader(flags.dateFormat);
  let header: SalesHeader | undefined;
  let numbers: SalesNumbers | undefined;
  // Rows follow each other line by line, except behind empty lines and fields of several lines.
  const jumps: { readonly row: number; readonly line: number }[] = [];
  function* read(): Generator<SalesRow, void, void> {
    let row = 0;
    let expected = 0;
    const source = new RecordSource({
      format: 'csv',
      onHeader(fields, line) {
        header = readColumns(fields, flags, (problem, fix) => wrongFile(name, line, problem, fix));
        numbers = new SalesNumbers(name, source.delimiter ?? ',');
        return (values) => values;
      },
    });
    for (const { line, value, problem } of csvItems(file, name, source)) {
      if (problem !== undefined) throw wrongRecord(name, line, problem, source.delimiter ?? ',');
      if (value === undefined || header === undefined)
        throw wrongFile(name, line, 'has nothing in any column. Take it out.');
      row++;
      if (line !== expected) jumps.push({ row, line });
      expected = line + 1;
      // What `onHeader` made of the row: its fields.
      yield rowOf(value as readonly string[], header.fields, line);
    }
    if (header === undefined)
      throw wrongFile(name, 1, `has no header. Begin with ${salesColumns.slice(0, 4).join(',')}.`);
  }
  /** A row with what its texts mean; a field that is empty is not known. */
  function rowOf(fields: readonly string[], names: SalesHeader['fields'], line: number): SalesRow {
    const row: Record<string, unknown> = flags.store === undefined ? {} : { store_id: flags.store };
    for (let n = 0; n < names.length; n++) {
      const column = names[n];
      const text = fields[n] ?? '';
      if (column === undefined || (text === '' && !required.has(column))) continue;
      if (texts.has(column)) row[column] = text;
      else if (column === 'date') row[column] = dayOf(text);
      else if (truths.has(column) && /^(?:true|false)$/i.test(text))
        row[column] = text.toLowerCase() === 'true';
      else row[column] = numbers?.read(text, line, column) ?? text;
    }
    // The fit checks every value of a row.
    return row as unknown as SalesRow;
  }
  return {
    rows: read(),
    unread: () => header?.unread ?? [],
    lineOf(row) {
      const jump = jumps.findLast((one) => one.row <= row) ?? { row: 1, line: 2 };
      return jump.line + row - jump.row;
    },
  };
}

/** What is wrong with a line of a file. */
export function wrongFile(name: string, line: number, problem: string, fix?: string): CliError {
  return new CliError('USAGE', `${name}:${line}: the line ${problem}`, fix === undefined ? {} : { fix });
}

/** What a fit says of a row, with the line on which it stands. */
export function wrongRow(
  file: SalesFile,
  name: string,
  error: WorldError,
  { dateFormat }: ColumnFlags,
): CliError {
  const { row, column = 'row', value, message } = error;
  if (row === undefined) return new CliError('USAGE', `${name}: ${message}`, { cause: error });
  // Of two rows of one day, the message names the earlier by its number, too.
  const lines = message
    .replace(/^Row \d+: /, '')
    .replaceAll(/\bRow (\d+)\b/g, (_, other: string) => `Line ${file.lineOf(Number(other))}`);
  const isOther = column === 'date' && typeof value === 'string' && !isDay.test(value);
  const fix =
    dateFormat === undefined
      ? 'Or say how the file writes days: --date-format dd.MM.yyyy.'
      : `Write it as ${dateFormat}, or give the format that it has: --date-format.`;
  return new CliError('USAGE', `${name}:${file.lineOf(row)}: column ${column}: ${lines}`, {
    cause: error,
    ...(isOther ? { fix } : {}),
  });
}

/** What separates the columns, in words. */
const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};

/** What is wrong with a row that is none, and what to do; the reader of the file says how many fields it found. */
function wrongRecord(
  name: string,
  line: number,
  { code, message }: { readonly code: string; readonly message: string },
  delimiter: string,
): CliError {
  const fixes: Readonly<Record<string, string>> = {
    RECORD_TOO_LONG: 'Look for a quote that is never closed.',
    FIELD_COUNT: `Quote fields that hold ${delimiterNames[delimiter] ?? `'${delimiter}'`}.`,
  };
  const fix = fixes[code];
  return new CliError('USAGE', `${name}:${line}: ${message}`, fix === undefined ? {} : { fix });
}

function* csvItems(
  { fd }: FileHandle,
  name: string,
  source: RecordSource,
): Generator<SourceItem, void, void> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    let length = readSync(fd, buffer);
    checkKind(buffer.subarray(0, length), name);
    for (; length > 0; length = readSync(fd, buffer)) yield* source.push(buffer.subarray(0, length));
    yield* source.end();
  } catch (error) {
    throw error instanceof IntakeError ? wrongText(error, name) : error;
  }
}

function wrongText(error: IntakeError, name: string): CliError {
  const { code, line = 1 } = error;
  if (code === 'DUPLICATE_COLUMN')
    return wrongFile(name, line, `names the column '${error.problems[0]?.path ?? ''}' twice. Leave one out.`);
  if (code === 'NO_HEADER')
    return wrongFile(name, 1, `has no header. Begin with ${salesColumns.slice(0, 4).join(',')}.`);
  if (code !== 'NOT_IN_ENCODING') return new CliError('USAGE', `${name}: ${error.message}`, { cause: error });
  return new CliError('USAGE', `${name} is not UTF-8.`, { cause: error, fix: 'Save it as UTF-8.' });
}

/** What a file begins with that is no CSV, and what to do about it. */
const otherKinds: readonly (readonly [first: string, kind: string, fix: string])[] = [
  ['1f8b', 'is compressed by gzip twice', 'Unpack it once with gunzip.'],
  ['504b0304', 'is a zip file, or a workbook of Excel', 'Unpack it, or export the sheet as CSV.'],
  ['d0cf11e0', 'is a workbook of Excel', 'Export the sheet as CSV.'],
  ['7b22', 'is JSON', 'Write its sales as CSV, or as Parquet.'],
  ['5b7b', 'is JSON', 'Write its sales as CSV, or as Parquet.'],
];

function checkKind(first: Buffer, name: string): void {
  const begin = first.toString('hex', 0, 4);
  for (const [bytes, kind, fix] of otherKinds)
    if (begin.startsWith(bytes)) throw new CliError('USAGE', `${name} ${kind}, and is no CSV.`, { fix });
}
