import { GlueSchemaError } from './errors.js';
import type { ColumnType, TableSchema } from './table-schema.js';

/**
 * Columns whose JSON key is not found by folding its case, with that key: Firehose's
 * `ColumnToJsonKeyMappings` and the `mapping.` parameters of the OpenX SerDe.
 *
 * @throws GlueSchemaError `UNSUPPORTED` for such a key inside a struct, which no SerDe can map.
 */
export function columnMappings(schema: TableSchema): Record<string, string> {
  const mappings: Record<string, string> = {};
  for (const column of schema.columns) {
    if (column.jsonKey !== undefined && column.jsonKey.toLowerCase() !== column.name) {
      mappings[column.name] = column.jsonKey;
    }
    checkNested(column.type, column.name);
  }
  return mappings;
}

function checkNested(type: ColumnType, path: string): void {
  if (type.kind === 'array') checkNested(type.element, `${path}[]`);
  if (type.kind === 'map') checkNested(type.value, `${path}{}`);
  if (type.kind !== 'struct') return;
  for (const field of type.fields) {
    if (field.jsonKey !== undefined && field.jsonKey.toLowerCase() !== field.name) {
      throw new GlueSchemaError(
        'UNSUPPORTED',
        `Field "${path}.${field.name}" has the JSON key "${field.jsonKey}", and no SerDe maps keys inside a struct; rename one`,
        { field: `${path}.${field.name}` },
      );
    }
    checkNested(field.type, `${path}.${field.name}`);
  }
}
