import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** Opens a database in memory for as long as `use` takes, and returns what that does. */
export async function withDuckDb<Result>(
  use: (connection: DuckDBConnection) => Promise<Result>,
): Promise<Result> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

/** Returns text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns the path of a file to read as a literal of SQL; what DuckDB takes for a pattern of several files is quoted. */
export function sqlFile(path: string): string {
  return sqlText(path.replaceAll(/[*?[]/g, '[$&]'));
}
