import type { Name } from './reader.js';

/** A column of a table as DDL writes it; the type is Glue's text. */
export interface ColumnDefinition {
  readonly Name: string;
  readonly Type: string;
  readonly Comment?: string;
}

/** Text properties: of a table, a database, a SerDe or a `WITH`. */
export type Properties = Readonly<Record<string, string>>;

/** A partition as DDL names it: `day = '2026-01-01'`. */
export interface PartitionSpec {
  readonly values: Readonly<Record<string, string>>;
  readonly location: string | undefined;
}

/** How a table's files are written. */
export interface RowFormat {
  readonly serde: string | undefined;
  readonly serdeProperties: Properties;
  readonly inputFormat: string | undefined;
  readonly outputFormat: string | undefined;
}

/** `CREATE EXTERNAL TABLE` */
export interface CreateTable {
  readonly kind: 'create-table';
  readonly table: Name;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly partitionKeys: readonly ColumnDefinition[];
  readonly comment: string | undefined;
  readonly format: RowFormat;
  readonly location: string;
  readonly properties: Properties;
}

/** What an `ALTER TABLE` does. */
export type TableChange =
  | {
      readonly kind: 'add-partitions';
      readonly ifNotExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | {
      readonly kind: 'drop-partitions';
      readonly ifExists: boolean;
      readonly partitions: readonly PartitionSpec[];
    }
  | { readonly kind: 'rename-partition'; readonly from: PartitionSpec; readonly to: PartitionSpec }
  | {
      readonly kind: 'set-location';
      readonly partition: PartitionSpec | undefined;
      readonly location: string;
    }
  | { readonly kind: 'set-properties'; readonly properties: Properties }
  | { readonly kind: 'add-columns'; readonly columns: readonly ColumnDefinition[] }
  | { readonly kind: 'replace-columns'; readonly columns: readonly ColumnDefinition[] };

/** A statement of Athena's, as far as the endpoint reads it itself; queries stay text. */
export type Statement =
  | { readonly kind: 'select'; readonly sql: string }
  | {
      readonly kind: 'create-database';
      readonly name: string;
      readonly ifNotExists: boolean;
      readonly comment: string | undefined;
      readonly location: string | undefined;
      readonly properties: Properties;
    }
  | {
      readonly kind: 'drop-database';
      readonly name: string;
      readonly ifExists: boolean;
      readonly cascade: boolean;
    }
  | { readonly kind: 'alter-database'; readonly name: string; readonly properties: Properties }
  | CreateTable
  | { readonly kind: 'alter-table'; readonly table: Name; readonly change: TableChange }
  | { readonly kind: 'drop-table'; readonly table: Name; readonly ifExists: boolean }
  | { readonly kind: 'repair-table'; readonly table: Name }
  | {
      readonly kind: 'create-view';
      readonly view: Name;
      readonly replace: boolean;
      readonly query: string;
    }
  | { readonly kind: 'drop-view'; readonly view: Name; readonly ifExists: boolean }
  | {
      readonly kind: 'create-table-as';
      readonly table: Name;
      readonly ifNotExists: boolean;
      readonly options: WithOptions;
      readonly query: string;
      readonly withData: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly table: Name;
      readonly columns: readonly string[] | undefined;
      readonly query: string;
    }
  | {
      readonly kind: 'unload';
      readonly query: string;
      readonly location: string;
      readonly options: WithOptions;
    }
  | { readonly kind: 'show-tables'; readonly database: string | undefined; readonly pattern?: string }
  | { readonly kind: 'show-views'; readonly database: string | undefined; readonly pattern?: string }
  | { readonly kind: 'show-databases'; readonly pattern?: string }
  | { readonly kind: 'show-partitions'; readonly table: Name }
  | { readonly kind: 'show-columns'; readonly table: Name }
  | { readonly kind: 'show-create-table'; readonly table: Name }
  | { readonly kind: 'show-create-view'; readonly table: Name }
  | { readonly kind: 'show-properties'; readonly table: Name; readonly property: string | undefined }
  | {
      readonly kind: 'describe';
      readonly table: Name;
      readonly detail: 'none' | 'formatted' | 'extended';
    }
  | { readonly kind: 'explain'; readonly query: string }
  | { readonly kind: 'prepare'; readonly name: string; readonly query: string }
  | { readonly kind: 'execute'; readonly name: string; readonly parameters: readonly string[] }
  | { readonly kind: 'deallocate'; readonly name: string }
  /** A statement that Athena has and the endpoint has not. */
  | { readonly kind: 'refused'; readonly statement: string; readonly instead: string };

/** Values of a `WITH (…)` clause: text, or a list of texts. */
export type WithOptions = ReadonlyMap<string, string | readonly string[]>;
