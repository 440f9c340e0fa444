import { toDuckDbColumns } from '@store/glue-schema';
import { partitionConstants, partitionValues } from '../../lake/partition-path.js';
import { isProjected } from '../../lake/projection/projection.js';
import { unreadSelect } from '../../lake/empty-select.js';
import { sqlName } from '../../lake/sql-quoting.js';
import type { CatalogTable } from '../../lake/table-catalog.js';
import { unreadType } from '../../lake/unread-type.js';
import type { QueryView } from '../../query/query-protocol.js';
import { notSupported } from '../athena-error.js';

const ENDING = '$partitions';

/** The table whose partitions a name such as `orders$partitions` lists; `undefined` for any other name. */
export function partitionsOwner(
  name: string,
  find: (table: string) => CatalogTable | undefined,
): CatalogTable | undefined {
  if (!name.endsWith(ENDING)) return undefined;
  const table = find(name.slice(0, -ENDING.length));
  if (table === undefined || table.partitionKeys.length === 0) return undefined;
  if (isProjected(table)) {
    throw notSupported(
      `"${name}" of a table whose partitions are projected; SELECT DISTINCT its partition columns`,
    );
  }
  return table;
}

/** Returns the lists of partitions that a statement names, one row a partition with the values of its keys. */
export function partitionsViews(
  words: ReadonlySet<string>,
  tables: readonly CatalogTable[],
): readonly QueryView[] {
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
