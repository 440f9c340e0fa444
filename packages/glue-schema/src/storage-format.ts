import type { JsonSerDe, TableFormat } from './table-input.js';

/** The classes and parameters by which Athena and Spark read one kind of object. */
export interface StorageFormat {
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serializationLibrary: string;
  readonly classification: string;
}

const parquet: StorageFormat = {
  inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
  classification: 'parquet',
};

const text = {
  inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  classification: 'json',
};

const openx: StorageFormat = { ...text, serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' };
const hive: StorageFormat = { ...text, serializationLibrary: 'org.apache.hive.hcatalog.data.JsonSerDe' };

/** The storage classes of a format; the SerDe matters to JSON only. */
export function storageFormat(format: TableFormat, serde: JsonSerDe): StorageFormat {
  if (format === 'parquet') return parquet;
  return serde === 'openx' ? openx : hive;
}
