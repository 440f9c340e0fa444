import type { Statement } from './statement.js';

/** What Athena says of a kind of statement, and what it leaves under the output location. */
export interface StatementKind {
  readonly type: 'DDL' | 'DML' | 'UTILITY';
  readonly subtype: string;
  /** `csv` and `text` are objects of rows; `rows` and `table` leave a manifest of the objects that were written. */
  readonly result: 'csv' | 'text' | 'rows' | 'table';
  /** Whether the first row of `GetQueryResults` holds the names of the columns. */
  readonly header: boolean;
  /** Whether `GetQueryResults` says that no rows were changed; else it says nothing of it, unless some were. */
  readonly counts: boolean;
  /** Type of its objects: `binary` for those that Athena writes without planning a query. */
  readonly contentType: 'application/octet-stream' | 'binary/octet-stream';
}

const planned = { counts: false, contentType: 'application/octet-stream' } as const;
const unplanned = { counts: false, contentType: 'binary/octet-stream' } as const;

const ddl = (subtype: string): StatementKind => ({
  type: 'DDL',
  subtype,
  result: 'text',
  header: false,
  ...unplanned,
});
const shown = (subtype: string): StatementKind => ({
  type: 'UTILITY',
  subtype,
  result: 'text',
  header: false,
  ...unplanned,
  counts: true,
});

/** Kinds of statements; source: measured on Athena engine version 3 by the project athena-local (2026-09). */
export const statementKinds: Readonly<Record<Statement['kind'], StatementKind>> = Object.freeze({
  select: { type: 'DML', subtype: 'SELECT', result: 'csv', header: true, ...planned, counts: true },
  explain: { type: 'DML', subtype: 'EXPLAIN', result: 'text', header: true, ...planned },
  insert: { type: 'DML', subtype: 'INSERT', result: 'rows', header: false, ...planned },
  unload: { type: 'DML', subtype: 'UNLOAD', result: 'rows', header: false, ...planned },
  'create-table-as': {
    type: 'DDL',
    subtype: 'CREATE_TABLE_AS_SELECT',
    result: 'table',
    header: false,
    ...planned,
  },
  'create-database': ddl('CREATE_DATABASE'),
  'drop-database': ddl('DROP_DATABASE'),
  'alter-database': ddl('ALTER_DATABASE'),
  'create-table': ddl('CREATE_TABLE'),
  'alter-table': ddl('ALTER_TABLE'),
  'drop-table': ddl('DROP_TABLE'),
  'repair-table': ddl('MSCK_REPAIR'),
  'create-view': ddl('CREATE_VIEW'),
  'drop-view': ddl('DROP_VIEW'),
  'show-tables': shown('SHOW_TABLES'),
  'show-views': shown('SHOW_VIEWS'),
  'show-databases': shown('SHOW_DATABASES'),
  'show-partitions': shown('SHOW_PARTITIONS'),
  'show-columns': shown('SHOW_COLUMNS'),
  'show-create-table': { ...shown('SHOW_CREATE_TABLE'), ...planned },
  'show-create-view': shown('SHOW_CREATE_VIEW'),
  'show-properties': shown('SHOW_TBLPROPERTIES'),
  describe: { ...shown('DESCRIBE_TABLE'), ...planned },
  prepare: shown('PREPARE'),
  execute: { type: 'DML', subtype: 'EXECUTE', result: 'csv', header: true, ...planned },
  deallocate: shown('DEALLOCATE'),
  refused: { type: 'DML', subtype: 'UNSUPPORTED', result: 'csv', header: false, ...planned },
});

/** Returns what Athena says of a statement of this kind. */
export function kindOf(statement: Statement): StatementKind {
  if (statement.kind === 'refused') {
    const [verb = ''] = statement.statement.split(' ');
    return { ...statementKinds.refused, subtype: verb };
  }
  return statementKinds[statement.kind];
}
