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
export type { GlueColumn, GlueField, GlueType } from './glue-type.js';
export type { RecordEncoder } from './record-encoder.js';
export type { ValidationIssue, ValidationResult } from './validation.js';
export type { ConversionErrorCode, ConversionOutcome, RecordDeserializer } from './record-deserializer.js';
export type { ColumnsOf } from './columns-of.js';
