import { GlueSchemaError } from './errors.js';
import {
  checkParameters,
  isFieldName,
  isGluePrimitive,
  MAX_TYPE_DEPTH,
  MAX_TYPE_LENGTH,
} from './glue-rules.js';
import type { GlueType } from './glue-type.js';
import { checkType } from './check-arguments.js';

/**
 * Writes a type as Glue's `Type` text: `struct<city:string,latitude:double>`.
 *
 * @throws GlueSchemaError `INVALID_TYPE`, `INVALID_NAME` or `LIMIT_EXCEEDED` for what Hive would not read back.
 *
 * @example
 * ```ts
 * import { formatGlueType } from '@store/glue-schema';
 *
 * console.log(formatGlueType({ kind: 'array', element: { kind: 'decimal', precision: 10, scale: 2 } })); // array<decimal(10,2)>
 * ```
 */
export function formatGlueType(type: GlueType): string {
  checkType(type);
  const text = format(type, 0);
  if (text.length > MAX_TYPE_LENGTH) {
    throw new GlueSchemaError(
      'LIMIT_EXCEEDED',
      `Expected a type of at most ${MAX_TYPE_LENGTH} characters, got ${text.length}; split the struct into columns`,
      { length: text.length },
    );
  }
  return text;
}

function format(type: GlueType, depth: number): string {
  checkParameters(type);
  if (depth >= MAX_TYPE_DEPTH && !isGluePrimitive(type)) {
    throw new GlueSchemaError(
      'LIMIT_EXCEEDED',
      `Expected at most ${MAX_TYPE_DEPTH} levels of array, map and struct, got more; keep the inner part as JSON text`,
      { maxDepth: MAX_TYPE_DEPTH },
    );
  }
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'array':
      return `array<${format(type.element, depth + 1)}>`;
    case 'map':
      if (!isGluePrimitive(type.key)) {
        throw new GlueSchemaError('INVALID_TYPE', `Expected a primitive map key, got ${type.key.kind}`, {
          kind: type.key.kind,
        });
      }
      return `map<${format(type.key, depth + 1)},${format(type.value, depth + 1)}>`;
    case 'struct':
      return `struct<${formatFields(type, depth + 1)}>`;
    default:
      return type.kind;
  }
}

function formatFields(type: Extract<GlueType, { readonly kind: 'struct' }>, depth: number): string {
  if (type.fields.length === 0) {
    throw new GlueSchemaError('INVALID_TYPE', 'Expected a struct with at least one field, got none');
  }
  return type.fields
    .map((field) => {
      if (!isFieldName(field.name)) {
        throw new GlueSchemaError(
          'INVALID_NAME',
          `Expected a struct field of letters, digits, "_", "." and "$", got "${field.name}"; rename the field`,
          { name: field.name },
        );
      }
      return `${field.name}:${format(field.type, depth)}`;
    })
    .join(',');
}
