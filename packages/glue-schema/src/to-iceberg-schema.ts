import { GlueSchemaError } from './errors.js';
import type { Column, ColumnType, TableSchema } from './table-schema.js';
import { toGlueColumns } from './to-glue-columns.js';

/** A type in Iceberg's JSON form. */
export type IcebergType =
  | string
  | { readonly type: 'struct'; readonly fields: readonly IcebergField[] }
  | {
      readonly type: 'list';
      readonly 'element-id': number;
      readonly 'element-required': boolean;
      readonly element: IcebergType;
    }
  | {
      readonly type: 'map';
      readonly 'key-id': number;
      readonly key: IcebergType;
      readonly 'value-id': number;
      readonly 'value-required': boolean;
      readonly value: IcebergType;
    };

/** One field of an Iceberg struct. */
export interface IcebergField {
  /** Unique in the whole schema. */
  readonly id: number;
  /** Name of the field. */
  readonly name: string;
  /** False where it may be absent or null. */
  readonly required: boolean;
  /** What it holds. */
  readonly type: IcebergType;
  /** The comment. */
  readonly doc?: string;
}

/** An Iceberg table schema. */
export interface IcebergSchema {
  /** A table is a struct. */
  readonly type: 'struct';
  /** 0: the first of the table. */
  readonly 'schema-id': number;
  /** Columns in the order of the table. */
  readonly fields: readonly IcebergField[];
}

/**
 * The Iceberg schema of the table. Field ids are unique in the whole schema, the top level numbered first.
 *
 * @throws GlueSchemaError where the columns themselves are unfit.
 *
 * @example
 * ```ts
 * import { type TableSchema, toIcebergSchema } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toIcebergSchema(order).fields.map(({ id, name, type }) => [id, name, type]));
 * // [ [ 1, 'order_id', 'string' ], [ 2, 'total', 'decimal(10, 2)' ] ]
 * ```
 */
export function toIcebergSchema(schema: TableSchema): IcebergSchema {
  toGlueColumns(schema);
  let last = 0;
  const nextId = (): number => (last += 1);
  return { type: 'struct', 'schema-id': 0, fields: fields(schema.columns, nextId) };
}

function fields(columns: readonly Column[], nextId: () => number): readonly IcebergField[] {
  const ids = columns.map(nextId);
  return columns.map((column, index) => ({
    id: ids[index] ?? 0,
    name: column.name,
    required: !column.optional && !column.nullable,
    type: icebergType(column.type, nextId),
    ...(column.comment === undefined ? {} : { doc: column.comment }),
  }));
}

function icebergType(type: ColumnType, nextId: () => number): IcebergType {
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      return 'int'; // Iceberg has none smaller
    case 'bigint':
      return 'long';
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`;
    case 'string':
    case 'char':
    case 'varchar':
      return 'string';
    case 'array': {
      const id = nextId();
      return {
        type: 'list',
        'element-id': id,
        'element-required': !type.elementNullable,
        element: icebergType(type.element, nextId),
      };
    }
    case 'map': {
      const [key, value] = [nextId(), nextId()];
      if (type.key.kind === 'struct') {
        throw new GlueSchemaError('UNSUPPORTED', 'Expected a primitive map key, got struct');
      }
      return {
        type: 'map',
        'key-id': key,
        key: icebergType(type.key, nextId),
        'value-id': value,
        'value-required': !type.valueNullable,
        value: icebergType(type.value, nextId),
      };
    }
    case 'struct':
      return { type: 'struct', fields: fields(type.fields, nextId) };
    default:
      return type.kind;
  }
}
