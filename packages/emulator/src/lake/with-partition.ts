import { toDuckDbColumns } from '@store/glue-schema';
import type { CatalogTable } from './table-catalog.js';
import { sqlName, sqlText } from './sql-text.js';

/** Values of a partition's keys, in the table's order; `undefined` for null. */
export type PartitionValues = readonly (string | undefined)[];

/** Rows with the values of their partition's keys; `hive` where DuckDB reads them from the path. */
export function withPartition(table: CatalogTable, rows: string, values: PartitionValues | 'hive'): string {
  if (values === 'hive' || table.partitionKeys.length === 0) return rows;
  const constants = partitionConstants(table, values);
  const named = table.partitionKeys.map(
    ({ Name }, index) => `${constants[index] ?? 'NULL'} AS ${sqlName(Name)}`,
  );
  return `SELECT *, ${named.join(', ')} FROM (${rows})`;
}

/** The values as SQL, each of its key's type. */
export function partitionConstants(table: CatalogTable, values: PartitionValues): readonly string[] {
  return toDuckDbColumns(table.partitionKeys).map(({ type }, index) => {
    const value = values[index];
    return `${value === undefined ? 'NULL' : sqlText(value)}::${type}`;
  });
}
