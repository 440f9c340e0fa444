import { checkOptions, oneOf, type OptionRules, required, satisfying } from '@store/foundation';
import { columnMappings } from './json-keys.js';
import { GlueSchemaError, invalidOption } from './errors.js';
import type { JsonSerDe } from './table-input.js';
import type { TableSchema } from './table-schema.js';
import { toGlueColumns } from './to-glue-columns.js';

/** Settings of {@link toFirehoseConversion}. */
export interface FirehoseConversionOptions {
  /** Glue database of the table. */
  readonly databaseName: string;
  /** Glue table whose columns the objects have. */
  readonly tableName: string;
  /** Role that may read the table's versions. */
  readonly roleArn: string;
  /**
   * Region of the Data Catalog.
   *
   * @defaultValue the delivery stream's own region
   */
  readonly region?: string;
  /**
   * Id of the Data Catalog.
   *
   * @defaultValue the account's own catalog
   */
  readonly catalogId?: string;
  /**
   * Version of the table to convert with.
   *
   * @defaultValue 'LATEST', so that a new column is picked up
   */
  readonly versionId?: string;
  /**
   * Which SerDe reads the JSON.
   *
   * @defaultValue 'openx'
   */
  readonly serde?: JsonSerDe;
  /**
   * Codec of the Parquet pages.
   *
   * @defaultValue 'SNAPPY'
   */
  readonly compression?: 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED';
}

// A CDK token is text too.
const anyText = satisfying('text', (value) => typeof value === 'string');

const conversionRules: OptionRules<FirehoseConversionOptions> = {
  databaseName: required(anyText),
  tableName: required(anyText),
  roleArn: required(anyText),
  region: anyText,
  catalogId: anyText,
  versionId: anyText,
  serde: oneOf('openx', 'hive'),
  compression: oneOf('SNAPPY', 'GZIP', 'UNCOMPRESSED'),
};

/** Firehose's `DataFormatConversionConfiguration`. */
export interface FirehoseConversion {
  /** Whether records are converted. */
  Enabled: true;
  /** The Glue table that has the columns. */
  SchemaConfiguration: {
    DatabaseName: string;
    TableName: string;
    RoleARN: string;
    Region?: string;
    CatalogId?: string;
    VersionId: string;
  };
  /** How JSON is read. */
  InputFormatConfiguration: {
    Deserializer:
      | { OpenXJsonSerDe: { CaseInsensitive?: boolean; ColumnToJsonKeyMappings?: Record<string, string> } }
      | { HiveJsonSerDe: { TimestampFormats?: string[] } };
  };
  /** How Parquet is written. */
  OutputFormatConfiguration: {
    Serializer: { ParquetSerDe: { Compression: 'SNAPPY' | 'GZIP' | 'UNCOMPRESSED' } };
  };
}

/**
 * Settings by which a delivery stream turns these events into Parquet.
 *
 * @throws GlueSchemaError `UNSUPPORTED` when the asked SerDe cannot read the schema's wire form.
 *
 * @example
 * ```ts
 * import { type TableSchema, toFirehoseConversion } from '@store/glue-schema';
 *
 * const order: TableSchema = {
 *   name: 'Order',
 *   columns: [
 *     { name: 'order_id', type: { kind: 'string' } },
 *     { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
 *   ],
 * };
 * const conversion = toFirehoseConversion(order, {
 *   databaseName: 'shop',
 *   tableName: 'order',
 *   roleArn: 'arn:aws:iam::123456789012:role/firehose',
 * });
 * console.log(conversion.OutputFormatConfiguration.Serializer); // { ParquetSerDe: { Compression: 'SNAPPY' } }
 * ```
 */
export function toFirehoseConversion(
  schema: TableSchema,
  options: FirehoseConversionOptions,
): FirehoseConversion {
  checkOptions(options, conversionRules, invalidOption);
  toGlueColumns(schema); // throws where the columns themselves are unfit
  const { databaseName, tableName, roleArn, region, catalogId, versionId = 'LATEST' } = options;
  return {
    Enabled: true,
    SchemaConfiguration: {
      DatabaseName: databaseName,
      TableName: tableName,
      RoleARN: roleArn,
      ...(region === undefined ? {} : { Region: region }),
      ...(catalogId === undefined ? {} : { CatalogId: catalogId }),
      VersionId: versionId,
    },
    InputFormatConfiguration: {
      Deserializer: options.serde === 'hive' ? hiveDeserializer(schema) : openxDeserializer(schema),
    },
    OutputFormatConfiguration: {
      Serializer: { ParquetSerDe: { Compression: options.compression ?? 'SNAPPY' } },
    },
  };
}

function openxDeserializer(
  schema: TableSchema,
): FirehoseConversion['InputFormatConfiguration']['Deserializer'] {
  const mappings = columnMappings(schema);
  return {
    OpenXJsonSerDe: {
      CaseInsensitive: true,
      ...(Object.keys(mappings).length === 0 ? {} : { ColumnToJsonKeyMappings: mappings }),
    },
  };
}

function hiveDeserializer(
  schema: TableSchema,
): FirehoseConversion['InputFormatConfiguration']['Deserializer'] {
  const mapped = Object.keys(columnMappings(schema))[0];
  if (mapped !== undefined) {
    throw new GlueSchemaError(
      'UNSUPPORTED',
      `Column "${mapped}" has another JSON key, which Hive's JSON SerDe cannot map; use serde "openx"`,
      { column: mapped },
    );
  }
  return { HiveJsonSerDe: {} };
}
