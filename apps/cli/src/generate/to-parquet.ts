import { DuckDBInstance } from '@duckdb/node-api';
import { toDuckDbColumns, type TableSchema } from '@store/glue-schema';
import { rename, rm, stat } from 'node:fs/promises';
import type { OutputFile } from './output-file.js';

/** Turns NDJSON that was written beside the target into the Parquet file of that name; gives its bytes. */
export async function toParquet(ndjson: OutputFile, path: string, schema: TableSchema): Promise<number> {
  const partial = `${ndjson.path}.parquet`;
  const epochs = epochColumns(schema);
  const columns = toDuckDbColumns(schema).map(
    ({ name, type }) => `${name}: ${literal(epochs.has(name) ? 'BIGINT' : type)}`,
  );
  const replaced = [...epochs].map(
    ([name, perSecond]) => `epoch_ms(${name} * ${1000 / perSecond}) as ${name}`,
  );
  const selected = replaced.length === 0 ? '*' : `* replace (${replaced.join(', ')})`;
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    await connection.run(
      `copy (select ${selected} from read_json(${literal(ndjson.path)}, format = 'newline_delimited', columns = {${columns.join(', ')}}))
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

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Timestamps that travel as numbers, and their units a second: DuckDB reads only text as a timestamp. */
function epochColumns(schema: TableSchema): Map<string, number> {
  const found = new Map<string, number>();
  for (const { name, type } of schema.columns) {
    if (type.kind !== 'timestamp' || type.wire === 'iso') continue;
    found.set(name, type.wire === 'epoch-seconds' ? 1 : 1000);
  }
  return found;
}
