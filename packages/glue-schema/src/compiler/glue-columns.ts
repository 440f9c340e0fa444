import type { GlueColumn } from '../glue-type.js';
import type { ColumnType, TableSchema } from '../table-schema.js';

/** The Glue columns of a manifest. */
export const glueColumns = (schema: TableSchema): readonly GlueColumn[] =>
  schema.columns.map(({ name, type, comment }) => ({
    Name: name,
    Type: typeText(type),
    ...(comment === undefined ? {} : { Comment: comment }),
  }));

function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'array':
      return `array<${typeText(type.element)}>`;
    case 'map':
      return `map<${typeText(type.key)},${typeText(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${typeText(field.type)}`).join(',')}>`;
    default:
      return type.kind;
  }
}
