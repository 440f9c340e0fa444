import { DuckDBInstance } from '@duckdb/node-api';
import { toDuckDbColumns } from '@store/glue-schema';
import { inventoryEventSchema } from '@store/schema';
import { rename, rm, stat } from 'node:fs/promises';
import type { OutputFile } from './output-file.js';

/** Turns NDJSON that was written beside the target into the Parquet file of that name; gives its bytes. */
export async function toParquet(ndjson: OutputFile, path: string): Promise<number> {
  const partial = `${ndjson.path}.parquet`;
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const columns = toDuckDbColumns(inventoryEventSchema).map(({ name, type }) => `${name}: ${literal(type)}`);
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run(
      `copy (select * from read_json(${literal(ndjson.path)}, format = 'newline_delimited', columns = {${columns.join(', ')}}))
       to ${literal(partial)} (format parquet, compression zstd)`,
    );
    connection.closeSync();
    await rename(partial, path);
    return (await stat(path)).size;
  } finally {
    instance.closeSync();
    await rm(partial, { force: true });
  }
}
