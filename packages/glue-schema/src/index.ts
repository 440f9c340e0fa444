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

export { toTableInput } from './to-table-input.js';
export type {
  GlueTableInput,
  JsonSerDe,
  PartitionKey,
  TableFormat,
  TableInputOptions,
} from './table-input.js';
export type { KeyProjection, PartitionProjection, ProjectionIntervalUnit } from './partition-projection.js';
export { toFirehoseConversion } from './to-firehose-conversion.js';
export type { FirehoseConversion, FirehoseConversionOptions } from './to-firehose-conversion.js';

export type { RecordEncoder } from './record-encoder.js';
export type { ValidationIssue, ValidationResult } from './validation.js';
export type { ConversionErrorCode, ConversionOutcome, RecordDeserializer } from './record-deserializer.js';
export type { ColumnsOf } from './columns-of.js';
