import { GlueSchemaError } from './errors.js';
import { MAX_CHAR_LENGTH, MAX_DECIMAL_PRECISION, MAX_VARCHAR_LENGTH } from './glue-limits.js';
import type { GlueType } from './glue-type.js';

/** A Glue type that holds no other type. */
export type GluePrimitive = Exclude<GlueType, { readonly kind: 'array' | 'map' | 'struct' }>;

/** True for types that hold no other type: what a partition key or a map key may be. */
export function isGluePrimitive(type: GlueType): type is GluePrimitive {
  return type.kind !== 'array' && type.kind !== 'map' && type.kind !== 'struct';
}

const isInteger = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to;

/** Throws unless decimal digits and text lengths are in the ranges that Hive has. */
export function checkParameters(type: GlueType): void {
  if (type.kind === 'decimal') {
    const { precision, scale } = type;
    if (isInteger(precision, 1, MAX_DECIMAL_PRECISION) && isInteger(scale, 0, precision)) return;
    throw new GlueSchemaError(
      'INVALID_TYPE',
      `Expected decimal(p,s) with p 1 to ${MAX_DECIMAL_PRECISION} and s 0 to p, got decimal(${precision},${scale})`,
      { precision, scale },
    );
  }
  if (type.kind === 'char' || type.kind === 'varchar') {
    const max = type.kind === 'char' ? MAX_CHAR_LENGTH : MAX_VARCHAR_LENGTH;
    if (isInteger(type.length, 1, max)) return;
    throw new GlueSchemaError(
      'INVALID_TYPE',
      `Expected ${type.kind}(n) with n 1 to ${max}, got ${type.kind}(${type.length})`,
      { length: type.length },
    );
  }
}

// Hive's parser asks Character.isLetterOrDigit of each UTF-16 unit, so a letter outside the BMP ends a name.
const fieldName = /^[\p{L}\p{Nd}_.$]+$/u;
const surrogate = /[\ud800-\udfff]/;

/** True for names that Hive's type parser reads back as one field name. */
export function isFieldName(name: string): boolean {
  return fieldName.test(name) && !surrogate.test(name);
}
