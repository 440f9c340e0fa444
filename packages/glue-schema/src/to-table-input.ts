import { checkOptions } from '@store/foundation';
import { columnNameProblem, isGluePrimitive } from './glue-rules.js';
import { GlueSchemaError, invalidOption } from './errors.js';
import { formatGlueType } from './format-glue-type.js';
import type { GlueColumn } from './glue-type.js';
import { columnMappings } from './json-keys.js';
import { parseGlueType } from './parse-glue-type.js';
import { projectionParameters, type TypedKey } from './partition-projection.js';
import {
  type GlueTableInput,
  type PartitionKey,
  storageFormat,
  type TableInputOptions,
  tableInputRules,
} from './table-input.js';
import type { TableSchema } from './table-schema.js';
import { checkComment, toGlueColumns, toGlueType } from './to-glue-columns.js';
import { checkSchema, checkText } from './check-arguments.js';

/**
 * The whole table as Glue's CreateTable takes it: columns, SerDe, partition keys, partition projection.
 *
 * @throws GlueSchemaError when Athena could not read the table.
 *
 * @example
 * ```ts
 * import { type TableSchema, toTableInput } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * const table = toTableInput(order, {
 *   location: 's3://lake/orders/',
 *   partitionKeys: [{ name: 'day', type: 'string' }],
 *   projection: { keys: { day: { type: 'date', range: ['2026-01-01', 'NOW'], format: 'yyyy-MM-dd' } } },
 * });
 * console.log(table.Name, table.Parameters['projection.day.range']); // order 2026-01-01,NOW
 * ```
 */
export function toTableInput(schema: TableSchema, options: TableInputOptions): GlueTableInput {
  checkSchema(schema);
  checkOptions(options, tableInputRules, invalidOption);
  const {
    location,
    format = 'parquet',
    serde = 'openx',
    partitionKeys = markedKeys(schema),
    projection,
  } = options;
  const name = options.tableName ?? toTableName(schema.name);
  checkTableName(name);
  if (schema.comment !== undefined) checkComment(schema.comment, `table "${name}"`);
  const keys = partitionKeys.map((key) => typedKey(key, schema));
  const storage = storageFormat(format, serde);
  return {
    Name: name,
    ...(schema.comment === undefined ? {} : { Description: schema.comment }),
    TableType: 'EXTERNAL_TABLE',
    Parameters: {
      EXTERNAL: 'TRUE',
      classification: storage.classification,
      ...(projection === undefined ? {} : projectionParameters(projection, keys)),
      ...options.parameters,
    },
    PartitionKeys: partitionKeys.map((key, index) => partitionColumn(key, keys[index])),
    StorageDescriptor: {
      Columns: toGlueColumns(schema),
      Location: location,
      InputFormat: storage.inputFormat,
      OutputFormat: storage.outputFormat,
      Compressed: format === 'parquet',
      SerdeInfo: {
        SerializationLibrary: storage.serializationLibrary,
        Parameters: { 'serialization.format': '1', ...serdeMappings(schema, options) },
      },
    },
  };
}

/**
 * Table name of a type: `InventoryEvent` becomes `inventory_event`.
 *
 * @example
 * ```ts
 * import { toTableName } from '@store/glue-schema';
 *
 * console.log(toTableName('InventoryEvent')); // inventory_event
 * ```
 */
export function toTableName(typeName: string): string {
  checkText('typeName', typeName);
  return typeName
    .replace(/([\p{Ll}\p{Nd}])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase();
}

function checkTableName(name: string): void {
  const problem = columnNameProblem(name);
  if (problem === undefined) return;
  throw new GlueSchemaError('INVALID_NAME', `Table name "${name}" ${problem}; say tableName`, { name });
}

function typedKey(key: PartitionKey, schema: TableSchema): TypedKey {
  const refuse = (problem: string): never => {
    throw new GlueSchemaError('INVALID_PARTITION', `Partition key "${key.name}" ${problem}`, {
      key: key.name,
    });
  };
  const problem = columnNameProblem(key.name);
  if (problem !== undefined) refuse(problem);
  if (schema.columns.some((column) => column.name === key.name && column.partitionKey === undefined)) {
    refuse(`is a column too, and Athena refuses the table; name it "p_${key.name}"`);
  }
  const type = parseGlueType(key.type);
  if (!isGluePrimitive(type)) refuse(`is ${type.kind}; a partition key is a primitive`);
  return { name: key.name, type };
}

/** Columns marked `@partitionKey`. */
const markedKeys = (schema: TableSchema): readonly PartitionKey[] =>
  schema.columns
    .filter(({ partitionKey }) => partitionKey === true)
    .map(({ name, type, comment }) => ({
      name,
      type: formatGlueType(toGlueType(type)),
      ...(comment === undefined ? {} : { comment }),
    }));

function partitionColumn(key: PartitionKey, typed: TypedKey | undefined): GlueColumn {
  const named = { Name: key.name, Type: typed === undefined ? key.type : formatGlueType(typed.type) };
  if (key.comment === undefined) return named;
  checkComment(key.comment, `partition key "${key.name}"`);
  return { ...named, Comment: key.comment };
}

function serdeMappings(schema: TableSchema, options: TableInputOptions): Record<string, string> {
  if (options.format !== 'json') return {};
  const mappings = Object.entries(columnMappings(schema));
  if (mappings.length > 0 && options.serde === 'hive') {
    throw new GlueSchemaError(
      'UNSUPPORTED',
      `Column "${mappings[0]?.[0] ?? ''}" has another JSON key, which Hive's JSON SerDe cannot map; use serde "openx"`,
    );
  }
  return Object.fromEntries(mappings.map(([column, key]) => [`mapping.${column}`, key]));
}
