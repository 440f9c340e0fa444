import { DuckDBInstance } from '@duckdb/node-api';
import type { TableSchema } from '@store/glue-schema';
import { sqlFile } from '../../local/duckdb.js';
import { nearestSchema, type SourceItem, type SourceItems } from './source-item.js';

/** Reads Parquet through DuckDB: every row as the JSON that the schema asks for, a vector of rows at a time. */
export async function* parquetItems(
  path: string,
  ...schemas: readonly [TableSchema, ...TableSchema[]]
): SourceItems {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const from = `read_parquet(${sqlFile(path)})`;
    const described = await connection.runAndReadAll(`describe select * from ${from}`);
    const present = new Map(
      described
        .getRowsJson()
        .flatMap(([name, type]) =>
          typeof name === 'string' && typeof type === 'string' ? [[name.toLowerCase(), type] as const] : [],
        ),
    );
    const fields = nearestSchema(present.keys(), schemas)
      .columns.filter((column) => present.has(column.name))
      .map((column) => {
        const quoted = `"${column.name}"`;
        // JSON of DuckDB writes times with a space and without a zone; the wire wants ISO 8601 in UTC.
        const instant = present.get(column.name)?.startsWith('TIMESTAMP') === true;
        return `${quoted} := ${instant ? `strftime(${quoted}, '%Y-%m-%dT%H:%M:%S.%gZ')` : quoted}`;
      });
    const result = await connection.stream(
      `select to_json(struct_pack(${fields.join(', ')}))::varchar from ${from}`,
    );
    let line = 1;
    for await (const rows of result.yieldRows()) {
      yield rows.map((row): SourceItem => ({ line: line++, text: String(row[0]) }));
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
