import { GlueSchemaError } from './errors.js';
import type { GlueType } from './glue-type.js';
import type { Column } from './table-schema.js';

/**
 * Limits of the Glue Data Catalog and of Hive's types.
 * Sources, read 2026-11: Glue API reference (Column, TableInput), Athena "Data types in Amazon Athena" and
 * "Name databases, tables, and columns".
 */

/** Column names: at most this many bytes of UTF-8 (Athena) and as many characters (Glue). */
export const MAX_NAME_BYTES = 255;
/** Comments, in characters. */
export const MAX_COMMENT_LENGTH = 255;
/** A column's type string, in characters. */
export const MAX_TYPE_LENGTH = 131_072;
/** Nesting of array, map and struct. Our own limit: readers give up, or overflow their stack, not far beyond. */
export const MAX_TYPE_DEPTH = 32;
/** Digits of a decimal. */
export const MAX_DECIMAL_PRECISION = 38;
/** Length of `char(n)`. */
export const MAX_CHAR_LENGTH = 255;
/** Length of `varchar(n)`. */
export const MAX_VARCHAR_LENGTH = 65_535;

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

/** What makes a name unfit for a Glue column, or `undefined` when it is fit. */
export function columnNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (utf8Length(name) > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes of UTF-8`;
  if (name !== name.toLowerCase()) return 'has upper-case letters, which Glue folds';
  if (!/^[\p{L}\p{Nd}_]+$/u.test(name)) return 'has characters other than letters, digits and "_"';
  return undefined;
}

/** Throws unless every name is fit and no two are equal, per struct level too. */
export function checkColumnNames(columns: readonly Column[], path = ''): void {
  const seen = new Set<string>();
  for (const { name, type } of columns) {
    const problem = columnNameProblem(name);
    if (problem !== undefined) {
      throw new GlueSchemaError('INVALID_NAME', `Column "${path}${name}" ${problem}; rename it`, {
        name: `${path}${name}`,
      });
    }
    if (seen.has(name)) {
      throw new GlueSchemaError('NAME_COLLISION', `Column "${path}${name}" appears twice; rename one`, {
        name: `${path}${name}`,
      });
    }
    seen.add(name);
    checkNested(type, `${path}${name}`);
  }
}

function checkNested(type: Column['type'], path: string): void {
  if (type.kind === 'struct') checkColumnNames(type.fields, `${path}.`);
  else if (type.kind === 'array') checkNested(type.element, `${path}[]`);
  else if (type.kind === 'map') checkNested(type.value, `${path}{}`);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
