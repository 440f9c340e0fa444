import type { ShapeColumn } from './table-shape.js';

/** How the table's data is stored, which decides what readers forgive. */
export type StorageKind = 'hive-parquet' | 'hive-json' | 'iceberg';

/** What must stay readable: names and meaning as in the Glue Schema Registry. */
export type CompatibilityMode =
  | 'NONE'
  /** The new table reads the old data. */
  | 'BACKWARD'
  /** The old table reads the new data. */
  | 'FORWARD'
  | 'FULL'
  /** … and the data of every archived version. */
  | 'BACKWARD_ALL'
  | 'FORWARD_ALL'
  | 'FULL_ALL';

/** What a change does to those who read and write the table. */
export type ChangeImpact =
  /** Nothing that a reader sees. */
  | 'NONE'
  /** The new table reads the old data. */
  | 'BACKWARD'
  /** It depends: see the change's message. */
  | 'CONDITIONAL'
  /** Only the JSON form differs; safe where the SerDe reads both. */
  | 'WIRE'
  /** Stored data is no longer seen, and producers' values are dropped silently. */
  | 'DESTRUCTIVE'
  /** Queries fail, or read wrong values. */
  | 'BREAKING';

/** What kind of change it is. */
export type ChangeKind =
  | 'COMMENT'
  | 'ADDED'
  | 'REMOVED'
  | 'RENAMED'
  | 'REORDERED'
  | 'WIDENED'
  | 'TYPE_CHANGED'
  | 'WIRE_CHANGED'
  | 'VALUES_CHANGED'
  | 'REQUIRED'
  | 'OPTIONAL'
  | 'PARTITION_KEYS'
  | 'STORAGE'
  /** A parameter of the table or of its SerDe. */
  | 'PARAMETER'
  /** Another member of Glue's table: its description, its type. */
  | 'SETTING'
  /** A table that is not made of Parquet or JSON files alone: a view, an open table format, a registry's schema. */
  | 'TABLE_KIND';

/** One difference between two tables. */
export interface TableChange {
  /** What changed. */
  readonly kind: ChangeKind;
  /** Column, or path inside it: `location.city`, `tags[]`, `prices{}`. */
  readonly path: string;
  /** What it does to readers and producers. */
  readonly impact: ChangeImpact;
  /** True when the old table still reads what is written by the new one. */
  readonly forward: boolean;
  /** One sentence: what differs, and what to do where it matters. */
  readonly message: string;
  /** What must be true of the readers for a `CONDITIONAL` change to be safe: what `allowConditional` assumes. */
  readonly assumes?: string;
}

/** What the comparison depends on besides the columns. */
export interface CompareContext {
  readonly format: StorageKind;
  /** Whether readers find columns by name or by position. */
  readonly columnsBy: 'name' | 'index';
  /** New name to old name, where people said so. */
  readonly renames: ReadonlyMap<string, string>;
  readonly nested: boolean;
  /** Whether partitions are registered, each with columns of its own. */
  readonly registeredPartitions: boolean;
  /** Compares the fields of structs: types nest, so that a type's comparison comes back to columns. */
  readonly compareColumns: (
    from: readonly ShapeColumn[],
    to: readonly ShapeColumn[],
    prefix: string,
    context: CompareContext,
  ) => readonly TableChange[];
}
