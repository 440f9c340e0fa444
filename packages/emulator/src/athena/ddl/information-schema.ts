import { sqlText } from '../../lake/sql-quoting.js';
import type { CatalogTable, TableCatalog } from '../../lake/table-catalog.js';
import type { QueryView } from '../../query/query-protocol.js';
import { trinoType } from './glue-types.js';
import { viewText } from './view-text.js';

/** Schema that stands for `information_schema` in DuckDB, which has one of its own. */
export const informationSchema = 'athena_information_schema';

/** Tables of `information_schema` that are served. */
export const informationTables: readonly string[] = Object.freeze(['columns', 'schemata', 'tables', 'views']);

/** Returns the tables of `information_schema` where a statement names it. */
export function informationViews(sql: string, catalog: TableCatalog): readonly QueryView[] {
  if (!/\binformation_schema\b/i.test(sql)) return [];
  const tables = catalog.listTables();
  const databases = [...catalog.listDatabases()].sort();
  return [
    view(
      'schemata',
      ['catalog_name', 'schema_name'],
      [...databases, 'information_schema'].map((name) => ['awsdatacatalog', name]),
    ),
    view(
      'tables',
      ['table_catalog', 'table_schema', 'table_name', 'table_type'],
      tables.map(({ databaseName, name, viewText: text }) => [
        'awsdatacatalog',
        databaseName,
        name,
        text === undefined ? 'BASE TABLE' : 'VIEW',
      ]),
    ),
    view(
      'views',
      ['table_catalog', 'table_schema', 'table_name', 'view_definition'],
      tables
        .filter((table) => table.viewText !== undefined)
        .map(({ databaseName, name, viewText: text }) => [
          'awsdatacatalog',
          databaseName,
          name,
          viewText(text)?.originalSql,
        ]),
    ),
    columnsView(tables),
  ];
}

const columnNames = [
  'table_catalog',
  'table_schema',
  'table_name',
  'column_name',
  'ordinal_position',
  'column_default',
  'is_nullable',
  'data_type',
  'comment',
  'extra_info',
];

function columnsView(tables: readonly CatalogTable[]): QueryView {
  const rows = tables.flatMap((table) =>
    [...table.columns, ...table.partitionKeys].map(({ Name, Type }, index) => [
      'awsdatacatalog',
      table.databaseName,
      table.name,
      Name,
      index + 1,
      undefined,
      'YES',
      trinoType(Type),
      undefined,
      index < table.columns.length ? undefined : 'partition key',
    ]),
  );
  return view('columns', columnNames, rows);
}

function view(
  name: string,
  columns: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): QueryView {
  const typeOf = (column: string): string => (column === 'ordinal_position' ? 'BIGINT' : 'VARCHAR');
  const empty = columns.map((column) => `CAST(NULL AS ${typeOf(column)}) AS ${column}`).join(', ');
  const values = rows.map(
    (row) =>
      `(${row.map((value) => (value === undefined ? 'NULL' : typeof value === 'number' ? String(value) : sqlText(value))).join(', ')})`,
  );
  const select =
    rows.length === 0
      ? `SELECT ${empty} WHERE false`
      : `SELECT ${columns.map((column) => `CAST(${column} AS ${typeOf(column)}) AS ${column}`).join(', ')} FROM (VALUES ${values.join(', ')}) AS t(${columns.join(', ')})`;
  return { schema: informationSchema, name, select };
}
