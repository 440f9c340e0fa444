export type {
  Char,
  Decimal,
  EpochMillis,
  EpochSeconds,
  Float32,
  Int32,
  Int64,
  IsoDate,
  IsoTimestamp,
  Json,
  SmallInt,
  TagDescription,
  Tagged,
  TinyInt,
  VarChar,
} from './tags.js';
export type { Column, ColumnType, TableSchema, TimestampWire } from './table-schema.js';
export { GlueSchemaError } from './errors.js';
export type { GlueSchemaErrorCode } from './errors.js';

export type { GlueColumn, GlueField, GlueType } from './glue-type.js';
export { formatGlueType } from './format-glue-type.js';
export { parseGlueType } from './parse-glue-type.js';
export { toGlueColumns, toGlueType } from './to-glue-columns.js';
export { toDuckDbColumns, toDuckDbType } from './to-duckdb-columns.js';
export type { DuckDbColumn } from './to-duckdb-columns.js';

export { toTableInput, toTableName } from './to-table-input.js';
export type {
  GlueTableInput,
  JsonSerDe,
  PartitionKey,
  TableFormat,
  TableInputOptions,
} from './table-input.js';
export type { KeyProjection, PartitionProjection, ProjectionIntervalUnit } from './partition-projection.js';
export { toAthenaDdl } from './to-athena-ddl.js';
export type { AthenaDdlOptions } from './to-athena-ddl.js';
export { toJsonSchema } from './to-json-schema.js';
export type { JsonSchema, JsonSchemaOptions, JsonSchemaTarget } from './to-json-schema.js';
export { toStandardJsonSchema } from './to-standard-json-schema.js';
export type { StandardJsonSchemaSource } from './to-standard-json-schema.js';
export { toParquetSchema } from './to-parquet-schema.js';
export type { ParquetField, ParquetPhysicalType } from './to-parquet-schema.js';
export { toIcebergSchema } from './to-iceberg-schema.js';
export type { IcebergField, IcebergSchema, IcebergType } from './to-iceberg-schema.js';
export { checkCompatibility } from './check-compatibility.js';
export type { CompatibilityOptions, CompatibilityReport, TableSource } from './check-compatibility.js';
export type {
  ChangeImpact,
  ChangeKind,
  CompatibilityMode,
  StorageKind,
  TableChange,
} from './compatibility/change.js';
export type { ComparableTable } from './compatibility/table-shape.js';
export { toFirehoseConversion } from './to-firehose-conversion.js';
export type { FirehoseConversion, FirehoseConversionOptions } from './to-firehose-conversion.js';

export type { ParseIssue, ParseResult } from './runtime/parse-record.js';
export type { RecordEncoder } from './runtime/record-bytes.js';
export type {
  StandardResult,
  StandardSchema,
  ValidationIssue,
  ValidationResult,
} from './runtime/validation.js';
export type { ColumnsOf, SameValues } from './columns-of.js';
export type { Wire } from './wire.js';
export { createDeserializer } from './create-deserializer.js';
export { timestampFormatProblem } from './deserializer/joda-pattern.js';
export type {
  ConversionErrorCode,
  ConversionOutcome,
  DeserializerOptions,
  DocumentSource,
  RecordDeserializer,
} from './create-deserializer.js';
