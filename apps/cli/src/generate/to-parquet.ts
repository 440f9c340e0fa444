import { toDuckDbColumns, type TableSchema } from '@store/glue-schema';
import { rename, rm } from 'node:fs/promises';
import { sqlFile, sqlText, withDuckDb } from '../local/duckdb.js';

/** Turns files of NDJSON into Parquet, each under its own name. */
export async function toParquet(paths: readonly string[], schema: TableSchema): Promise<void> {
  const epochs = epochColumns(schema);
  const columns = toDuckDbColumns(schema).map(
    ({ name, type }) => `${name}: ${sqlText(epochs.has(name) ? 'BIGINT' : type)}`,
  );
  const replaced = [...epochs].map(
    ([name, perSecond]) => `epoch_ms(${name} * ${1000 / perSecond}) as ${name}`,
  );
  const selected = replaced.length === 0 ? '*' : `* replace (${replaced.join(', ')})`;
  await withDuckDb(async (connection) => {
    for (const path of paths) {
      const partial = `${path}.parquet`;
      try {
        await connection.run(
          `copy (select ${selected} from read_json(${sqlFile(path)}, format = 'newline_delimited', columns = {${columns.join(', ')}}))
           to ${sqlText(partial)} (format parquet, compression zstd)`,
        );
        await rename(partial, path);
      } finally {
        await rm(partial, { force: true });
      }
    }
  });
}

/** Timestamps that travel as numbers, and their units a second: DuckDB reads only text as a timestamp. */
function epochColumns(schema: TableSchema): Map<string, number> {
  const found = new Map<string, number>();
  for (const { name, type } of schema.columns) {
    if (type.kind !== 'timestamp' || type.wire === 'iso') continue;
    found.set(name, type.wire === 'epoch-seconds' ? 1 : 1000);
  }
  return found;
}
