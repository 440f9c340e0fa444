import { type ColumnInfo, columnOf } from './athena-value.js';

/** A column of a statement that shows something: its type is Hive's. */
export function stringColumn(name: string): ColumnInfo {
  return columnOf(name, { type: 'string', precision: 0 });
}

/** A column of a statement that shows a view, or views. */
export function viewColumn(name: string): ColumnInfo {
  return { ...columnOf(name, { type: 'varchar', precision: 0 }), CaseSensitive: false };
}

/** A column of text in Trino's type. */
export function varcharColumn(name: string): ColumnInfo {
  return columnOf(name, { type: 'varchar', precision: 2147483647 });
}

/** The column in which a statement that writes says how many rows it has written. */
export const rowsColumn: ColumnInfo = columnOf('rows', { type: 'bigint', precision: 19 });
