import { DuckDBInstance, ResultReturnType, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';

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

/**
 * Starts a statement and returns its rows, a vector at a time. To DuckDB's interface a stream that fails in its middle looks
 * like one that has ended (node-api 1.5.6): here it throws, with what the statement says when it is run once more.
 */
export async function streamRows(
  connection: DuckDBConnection,
  sql: string,
): Promise<AsyncIterable<readonly (readonly DuckDBValue[])[]>> {
  const result = await connection.stream(sql);
  return (async function* (): AsyncIterable<readonly (readonly DuckDBValue[])[]> {
    yield* result.yieldRows();
    if (result.returnType !== ResultReturnType.INVALID) return;
    await connection.run(`explain analyze ${sql}`);
    throw new Error('The rows could not be read to the last one.');
  })();
}

/** Returns text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Returns the path of a file to read as a literal of SQL; what DuckDB takes for a pattern of several files is quoted. */
export function sqlFile(path: string): string {
  return sqlText(path.replaceAll(/[*?[]/g, '[$&]'));
}
