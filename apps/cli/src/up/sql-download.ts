import { makeFolder } from '@store/durable';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { queryLimits } from '@store/emulator';
import type { SqlColumn, SqlRequest } from '@store/page-protocol';
import { sqlFile, sqlText, withDuckDb } from '../local/duckdb.js';
import { csvLine } from '../query/query-result.js';
import type { RowSink } from '../query/lake.js';
import type { RouteAnswer } from './page-routes.js';
import type { SqlDesk } from './sql-desk.js';

type FileAnswer = Extract<RouteAnswer, { readonly bytes: unknown }>;

/** The endpoint makes no longer row. */
const longestRowBytes = 2 * queryLimits.rowBytes;

let made = 0;

/**
 * Writes all rows of a statement to a file in `folder` and opens it; the file is removed when it was read or left. Nothing
 * is answered before the last row is there, so a statement that fails half-way gives no half file.
 */
export async function download(
  desk: Pick<SqlDesk, 'stream'>,
  request: SqlRequest,
  format: 'csv' | 'parquet',
  folder: string,
  signal: AbortSignal,
): Promise<FileAnswer> {
  makeFolder(folder);
  made += 1;
  const rowsPath = join(folder, `rows-${made}.${format === 'csv' ? 'csv' : 'ndjson'}`);
  const parquetPath = join(folder, `rows-${made}.parquet`);
  const path = format === 'csv' ? rowsPath : parquetPath;
  const remove = async (): Promise<void> => {
    await Promise.all([rm(rowsPath, { force: true }), rm(parquetPath, { force: true })]);
  };
  try {
    const columns = await writeRows(desk, request, format, rowsPath, signal);
    if (format === 'parquet') await toParquet(rowsPath, parquetPath, columns);
  } catch (error) {
    await remove();
    throw error;
  }
  const bytes = createReadStream(path);
  bytes.once('close', () => {
    // What cannot be removed now is in a folder that the next start empties.
    remove().catch(() => undefined);
  });
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.apache.parquet';
  return { name: `rows.${format}`, type, bytes };
}

/** Rows as CSV, guarded against what a spreadsheet would run, or as one JSON object a line. */
async function writeRows(
  desk: Pick<SqlDesk, 'stream'>,
  request: SqlRequest,
  format: 'csv' | 'parquet',
  path: string,
  signal: AbortSignal,
): Promise<readonly SqlColumn[]> {
  let columns: readonly SqlColumn[] = [];
  const line = (row: readonly unknown[]): string =>
    format === 'csv' ? csvLine(row, { raw: false }) : jsonLine(columns, row);
  const file = await open(path, 'w');
  try {
    let header = '';
    const sink: RowSink = {
      columns(found) {
        columns = found;
        if (format === 'csv') header = line(found.map(({ name }) => name));
      },
      async rows(rows) {
        await file.appendFile(header + rows.map(line).join(''));
        header = '';
      },
    };
    await desk.stream(request, sink, { signal });
    await file.appendFile(header);
    return columns;
  } finally {
    await file.close();
  }
}

/** Types whose values come as JSON already. */
const nestedType = /^(STRUCT|MAP|UNION)\(|\]$/;

function jsonLine(columns: readonly SqlColumn[], row: readonly unknown[]): string {
  const fields = columns.map(({ type }, index) => {
    const value = row[index];
    const json = typeof value === 'string' && nestedType.test(type) ? value : JSON.stringify(value ?? null);
    return `"${fieldOf(index)}":${json}`;
  });
  return `{${fields.join(',')}}\n`;
}

/** Two columns may have names that differ in their case alone: by their places they are apart. */
const fieldOf = (index: number): string => `c${index}`;

/** A value as the statement gave it: bytes come as hexadecimal digits after `\x`. */
function valueOf({ name, type }: SqlColumn, index: number): string {
  const field = fieldOf(index);
  return `${type === 'BLOB' ? `unhex(substr(${field}, 3))` : field} as "${name.replaceAll('"', '""')}"`;
}

/** Rows in the types that the statement gave them. */
async function toParquet(rowsPath: string, path: string, columns: readonly SqlColumn[]): Promise<void> {
  const types = columns
    .map(({ type }, index) => `${fieldOf(index)}: ${sqlText(type === 'BLOB' ? 'VARCHAR' : type)}`)
    .join(', ');
  await withDuckDb((connection) =>
    connection.run(
      `copy (select ${columns.map(valueOf).join(', ')} from read_json(${sqlFile(rowsPath)}, format = 'newline_delimited', maximum_object_size = ${longestRowBytes}, columns = {${types}})) to ${sqlText(path)} (format parquet, compression zstd)`,
    ),
  );
}
