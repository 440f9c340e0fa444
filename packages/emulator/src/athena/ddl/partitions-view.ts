import { toDuckDbColumns } from '@store/glue-schema';
import { partitionConstants, partitionValues } from '../../lake/partition-path.js';
import { isProjected } from '../../lake/projection/projection.js';
import { unreadSelect } from '../../lake/empty-select.js';
import { sqlName } from '../../lake/sql-quoting.js';
import { namesIn, type CatalogTable } from '../../lake/table-catalog.js';
import { unreadType } from '../../lake/unread-type.js';
import type { QueryView } from '../../query/query-protocol.js';
import { notSupported } from '../athena-error.js';

const ENDING = '$partitions';

/** Name of the table whose partitions a name such as `orders$partitions` lists; `undefined` for any other name. */
export function ownerName(name: string): string | undefined {
  return name.endsWith(ENDING) ? name.slice(0, -ENDING.length) : undefined;
}

/** The table whose partitions a name such as `orders$partitions` lists; `undefined` for any other name. */
export function partitionsOwner(
  name: string,
  find: (table: string) => CatalogTable | undefined,
): CatalogTable | undefined {
  const owner = ownerName(name);
  const table = owner === undefined ? undefined : find(owner);
  if (table === undefined || table.partitionKeys.length === 0) return undefined;
  if (isProjected(table)) {
    throw notSupported(
      `"${name}" of a table whose partitions are projected; SELECT DISTINCT its partition columns`,
    );
  }
  return table;
}

/** Returns the lists of partitions that a statement names, one row a partition with the values of its keys. */
export function partitionsViews(sql: string, tables: readonly CatalogTable[]): readonly QueryView[] {
  // Few statements name one, and to look for words takes a while in a long statement.
  if (!sql.toLowerCase().includes(ENDING)) return [];
  const words = namesIn(sql);
  return tables
    .filter(({ name, partitionKeys }) => partitionKeys.length > 0 && words.has(`${name}${ENDING}`))
    .map((table) => ({ schema: table.databaseName, name: `${table.name}${ENDING}`, select: rowsOf(table) }));
}

function rowsOf(table: CatalogTable): string {
  const unread = unreadType(table.partitionKeys);
  if (unread !== undefined) return unreadSelect(table, unread);
  const columns = toDuckDbColumns(table.partitionKeys);
  const empty = columns.map(({ name, type }) => `CAST(NULL AS ${type}) AS ${sqlName(name)}`).join(', ');
  const rows = (table.partitions?.() ?? []).map(
    ({ values }) => `(${partitionConstants(table, partitionValues(values)).join(', ')})`,
  );
  if (rows.length === 0) return `SELECT ${empty} WHERE false`;
  return `SELECT * FROM (VALUES ${rows.join(', ')}) AS t(${columns.map(({ name }) => sqlName(name)).join(', ')})`;
}
