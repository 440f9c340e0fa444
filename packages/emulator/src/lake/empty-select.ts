import { toDuckDbColumns } from '@store/glue-schema';
import { sqlName, sqlText } from './sql-quoting.js';
import type { CatalogTable } from './table-catalog.js';

/**
 * No rows, with every column. DuckDB reads the first column of a union where a query needs none, as `count(*)` does,
 * so the cheap ones come first: with a column of UUIDs first, counting an hour of a million rows took 170 ms, with
 * the partition key first 5 ms (bench/queries.bench.ts).
 */
export function emptySelect(table: CatalogTable, condition: string): string {
  const columns = toDuckDbColumns([...table.partitionKeys, ...table.columns]);
  const cost = (name: string, type: string): number => {
    if (table.partitionKeys.some((key) => key.Name === name)) return 0;
    return /^(BOOLEAN|TINYINT|SMALLINT|INTEGER|DATE)$/.test(type) ? 1 : 2;
  };
  const nulls = columns
    .map(({ name, type }) => ({ text: `NULL::${type} AS ${sqlName(name)}`, cost: cost(name, type) }))
    .sort((a, b) => a.cost - b.cost);
  return `SELECT ${nulls.map(({ text }) => text).join(', ')} WHERE ${condition}`;
}

/** Fails whoever reads a table of which a column has a type that is no type. */
export function unreadSelect(table: CatalogTable, why: string): string {
  const asText = ({ Name }: { readonly Name: string }): { Name: string; Type: string } => ({
    Name,
    Type: 'string',
  });
  const readable = {
    ...table,
    columns: table.columns.map(asText),
    partitionKeys: table.partitionKeys.map(asText),
  };
  const message = `NOT_SUPPORTED: In the table ${table.databaseName}.${table.name} ${why}`;
  return emptySelect(readable, `CAST(error(${sqlText(message)}) AS BOOLEAN)`);
}
