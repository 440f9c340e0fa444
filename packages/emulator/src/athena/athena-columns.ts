import type { ColumnInfo } from './athena-value.js';

function column(name: string, type: string, precision: number, caseSensitive: boolean): ColumnInfo {
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: type,
    Precision: precision,
    Scale: 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: caseSensitive,
  };
}

/** A column of a statement that shows something: its type is Hive's. */
export function stringColumn(name: string): ColumnInfo {
  return column(name, 'string', 0, false);
}

/** A column of a statement that shows a view, or views. */
export function viewColumn(name: string): ColumnInfo {
  return column(name, 'varchar', 0, false);
}

/** A column of text in Trino's type. */
export function varcharColumn(name: string): ColumnInfo {
  return column(name, 'varchar', 2147483647, true);
}

/** The column in which a statement that writes says how many rows it has written. */
export const rowsColumn: ColumnInfo = column('rows', 'bigint', 19, false);
