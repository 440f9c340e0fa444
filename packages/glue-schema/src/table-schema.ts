/**
 * The manifest: one tree of plain data from which columns, DDL, JSON Schema, Parquet and DuckDB types,
 * the validator and the encoder are pure functions. The compiler emits it; people commit it.
 */

/** How a `timestamp` travels in JSON. */
export type TimestampWire = 'iso' | 'epoch-seconds' | 'epoch-millis';

/** The type of a column, a struct field, an array element or a map value. */
export type ColumnType =
  | { readonly kind: 'boolean'; readonly values?: readonly boolean[] }
  | { readonly kind: 'tinyint' | 'smallint' | 'int'; readonly values?: readonly number[] }
  /** `wire: 'string'` is what a TypeScript `bigint` becomes: decimal digits in a JSON string. */
  | {
      readonly kind: 'bigint';
      readonly wire: 'number' | 'string';
      readonly values?: readonly (number | string)[];
    }
  | { readonly kind: 'float' | 'double'; readonly values?: readonly number[] }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  /** `values` lists a closed union; `json` says that the text is a JSON document. */
  | { readonly kind: 'string'; readonly values?: readonly string[]; readonly json?: true }
  | { readonly kind: 'char' | 'varchar'; readonly length: number }
  | { readonly kind: 'binary' }
  | { readonly kind: 'date' }
  | { readonly kind: 'timestamp'; readonly wire: TimestampWire }
  | { readonly kind: 'array'; readonly element: ColumnType; readonly elementNullable?: true }
  | {
      readonly kind: 'map';
      readonly key: ColumnType;
      readonly value: ColumnType;
      readonly valueNullable?: true;
    }
  | {
      readonly kind: 'struct';
      readonly fields: readonly Column[];
      /** Of a union of records: the fields of each member, of which a value has just one member's. */
      readonly variants?: readonly (readonly Column[])[];
    };

/** One column of a table, or one field of a struct. */
export interface Column {
  /** Glue's name: lower case, at most 255 bytes. */
  readonly name: string;
  /** The JSON key, where it is not the name. */
  readonly jsonKey?: string;
  /** What it holds. */
  readonly type: ColumnType;
  /** The key may be absent. */
  readonly optional?: true;
  /** The value may be null. */
  readonly nullable?: true;
  /** One line, at most 255 characters; from JSDoc. */
  readonly comment?: string;
  /** The whole text, where the comment had to be cut. */
  readonly description?: string;
  /** The column's earlier name: `@renamedFrom`. */
  readonly renamedFrom?: string;
  /** The table is partitioned by this column, whose value is in the path: `@partitionKey`. */
  readonly partitionKey?: true;
}

/** What a mapping decided about one part of a type. */
export interface MappingDecision {
  /** The place, or the first of them: `Order.lines[].sub`. */
  readonly path: string;
  /** A Glue type, `json` or `omit`. */
  readonly as: string;
  /** How many paths lead to it, where more than one does. */
  readonly paths?: number;
}

/** What the compiler emits for one TypeScript type. */
export interface TableSchema {
  /** Name of the TypeScript type. */
  readonly name: string;
  /** One line, at most 255 characters; from JSDoc. */
  readonly comment?: string;
  /** The whole text, where the comment had to be cut. */
  readonly description?: string;
  /** In the order of the table. */
  readonly columns: readonly Column[];
  /** Of a union of records: the columns of each member, of which a value has just one member's. */
  readonly variants?: readonly (readonly Column[])[];
  /** What a mapping decided about parts that the type does not settle. */
  readonly decisions?: readonly MappingDecision[];
}
