import { DuckDBInstance } from '@duckdb/node-api';
import { rm, writeFile } from 'node:fs/promises';
import { csvLine, objectsOf, type QueryResult } from './query-result.js';

/** Writes rows that Athena gave, as text, to a file; for Parquet, DuckDB finds the types again. */
export async function writeRows(
  result: QueryResult,
  path: string,
  format: 'json' | 'parquet',
): Promise<void> {
  if (format === 'json') {
    await writeFile(
      path,
      objectsOf(result)
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    return;
  }
  const csvPath = `${path}.csv`;
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const lines = [result.columns.map(({ name }) => name), ...result.rows];
    await writeFile(csvPath, lines.map((line) => csvLine(line, { raw: true })).join(''));
    const connection = await instance.connect();
    const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    await connection.run(
      `copy (select * from read_csv(${literal(csvPath)}, header = true)) to ${literal(path)} (format parquet, compression zstd)`,
    );
    connection.closeSync();
  } finally {
    instance.closeSync();
    await rm(csvPath, { force: true });
  }
}
