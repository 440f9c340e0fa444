import { checkOptions, oneOf, type OptionRules, required } from '@store/foundation';
import { invalidOption } from './errors.js';
import type { Column, ColumnType, TableSchema } from './table-schema.js';
import { checkSchema } from './check-arguments.js';

/** Draft of the JSON Schema: the Glue Schema Registry takes 7, OpenAPI 3.1 takes 2020-12. */
export type JsonSchemaTarget = 'draft-07' | 'draft-2020-12';

/** Settings of {@link toJsonSchema}. */
export interface JsonSchemaOptions {
  /** Draft to write. */
  readonly target: JsonSchemaTarget;
}

const jsonSchemaRules: OptionRules<JsonSchemaOptions> = {
  target: required(oneOf('draft-07', 'draft-2020-12')),
};

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of an event on the wire. It asks for what the generated validator asks for, as far as JSON
 * Schema can say it: a day that does not exist, half a surrogate pair and a decimal's digits as a number are
 * beyond it.
 *
 * @example
 * ```ts
 * import { type TableSchema, toJsonSchema } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * console.log(toJsonSchema(order, { target: 'draft-2020-12' }).required); // [ 'order_id', 'total' ]
 * ```
 */
export function toJsonSchema(schema: TableSchema, options: JsonSchemaOptions): JsonSchema {
  checkSchema(schema);
  checkOptions(options, jsonSchemaRules, invalidOption);
  return {
    $schema:
      options.target === 'draft-07'
        ? 'http://json-schema.org/draft-07/schema#'
        : 'https://json-schema.org/draft/2020-12/schema',
    title: schema.name,
    ...(schema.comment === undefined ? {} : { description: schema.comment }),
    ...recordSchema(schema.columns, schema.variants),
  };
}

/** An object, or one of several. */
function recordSchema(columns: readonly Column[], variants: TableSchema['variants']): JsonSchema {
  return variants === undefined
    ? objectSchema(columns)
    : { type: 'object', anyOf: variants.map(objectSchema) };
}

function objectSchema(columns: readonly Column[]): JsonSchema {
  return {
    type: 'object',
    // Pairs, so that a key named "__proto__" is a key.
    properties: Object.fromEntries(
      columns.map((column) => {
        const value = withNull(typeSchema(column.type), column.nullable);
        const described = column.comment === undefined ? value : { description: column.comment, ...value };
        return [column.jsonKey ?? column.name, described];
      }),
    ),
    required: columns.filter((column) => !column.optional).map((column) => column.jsonKey ?? column.name),
    additionalProperties: false,
  };
}

function withNull(schema: JsonSchema, nullable: true | undefined): JsonSchema {
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function typeSchema(type: ColumnType): JsonSchema {
  switch (type.kind) {
    case 'boolean':
      return { type: 'boolean', ...closed(type.values) };
    case 'tinyint':
      return wholeNumber(type.values, 7);
    case 'smallint':
      return wholeNumber(type.values, 15);
    case 'int':
      return wholeNumber(type.values, 31);
    case 'bigint':
      if (type.values !== undefined) return { enum: type.values };
      return type.wire === 'string'
        ? { type: 'string', pattern: '^-?[0-9]{1,19}$' }
        : wholeNumber(undefined, 53);
    case 'float':
      if (type.values !== undefined) return { type: 'number', enum: type.values };
      return { type: 'number', minimum: -maxFloat, maximum: maxFloat };
    case 'double':
      return { type: 'number', ...closed(type.values) };
    case 'decimal':
      return decimalSchema(type.precision, type.scale);
    case 'string':
      if (type.values !== undefined) return { type: 'string', enum: type.values };
      return type.json ? {} : { type: 'string' };
    case 'char':
    case 'varchar':
      return { type: 'string', maxLength: type.length };
    case 'binary':
      return { type: 'string', contentEncoding: 'base64' };
    case 'date':
      return { type: 'string', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' };
    case 'timestamp':
      return timestampSchema(type.wire);
    case 'array':
      return { type: 'array', items: withNull(typeSchema(type.element), type.elementNullable) };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: '^[^A-Z]*$' },
        additionalProperties: withNull(typeSchema(type.value), type.valueNullable),
      };
    case 'struct':
      return recordSchema(type.fields, type.variants);
  }
}

const closed = (values: readonly (boolean | number)[] | undefined): JsonSchema =>
  values === undefined ? {} : { enum: values };

const maxFloat = 3.4028234663852886e38;

function wholeNumber(values: readonly number[] | undefined, bits: number): JsonSchema {
  if (values !== undefined) return { type: 'integer', enum: values };
  const limit = bits === 53 ? Number.MAX_SAFE_INTEGER : 2 ** bits - 1;
  return { type: 'integer', minimum: bits === 53 ? -limit : -limit - 1, maximum: limit };
}

function decimalSchema(precision: number, scale: number): JsonSchema {
  const fraction = scale === 0 ? '' : `(\\.[0-9]{1,${scale}}0*)?`;
  const whole = precision === scale ? '0+' : `0*[0-9]{1,${precision - scale}}`;
  const limit = 10 ** (precision - scale);
  return {
    anyOf: [
      { type: 'string', pattern: `^-?${whole}${fraction}$` },
      { type: 'number', exclusiveMinimum: -limit, exclusiveMaximum: limit },
    ],
  };
}

function timestampSchema(wire: 'iso' | 'epoch-seconds' | 'epoch-millis'): JsonSchema {
  if (wire === 'epoch-seconds') return { type: 'number', minimum: -9_223_372_036, maximum: 9_223_372_036 };
  if (wire === 'epoch-millis') return { type: 'number', minimum: 1e12, maximum: 9_223_372_036_854 };
  return {
    type: 'string',
    format: 'date-time',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z$',
  };
}
