import { openSqlReader, queryDefaults, type QueryOptions } from '@store/emulator';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { findFiles } from '../local/folder.js';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import type { Lake, RowSink } from './lake.js';

/** Memory of DuckDB in the process of a query, for each byte that the process may take. */
const DUCKDB_SHARE = 0.6;
const MIB = 1024 * 1024;

/** Opens a lake that `store demo`, `store emulator` or Firehose wrote; nothing in the folder is changed. */
export async function openLakeFolder(
  folder: string,
  outputFolder: string | undefined,
  limits: QueryOptions,
): Promise<Lake> {
  const present = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const files = present ? await findFiles(folder, '.parquet') : [];
  if (files.length === 0) {
    throw new CliError(
      'NO_LAKE',
      present ? `There is no Parquet file under ${folder}.` : `There is no folder ${folder}.`,
      { fix: 'Make one with `store demo`, or name another with --data.' },
    );
  }
  const memoryBytes = limits.memoryBytes ?? queryDefaults.memoryBytes;
  const reader = await openSqlReader({
    table: names.table,
    files: files.map(({ path }) => path),
    folder,
    queries: limits,
    duckDbMemoryBytes: Math.max(64 * MIB, Math.floor(memoryBytes * DUCKDB_SHARE)),
    duckDbThreads: availableParallelism(),
    ...(outputFolder === undefined ? {} : { outputFolder }),
  });
  return {
    stream: async (sql, sink, options) => reader.stream(sql, readable(sink), options),
    copyTo: async (sql, path, format, signal) => reader.copyTo(sql, path, format, { signal }),
    close: async () => reader.close(),
  };
}

/** DuckDB leaves zeros at the end of a time out, Athena never does; the same row should read the same. */
function readable(sink: RowSink): RowSink {
  let times: readonly number[] = [];
  return {
    columns(columns) {
      times = columns.flatMap(({ type }, index) => (type === 'TIMESTAMP' ? [index] : []));
      sink.columns(columns);
    },
    rows: async (rows) => {
      const written = rows.map((row) => {
        const copy = [...row];
        for (const at of times) {
          const value = copy[at];
          if (typeof value === 'string') copy[at] = withMilliseconds(value);
        }
        return copy;
      });
      return sink.rows(written);
    },
  };
}

function withMilliseconds(time: string): string {
  const [whole = '', fraction = ''] = time.split('.', 2);
  return `${whole}.${fraction.padEnd(3, '0')}`;
}
