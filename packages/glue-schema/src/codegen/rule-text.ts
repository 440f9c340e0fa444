import { GlueSchemaError } from '../errors.js';
import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { literal } from './source-text.js';

/** Remembers what generated code imports from `@store/glue-schema/runtime`. */
export type Use = (name: string) => string;

/** Names a closed list that both paths of the validator read. */
export type NameList = (values: readonly (boolean | string | number)[]) => string;

/** The validator's rule for a record, or for one of several, as source text. */
export function recordRule(
  columns: readonly Column[],
  variants: TableSchema['variants'],
  use: Use,
  list: NameList,
  indent: string,
): string {
  if (variants === undefined) return structRule(columns, use, list, indent);
  const inner = `${indent}  `;
  const rules = variants.map((each) => `${inner}${structRule(each, use, list, inner)},\n`);
  const key = discriminatorOf(variants);
  const values = (key === undefined ? [] : variants).map((each) => list(closedValues(each, key ?? '') ?? []));
  const told = key === undefined ? 'undefined, []' : `${literal(key)}, [${values.join(', ')}]`;
  return `${use('oneRecord')}(${told},\n${rules.join('')}${indent})`;
}

/** The key whose value says which member of a union a record is. */
function discriminatorOf(variants: readonly (readonly Column[])[]): string | undefined {
  const [first = []] = variants;
  return first
    .map(({ name, jsonKey }) => jsonKey ?? name)
    .find((key) => {
      const values = variants.map((each) => closedValues(each, key) ?? []);
      const all = values.flat();
      return values.every((each) => each.length > 0) && new Set(all).size === all.length;
    });
}

function closedValues(
  columns: readonly Column[],
  key: string,
): readonly (boolean | string | number)[] | undefined {
  const column = columns.find(({ name, jsonKey }) => (jsonKey ?? name) === key);
  if (column === undefined || column.optional || column.nullable || !('values' in column.type))
    return undefined;
  return column.type.values;
}

/** The validator's rule for a list of columns or struct fields, as source text. */
export function structRule(columns: readonly Column[], use: Use, list: NameList, indent: string): string {
  const fields = columns.map((column) => {
    const presence = presenceOf(column);
    const parts = [literal(column.jsonKey ?? column.name), ruleText(column.type, use, list, `${indent}  `)];
    return `${indent}  [${[...parts, ...(presence === '' ? [] : [literal(presence)])].join(', ')}],`;
  });
  return `${use('struct')}(\n${fields.join('\n')}\n${indent})`;
}

/** How a column may be missing: `?` absent, `n` null. */
export function presenceOf(column: Column): '' | '?' | 'n' | '?n' {
  if (column.optional) return column.nullable ? '?n' : '?';
  return column.nullable ? 'n' : '';
}

function ruleText(type: ColumnType, use: Use, list: NameList, indent: string): string {
  if ('values' in type) return `${use('oneOf')}(${list(type.values)})`;
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      return `${use('int')}(${bitsOf(type.kind)})`;
    case 'bigint':
      return use(type.wire === 'string' ? 'int64' : 'safeInt');
    case 'string':
      return use(type.json ? 'json' : 'text');
    case 'decimal':
      return `${use(type.precision > 15 ? 'wideDecimal' : 'decimal')}(${type.precision}, ${type.scale})`;
    case 'char':
      return `${use('boundedText')}(${type.length}, true)`;
    case 'varchar':
      return `${use('boundedText')}(${type.length})`;
    case 'timestamp':
      return use(
        { iso: 'timestamp', 'epoch-seconds': 'epochSeconds', 'epoch-millis': 'epochMillis' }[type.wire],
      );
    case 'array':
      return `${use('arrayOf')}(${ruleText(type.element, use, list, indent)}${type.elementNullable ? ', true' : ''})`;
    case 'map':
      return mapText(type, ruleText(type.value, use, list, indent), use);
    case 'struct':
      return recordRule(type.fields, type.variants, use, list, indent);
    default:
      return use(type.kind);
  }
}

function mapText(type: Extract<ColumnType, { readonly kind: 'map' }>, value: string, use: Use): string {
  const keys = keyTest(type.key, use);
  const more =
    keys === undefined
      ? type.valueNullable
        ? ', true'
        : ''
      : `, ${String(type.valueNullable ?? false)}, ${keys}`;
  return `${use('mapOf')}(${value}${more})`;
}

/** Bits of a whole-number column. */
export function bitsOf(kind: 'tinyint' | 'smallint' | 'int'): 8 | 16 | 32 {
  return ({ tinyint: 8, smallint: 16, int: 32 } as const)[kind];
}

/** A closed value as source text. */
export function valueText(value: boolean | string | number): string {
  return typeof value === 'string' ? literal(value) : String(value);
}

/**
 * The test of a map's keys as source text; `undefined` for plain text, of which the helpers know. JSON has only text
 * for a key, so a number is its digits and nothing else: OpenX would store `007` as `7`.
 *
 * @throws GlueSchemaError for kinds whose text OpenX changes, or whose letters it folds.
 */
export function keyTest(type: ColumnType, use: Use): string | undefined {
  switch (type.kind) {
    case 'string':
      return type.values === undefined ? undefined : `(key) => ${JSON.stringify(type.values)}.includes(key)`;
    case 'boolean':
      return `(key) => key === 'true' || key === 'false'`;
    case 'tinyint':
    case 'smallint':
    case 'int':
      return `(key) => ${use('isIntKey')}(key, ${bitsOf(type.kind)})`;
    case 'bigint':
      return use('isInt64Key');
    case 'date':
      return use('isIsoDate');
    case 'varchar':
    case 'char':
      return `(key) => ${use('isFoldedKey')}(key) && ${use('isBoundedText')}(key, ${type.length}${type.kind === 'char' ? ', true' : ''})`;
    default:
      throw new GlueSchemaError(
        'UNSUPPORTED',
        `A map with keys of type ${type.kind} has no one JSON form; make the keys string, or an integer`,
        { kind: type.kind },
      );
  }
}
