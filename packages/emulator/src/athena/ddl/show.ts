import { stringColumn, viewColumn, type ColumnInfo } from '../athena-value.js';
import { QueryFailure } from '../athena-error.js';
import type { TextRow } from '../result-store.js';
import type { Statement } from '../statement/statement.js';
import { partitionFolder } from '../../lake/partition-folder.js';
import {
  ddlFailure,
  located,
  noDatabase,
  noTable,
  type CatalogAccess,
  type GlueTable,
} from './catalog-access.js';
import { trinoType } from './glue-types.js';
import { describeTable } from './describe-table.js';
import { showCreateTable } from './show-create-table.js';
import { viewText } from './view-text.js';

/** What a statement shows. */
export interface Shown {
  readonly columns: readonly ColumnInfo[];
  readonly rows: readonly TextRow[];
  /** What the statement turned out to be, where its text alone does not tell. */
  readonly subtype?: string;
}

/** Statements that show something of the catalog. */
export type ShowStatement = Extract<Statement, { readonly kind: `show-${string}` | 'describe' }>;

/** Returns what a `SHOW` or `DESCRIBE` shows. */
export async function show(
  statement: ShowStatement,
  catalog: CatalogAccess,
  database: string | undefined,
): Promise<Shown> {
  switch (statement.kind) {
    case 'show-databases': {
      const names = (await catalog.databases()).map(({ Name }) => Name);
      return list('database_name', names.filter(databaseTest(statement.pattern)));
    }
    case 'show-tables':
    case 'show-views': {
      const wanted = statement.database ?? database?.toLowerCase() ?? 'default';
      if ((await catalog.database(wanted)) === undefined) throw noDatabase(wanted);
      const tables = (await catalog.tables(wanted)).filter(
        ({ TableType }) => statement.kind === 'show-tables' || TableType === 'VIRTUAL_VIEW',
      );
      const names = tables.map(({ Name }) => Name).filter(patternTest(statement.pattern));
      if (statement.kind === 'show-tables') return list('tab_name', names);
      return { columns: [viewColumn('views')], rows: [...names].sort().map((name) => [name]) };
    }
    default: {
      const { database: schema, name } = located(statement.table, database);
      const table = await catalog.table(schema, name);
      if (table === undefined) throw noTable(schema, name);
      return showTable(statement, table, catalog);
    }
  }
}

type TableStatement = Extract<ShowStatement, { readonly table: unknown }>;

async function showTable(
  statement: TableStatement,
  table: GlueTable,
  catalog: CatalogAccess,
): Promise<Shown> {
  const keys = table.PartitionKeys ?? [];
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...keys];
  switch (statement.kind) {
    case 'show-columns':
      if (table.TableType === 'VIRTUAL_VIEW') return viewColumns(table);
      return lines(
        'field',
        columns.map(({ Name }) => Name.padEnd(20)),
      );
    case 'show-partitions': {
      if (keys.length === 0) {
        throw ddlFailure(`Table ${table.Name} is not a partitioned table`);
      }
      const names = (await catalog.partitions(table)).map(({ Values }) => partitionFolder(keys, Values));
      return list('partition', names);
    }
    case 'show-create-table':
      if (table.TableType === 'VIRTUAL_VIEW') {
        throw ddlFailure(`${table.Name} is a view: write SHOW CREATE VIEW`);
      }
      return lines('createtab_stmt', showCreateTable(table));
    case 'show-create-view': {
      const view = viewText(table.ViewOriginalText);
      if (view === undefined) throw new QueryFailure(`FAILED: ${table.Name} is no view`);
      const text = `CREATE VIEW ${table.DatabaseName}.${table.Name} AS\n${view.originalSql}`;
      return { columns: [viewColumn('create view')], rows: text.split('\n').map((line) => [line]) };
    }
    case 'show-properties': {
      const all = Object.entries(table.Parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      const { property } = statement;
      const found = property === undefined ? all : all.filter(([key]) => key === property);
      const rows: readonly TextRow[] =
        property !== undefined && found.length === 0
          ? [[`Table ${table.DatabaseName}.${table.Name} does not have property: ${property}`]]
          : found.map(([key, value]) => [`${key}\t${value}`]);
      return { columns: [stringColumn('prpt_name'), stringColumn('prpt_value')], rows };
    }
    case 'describe':
      if (table.TableType === 'VIRTUAL_VIEW') return viewColumns(table);
      return {
        columns: ['col_name', 'data_type', 'comment'].map(stringColumn),
        rows: describeTable(table, statement.detail).map((line) => [line]),
      };
  }
}

/** Columns of a view, whichever statement asks for them. */
function viewColumns({ StorageDescriptor: { Columns = [] } = {} }: GlueTable): Shown {
  return {
    columns: ['column', 'type'].map(viewColumn),
    rows: Columns.map(({ Name, Type }) => [`${Name}\t${trinoType(Type)}`]),
    subtype: 'DESC_VIEW',
  };
}

function list(column: string, names: readonly string[]): Shown {
  return lines(column, [...names].sort());
}

function lines(column: string, texts: readonly string[]): Shown {
  return { columns: [stringColumn(column)], rows: texts.map((text) => [text]) };
}

/**
 * The pattern of SHOW DATABASES: a regular expression over the whole name, of which `.*` and `|` are read; a `*` alone
 * is every name, and one behind a letter matches none. Source: measured by the project athena-local (2026-09).
 */
function databaseTest(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined || pattern === '*') return () => true;
  const parts = pattern.split('|').filter((part) => !part.replaceAll('.*', '').includes('*'));
  return (name) => parts.some((part) => matchesStars(part.replaceAll('.*', '*'), name));
}

/** Hive's pattern: `*` stands for anything, `|` for or; a regular expression's dot and star too. */
function patternTest(pattern: string | undefined): (name: string) => boolean {
  if (pattern === undefined) return () => true;
  const parts = pattern.toLowerCase().split('|');
  return (name) => parts.some((part) => matchesStars(part.replaceAll('.*', '*'), name));
}

/** Whether a name is the pieces of a pattern in order; takes time by their lengths alone. */
function matchesStars(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > name.length - last.length) return false;
    at = found + piece.length;
  }
  return true;
}
