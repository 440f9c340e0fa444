import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { stat } from 'node:fs/promises';
import { findFiles } from '../local/folder.js';
import { names } from '../inventory/names.js';
import { CliError } from '../terminal/errors.js';
import type { QueryResult } from './query-result.js';

/** A folder of Parquet files, opened as one table of inventory events. */
export interface LakeFolder {
  /** Runs one statement; `signal` stops it. */
  run(sql: string, signal: AbortSignal): Promise<QueryResult>;
  /** Writes the rows of a statement to a file. */
  copyTo(sql: string, path: string, format: 'csv' | 'json' | 'parquet', signal: AbortSignal): Promise<number>;
  close(): void;
}

/** Opens a lake that `store demo`, `store emulator` or Firehose wrote; nothing in the folder is changed. */
export async function openLakeFolder(folder: string): Promise<LakeFolder> {
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
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const list = files.map(({ path }) => literal(path)).join(', ');
  await connection.run(
    `create view ${names.table} as select * from read_parquet([${list}], union_by_name = true, hive_partitioning = true)`,
  );
  return {
    run: async (sql, signal) => interruptible(connection, signal, () => rowsOf(connection, sql)),
    copyTo: async (sql, path, format, signal) =>
      interruptible(connection, signal, async () => {
        const options =
          format === 'json'
            ? 'format json'
            : format === 'csv'
              ? 'format csv, header'
              : 'format parquet, compression zstd';
        const reader = await connection.runAndReadAll(`copy (${sql}) to ${literal(path)} (${options})`);
        return Number(reader.getRows()[0]?.[0] ?? 0);
      }),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  const reader = await connection.runAndReadAll(sql);
  const types = reader.columnTypes().map(String);
  return {
    columns: reader.columnNames().map((name, index) => ({ name, type: types[index] ?? '' })),
    rows: reader
      .getRowsJson()
      .map((row) =>
        row.map((value, index) =>
          types[index] === 'TIMESTAMP' && typeof value === 'string' ? withMilliseconds(value) : value,
        ),
      ),
  };
}

/** DuckDB leaves zeros at the end out, Athena never does; the same row should read the same. */
function withMilliseconds(time: string): string {
  const [whole = '', fraction = ''] = time.split('.', 2);
  return `${whole}.${fraction.padEnd(3, '0')}`;
}

async function interruptible<Value>(
  connection: DuckDBConnection,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<Value> {
  const stop = (): void => {
    connection.interrupt();
  };
  signal.addEventListener('abort', stop);
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
