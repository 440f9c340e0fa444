import { rm, writeFile } from 'node:fs/promises';
import { sqlFile, sqlText, withDuckDb } from '../local/duckdb.js';
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
  try {
    const lines = [result.columns.map(({ name }) => name), ...result.rows];
    await writeFile(csvPath, lines.map((line) => csvLine(line, { raw: true })).join(''));
    await withDuckDb((connection) =>
      connection.run(
        `copy (select * from read_csv(${sqlFile(csvPath)}, header = true)) to ${sqlText(path)} (format parquet, compression zstd)`,
      ),
    );
  } finally {
    await rm(csvPath, { force: true });
  }
}
