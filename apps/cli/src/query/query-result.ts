import { inertText } from '@store/foundation';
import { csvField } from '../output/format.js';
import { displayWidth } from '../output/display-width.js';
import { layTable, nothing, type LaidTable, type TableLayout } from '../output/table.js';
import { jsonSafe } from '../output/write-out.js';

/** A column of a result. */
export interface ResultColumn {
  readonly name: string;
  readonly type: string;
}

/** What a query came to, wherever it ran. */
export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  /** Text, numbers, truth values, and what JSON can hold of the rest. */
  readonly rows: readonly (readonly unknown[])[];
}

const numericType = /^(tinyint|smallint|integer|int|bigint|hugeint|float|real|double|decimal|u[a-z]*int)/i;

const momentType = /^(timestamp|date|time)/i;

/** Rows under their column names, numbers to the right; numbers and moments are never cut. */
export function tableOf(result: QueryResult, layout: TableLayout): LaidTable {
  return layTable(
    result.columns.map(({ name, type }) => ({
      title: name,
      align: numericType.test(type) ? 'right' : 'left',
      isExact: numericType.test(type) || momentType.test(type),
    })),
    result.rows.map((row) => row.map((value) => (value === null ? null : textOf(value)))),
    layout,
  );
}

/** One row as `name = value` lines, names to the right. */
export function linesOf(columns: readonly ResultColumn[], row: readonly unknown[]): string {
  const titles = columns.map(({ name }) => inertText(name));
  const width = Math.max(0, ...titles.map(displayWidth));
  return titles
    .map((title, index) => {
      const value = row[index] ?? null;
      const text = value === null ? nothing : inertText(textOf(value));
      return `${' '.repeat(width - displayWidth(title))}${title} = ${text}\n`;
    })
    .join('');
}

/** One line of CSV; a missing value is an empty field. */
export function csvLine(row: readonly unknown[], form: CsvForm): string {
  const fields = row.map((value) => {
    const text = value === null ? '' : textOf(value);
    return csvField(form.toTerminal === true ? inertText(text) : text, form.raw);
  });
  return `${fields.join(',')}\n`;
}

/** How CSV is written. */
export interface CsvForm {
  /** For programs: no guard before what a spreadsheet would run. */
  readonly raw: boolean;
  /** A person looks at it: control characters are shown. */
  readonly toTerminal?: boolean;
}

/** One object a row, numbers as numbers where JavaScript holds them exactly. */
export function objectsOf({ columns, rows }: QueryResult): Record<string, unknown>[] {
  return rows.map((row) => objectOf(columns, row));
}

/** One row under its column names. */
export function objectOf(columns: readonly ResultColumn[], row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name, type }, index) => [name, jsonValue(row[index], type)]));
}

/** Digits that a JavaScript number holds exactly, whatever they are. */
const exactDigits = 15;

function jsonValue(value: unknown, type: string): unknown {
  if (typeof value !== 'string') return value;
  if (numericType.test(type) && /^-?\d/.test(value) && value.replaceAll(/\D/g, '').length <= exactDigits)
    return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return JSON.stringify(value, jsonSafe);
}
