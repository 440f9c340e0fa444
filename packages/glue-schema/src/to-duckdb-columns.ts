import type { GlueColumn, GlueType } from './glue-type.js';
import { parseGlueType } from './parse-glue-type.js';
import type { TableSchema } from './table-schema.js';
import { toGlueColumns } from './to-glue-columns.js';
import { checkGlueColumns, checkSchema, checkType } from './check-arguments.js';

/** A column as DuckDB names and types it. */
export interface DuckDbColumn {
  /** Name of the column. */
  readonly name: string;
  /** DuckDB's type text: `STRUCT("city" VARCHAR, "latitude" DOUBLE)`. */
  readonly type: string;
}

/**
 * The columns as DuckDB types them, from a manifest or from what the Glue catalog holds.
 *
 * @example
 * ```ts
 * import { type TableSchema, toDuckDbColumns } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toDuckDbColumns(order));
 * // [ { name: 'order_id', type: 'VARCHAR' }, { name: 'total', type: 'DECIMAL(10,2)' } ]
 * ```
 */
export function toDuckDbColumns(source: TableSchema | readonly GlueColumn[]): DuckDbColumn[] {
  if (Array.isArray(source)) checkGlueColumns(source);
  else checkSchema(source);
  const columns = 'columns' in source ? toGlueColumns(source) : source;
  return columns.map((column) => ({ name: column.Name, type: toDuckDbType(parseGlueType(column.Type)) }));
}

/**
 * DuckDB's type text for one Glue type.
 *
 * @example
 * ```ts
 * import { parseGlueType, toDuckDbType } from '@store/glue-schema';
 *
 * console.log(toDuckDbType(parseGlueType('map<string,int>'))); // MAP(VARCHAR, INTEGER)
 * ```
 */
export function toDuckDbType(type: GlueType): string {
  checkType(type);
  switch (type.kind) {
    case 'int':
      return 'INTEGER';
    case 'string':
    case 'char':
    case 'varchar':
      return 'VARCHAR';
    case 'binary':
      return 'BLOB';
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'array':
      return `${toDuckDbType(type.element)}[]`;
    case 'map':
      return `MAP(${toDuckDbType(type.key)}, ${toDuckDbType(type.value)})`;
    case 'struct':
      return `STRUCT(${type.fields.map((field) => `${quote(field.name)} ${toDuckDbType(field.type)}`).join(', ')})`;
    default:
      return type.kind.toUpperCase();
  }
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
