import { headerNames, type SourceItem } from '@store/intake';
import { readFile } from 'node:fs/promises';
import { CliError } from '../../terminal/errors.js';
import type { OpenSource, ReadingOptions } from '../reading.js';
import { checkZip } from './zip-bound.js';

type Cell = string | number | boolean | Date | null;

/**
 * Opens a sheet of a workbook of Excel: its first row that holds anything, behind those that are skipped, is the header.
 * Numbers stay numbers, since how they are shown is not how they are kept. A date has no zone; where every time of a column
 * is midnight, it is a column of dates. A time of day is one, of no date.
 */
export async function openWorkbook(
  file: string,
  name: string,
  options: ReadingOptions,
): Promise<Pick<OpenSource, 'lots' | 'facts' | 'bytes'>> {
  const bytes = await readFile(file);
  checkZip(bytes, name);
  const { default: readWorkbook } = await import('read-excel-file/node');
  const sheets = await readWorkbook(bytes).catch((error: unknown) => {
    throw new CliError('BAD_SOURCE', `${name} cannot be read as a workbook of Excel.`, {
      cause: error,
      fix: 'Save it again as .xlsx, or as CSV.',
    });
  });
  const full = sheets.filter(({ data }) => data.length > 0);
  const wanted = options.sheet === undefined ? full : full.filter(({ sheet }) => sheet === options.sheet);
  const [first, ...others] = wanted;
  if (first === undefined || others.length > 0) {
    const there = full.map(({ sheet }) => JSON.stringify(sheet)).join(', ');
    const problem = first === undefined ? 'has no such sheet' : `has ${full.length} sheets`;
    throw new CliError('USAGE', `${name} ${problem}: ${there === '' ? 'all are empty' : there}.`, {
      fix: 'Name one with --sheet.',
    });
  }
  const rows = first.data.map((row) => row.map(cellOf));
  const top = rows.findIndex(
    (row, index) => index >= (options.skip ?? 0) && row.some((cell) => cell !== null),
  );
  const names = headerNames(
    (rows[top] ?? []).map((cell) => String(plain(cell, isMidnight(cell)))),
    top + 1,
  );
  const rowValue = options.onHeader?.(names, top + 1);
  const body = rows.slice(top + 1);
  const isDay = names.map((_, column) => body.every((row) => isMidnight(row[column])));
  return {
    lots: lots(),
    facts: () => ({ format: 'json' }),
    bytes: () => bytes.length,
  };

  async function* lots(): AsyncIterable<readonly SourceItem[]> {
    for (let at = 0; at < body.length; at += 1000)
      yield body.slice(at, at + 1000).map((row, index) => item(row, top + 2 + at + index));
  }
  function item(row: readonly Cell[], line: number): SourceItem {
    const cells = names.map((_, column) => plain(row[column] ?? null, isDay[column] === true));
    const record = Object.fromEntries(names.flatMap((name, n) => (name === '' ? [] : [[name, cells[n]]])));
    const raw = JSON.stringify(record);
    if (cells.every((cell) => cell === '')) return { line, raw, empty: true };
    return { line, raw, value: rowValue?.(cells.map(String)) ?? record };
  }
}

/** The library's types have dates as their constructor. */
function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return value instanceof Date ? value : null;
}

const isMidnight = (cell: Cell | undefined): boolean =>
  !(cell instanceof Date) || cell.getTime() % 86_400_000 === 0;

/** Day 1 of Excel's calendar: what is before it is a time of day. */
const FIRST_DAY = Date.UTC(1899, 11, 31);

function plain(cell: Cell, isDay: boolean): string | number | boolean {
  if (cell === null) return '';
  if (!(cell instanceof Date)) return cell;
  if (cell.getTime() < FIRST_DAY) return cell.toISOString().slice(11, 19);
  return cell.toISOString().slice(0, isDay ? 10 : 23);
}
