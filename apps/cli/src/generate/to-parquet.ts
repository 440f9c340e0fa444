import { DuckDBInstance } from '@duckdb/node-api';
import { toDuckDbColumns, type TableSchema } from '@store/glue-schema';
import { rename, rm } from 'node:fs/promises';

/** Turns files of NDJSON into Parquet, each under its own name. */
export async function toParquet(paths: readonly string[], schema: TableSchema): Promise<void> {
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
    for (const path of paths) {
      const partial = `${path}.parquet`;
      try {
        await connection.run(
          `copy (select ${selected} from read_json(${literal(path)}, format = 'newline_delimited', columns = {${columns.join(', ')}}))
           to ${literal(partial)} (format parquet, compression zstd)`,
        );
        await rename(partial, path);
      } finally {
        await rm(partial, { force: true });
      }
    }
    connection.closeSync();
  } finally {
    instance.closeSync();
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
