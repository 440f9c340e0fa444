import { checkColumnNames, MAX_COMMENT_LENGTH } from './glue-rules.js';
import { GlueSchemaError } from './errors.js';
import { formatGlueType } from './format-glue-type.js';
import type { GlueColumn, GlueType } from './glue-type.js';
import type { Column, ColumnType, TableSchema } from './table-schema.js';
import { checkSchema, checkType } from './check-arguments.js';

/**
 * The table's columns as Glue's API, console and CLI write them.
 *
 * @throws GlueSchemaError when a name, comment or type is one that Glue or Hive would misread.
 *
 * @example
 * ```ts
 * import { type TableSchema, toGlueColumns } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toGlueColumns(order));
 * // [ { Name: 'order_id', Type: 'string' }, { Name: 'total', Type: 'decimal(10,2)' } ]
 * ```
 */
export function toGlueColumns(schema: TableSchema): GlueColumn[] {
  checkSchema(schema);
  checkColumnNames(schema.columns);
  // A partition key is in the path, not in the objects.
  const stored = schema.columns.filter(({ partitionKey }) => partitionKey === undefined);
  if (stored.length === 0) {
    throw new GlueSchemaError(
      'INVALID_PARTITION',
      `Expected a column of ${schema.name} that is no partition key, got none: objects without columns hold nothing`,
      { schema: schema.name },
    );
  }
  return stored.map(toGlueColumn);
}

function toGlueColumn(column: Column): GlueColumn {
  const named = { Name: column.name, Type: formatGlueType(toGlueType(column.type)) };
  if (column.comment === undefined) return named;
  checkComment(column.comment, `column "${column.name}"`);
  return { ...named, Comment: column.comment };
}

/** Throws unless a comment is one line that Glue stores: no line breaks, at most 255 characters. */
export function checkComment(comment: string, of: string): void {
  if (comment.length <= MAX_COMMENT_LENGTH && !/[\r\n]/.test(comment)) return;
  throw new GlueSchemaError(
    'LIMIT_EXCEEDED',
    `Expected the comment of ${of} to be one line of at most ${MAX_COMMENT_LENGTH} characters, got ${comment.length}`,
    { of, length: comment.length },
  );
}

/**
 * The Glue type of a manifest's type: the wire form, value lists and nullability drop out.
 *
 * @example
 * ```ts
 * import { toGlueType } from '@store/glue-schema';
 *
 * console.log(toGlueType({ kind: 'timestamp', wire: 'iso' })); // { kind: 'timestamp' }
 * ```
 */
export function toGlueType(type: ColumnType): GlueType {
  checkType(type);
  switch (type.kind) {
    case 'decimal':
      return { kind: 'decimal', precision: type.precision, scale: type.scale };
    case 'char':
    case 'varchar':
      return { kind: type.kind, length: type.length };
    case 'array':
      return { kind: 'array', element: toGlueType(type.element) };
    case 'map':
      return { kind: 'map', key: toGlueType(type.key), value: toGlueType(type.value) };
    case 'struct':
      return {
        kind: 'struct',
        fields: type.fields.map((field) => ({ name: field.name, type: toGlueType(field.type) })),
      };
    default:
      return { kind: type.kind };
  }
}
