import type { GlueColumn, GlueType } from '../glue-type.js';
import { GlueSchemaError } from '../errors.js';
import { parseGlueType } from '../parse-glue-type.js';
import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { toGlueType } from '../to-glue-columns.js';

/** The part of Glue's table, or of a `TableInput`, that decides compatibility. */
export interface ComparableTable {
  /** As in Glue's table. */
  readonly PartitionKeys?: readonly GlueColumn[] | undefined;
  /** As in Glue's table. */
  readonly StorageDescriptor?:
    | {
        readonly Columns?: readonly GlueColumn[] | undefined;
        readonly Location?: string | undefined;
        readonly InputFormat?: string | undefined;
        readonly SerdeInfo?: { readonly SerializationLibrary?: string | undefined } | undefined;
      }
    | undefined;
}

/** A table as comparison sees it: Glue's types, plus what only a manifest knows. */
export interface TableShape {
  readonly columns: readonly ShapeColumn[];
  /** Absent where the source says nothing of it. */
  readonly partitionKeys?: readonly GlueColumn[];
  readonly storage?: string;
}

/** A column or a struct field. */
export interface ShapeColumn {
  readonly name: string;
  readonly type: ShapeType;
  readonly comment?: string | undefined;
  /** Absent where only Glue's columns are known. */
  readonly required?: boolean;
}

/** A type, with its wire form where it is known. */
export type ShapeType =
  | { readonly kind: 'scalar'; readonly type: GlueType; readonly wire?: string; readonly values?: string }
  | { readonly kind: 'array'; readonly item: ShapeType }
  | { readonly kind: 'map'; readonly key: GlueType; readonly item: ShapeType }
  | { readonly kind: 'struct'; readonly fields: readonly ShapeColumn[] }
  /** What Glue holds and Hive's grammar has not, such as `integer`: only equal text is the same type. */
  | { readonly kind: 'opaque'; readonly text: string };

/** Reads a manifest, a Glue table or a `TableInput`. */
export function shapeOf(source: TableSchema | ComparableTable): TableShape {
  if ('columns' in source) return { columns: source.columns.map(shapeOfColumn) };
  const storage = source.StorageDescriptor;
  const named = [storage?.Location, storage?.InputFormat, storage?.SerdeInfo?.SerializationLibrary];
  return {
    columns: (storage?.Columns ?? []).map((column) => ({
      name: column.Name,
      type: shapeOfText(column.Type),
      comment: column.Comment,
    })),
    partitionKeys: source.PartitionKeys ?? [],
    storage: named.map((part) => part ?? '').join(' '),
  };
}

function shapeOfColumn(column: Column): ShapeColumn {
  return {
    name: column.name,
    type: shapeOfType(column.type),
    comment: column.comment,
    required: !column.optional && !column.nullable,
  };
}

function shapeOfType(type: ColumnType): ShapeType {
  switch (type.kind) {
    case 'array':
      return { kind: 'array', item: shapeOfType(type.element) };
    case 'map':
      return { kind: 'map', key: toGlueType(type.key), item: shapeOfType(type.value) };
    case 'struct':
      return { kind: 'struct', fields: type.fields.map(shapeOfColumn) };
    case 'timestamp':
      return { kind: 'scalar', type: { kind: 'timestamp' }, wire: type.wire };
    case 'bigint':
      return { kind: 'scalar', type: { kind: 'bigint' }, wire: type.wire, ...values(type.values) };
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'string':
      return {
        kind: 'scalar',
        type: { kind: type.kind },
        ...values('values' in type ? type.values : undefined),
      };
    default:
      return { kind: 'scalar', type };
  }
}

const values = (list: readonly (boolean | string | number)[] | undefined): { readonly values?: string } =>
  list === undefined ? {} : { values: list.map(String).sort().join(', ') };

/** The shape of Glue's type text, whatever others wrote there: Glue stores any text. */
export function shapeOfText(text: string): ShapeType {
  try {
    return shapeOfGlue(parseGlueType(text));
  } catch (error) {
    if (!(error instanceof GlueSchemaError)) throw error;
    return { kind: 'opaque', text };
  }
}

function shapeOfGlue(type: GlueType): ShapeType {
  switch (type.kind) {
    case 'array':
      return { kind: 'array', item: shapeOfGlue(type.element) };
    case 'map':
      return { kind: 'map', key: type.key, item: shapeOfGlue(type.value) };
    case 'struct':
      return {
        kind: 'struct',
        fields: type.fields.map((field) => ({
          name: field.name.toLowerCase(),
          type: shapeOfGlue(field.type),
        })),
      };
    default:
      return { kind: 'scalar', type };
  }
}
