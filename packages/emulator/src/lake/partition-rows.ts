import { type GlueType, parseGlueType, toDuckDbType } from '@store/glue-schema';
import { stringifyJson } from '@store/foundation';
import { sqlName, sqlText } from './sql-quoting.js';
import type { CatalogTable, PartitionStorage } from './table-catalog.js';
import { tableFormat } from './table-format.js';

/** A table as the files of a partition are read that says otherwise; columns of Parquet stay the table's. */
export function partitionTable(table: CatalogTable, storage: PartitionStorage): CatalogTable {
  const read = { ...table, ...storage };
  // Parquet names its columns itself, and Athena reads them by name: what the partition says of them does not count.
  return tableFormat(read).kind === 'parquet' ? { ...read, columns: table.columns } : read;
}

/**
 * Rows of a partition's files as rows of the table. Columns of text and JSON correspond by their place, as Athena takes
 * them; a column whose type does not become the table's fails the query that reads it.
 */
export function asTableRows(table: CatalogTable, read: CatalogTable, select: string): string {
  if (read.columns === table.columns) return select;
  const columns = table.columns.map((column, index) => {
    const own = read.columns[index];
    return `${own === undefined ? 'NULL' : coerced(table, column, own)} AS ${sqlName(column.Name)}`;
  });
  const keys = table.partitionKeys.map(({ Name }) => sqlName(Name));
  return `SELECT ${[...columns, ...keys].join(', ')} FROM (${select})`;
}

interface Column {
  readonly Name: string;
  readonly Type: string;
}

function coerced(table: CatalogTable, column: Column, own: Column): string {
  const to = parseGlueType(column.Type);
  const from = parseGlueType(own.Type);
  if (stringifyJson(to) === stringifyJson(from)) return sqlName(own.Name);
  if (isCoercible(from.kind, to.kind)) return `TRY_CAST(${sqlName(own.Name)} AS ${toDuckDbType(to)})`;
  const why = `HIVE_PARTITION_SCHEMA_MISMATCH: There is a mismatch between the table and partition schemas. The types are incompatible and cannot be coerced. The column '${column.Name}' in table '${table.databaseName}.${table.name}' is declared as type '${column.Type}', but a partition declared column '${own.Name}' as type '${own.Type}'.`;
  return `CAST(error(${sqlText(why)}) AS ${toDuckDbType(to)})`;
}

type Kind = GlueType['kind'];

const whole: readonly Kind[] = ['tinyint', 'smallint', 'int', 'bigint'];
const text: readonly Kind[] = ['string', 'varchar', 'char'];
const fraction: readonly Kind[] = ['float', 'double', 'decimal'];

/** Whether Trino's Hive connector reads values of one type as another; source: its `HiveCoercionPolicy` (2026). */
function isCoercible(from: Kind, to: Kind): boolean {
  if (from === to || (text.includes(from) && text.includes(to))) return true;
  if (text.includes(to)) return [...whole, ...fraction, 'boolean', 'date', 'timestamp'].includes(from);
  if (text.includes(from)) return [...whole, 'float', 'double', 'date', 'timestamp'].includes(to);
  if (whole.includes(from)) return whole.indexOf(to) > whole.indexOf(from) || fraction.includes(to);
  return fraction.includes(from) && (fraction.includes(to) || (from === 'decimal' && whole.includes(to)));
}
