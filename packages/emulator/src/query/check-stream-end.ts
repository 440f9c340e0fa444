import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { duckDbApi } from '../lake/duckdb-api.js';

/**
 * Throws what ended a stream of rows before the last one. `fetchChunk` answers `null` behind the last row and after a failure
 * alike (node-api 1.5.6, as duckdb_stream_fetch_chunk of the C interface): only the result's type tells them apart, and only
 * running the statement once more says why, without its rows.
 */
export async function checkStreamEnd(
  result: DuckDBResult,
  connection: DuckDBConnection,
  sql: string,
): Promise<void> {
  if (result.returnType !== duckDbApi().ResultReturnType.INVALID) return;
  try {
    await connection.run(`EXPLAIN ANALYZE ${sql}`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Behind it, DuckDB draws the place in the statement that it was given.
    throw new Error(message.split('\n\nLINE')[0], { cause: error });
  }
  throw new Error('The statement failed while its rows were read.');
}
