import {
  listOf,
  mapOf,
  nested,
  oneOf,
  type OptionRules,
  required,
  satisfying,
  text as textRule,
} from '@store/foundation';
import type { GlueColumn } from './glue-type.js';
import { type PartitionProjection, partitionProjectionRule } from './partition-projection.js';

/** How the table's objects are written. */
export type TableFormat = 'parquet' | 'json';
/** Which SerDe reads JSON. */
export type JsonSerDe = 'openx' | 'hive';

/** A partition key of the table. */
export interface PartitionKey {
  /** Name of the key, which is no other column. */
  readonly name: string;
  /** A primitive Glue type; Athena recommends `string`. */
  readonly type: string;
  /** One line, at most 255 characters. */
  readonly comment?: string;
}

/** Settings of {@link toTableInput}. */
export interface TableInputOptions {
  /**
   * Name of the table: lower-case letters, digits and "_".
   *
   * @defaultValue the schema's name in snake case
   */
  readonly tableName?: string;
  /** Where the objects lie: `s3://bucket/prefix/`. */
  readonly location: string;
  /**
   * How the objects are written.
   *
   * @defaultValue 'parquet'
   */
  readonly format?: TableFormat;
  /**
   * SerDe of a JSON table.
   *
   * @defaultValue 'openx'
   */
  readonly serde?: JsonSerDe;
  /**
   * Keys of the path, outermost first.
   *
   * @defaultValue the columns marked `@partitionKey`
   */
  readonly partitionKeys?: readonly PartitionKey[];
  /** Athena computes the partitions instead of reading them from the catalog. */
  readonly projection?: PartitionProjection;
  /** More table parameters; they win over ours. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const partitionKeyRules: OptionRules<PartitionKey> = {
  name: required(satisfying('the name of a column', (value) => typeof value === 'string')),
  type: required(textRule('a primitive Glue type')),
  comment: satisfying('text', (value) => typeof value === 'string'),
};

/** How each of {@link TableInputOptions} is checked; names and types themselves have checks of their own. */
export const tableInputRules: OptionRules<TableInputOptions> = {
  tableName: satisfying('text', (value) => typeof value === 'string'),
  location: required(textRule('"s3://bucket/prefix/"', /^s3:\/\/[^/]+\/(.*\/)?$/)),
  format: oneOf('parquet', 'json'),
  serde: oneOf('openx', 'hive'),
  partitionKeys: listOf(nested(partitionKeyRules)),
  projection: partitionProjectionRule,
  parameters: mapOf(satisfying('text', (value) => typeof value === 'string')),
};

/** Glue's `TableInput`, as CreateTable and UpdateTable take it. */
export interface GlueTableInput {
  /** Name of the table. */
  Name: string;
  /** The type's comment. */
  Description?: string;
  /** The data is in S3, not in the catalog. */
  TableType: 'EXTERNAL_TABLE';
  /** Classification, partition projection and what people add. */
  Parameters: Record<string, string>;
  /** Empty, never absent: Athena refuses a table without it. */
  PartitionKeys: GlueColumn[];
  /** Columns, location and the classes that read the objects. */
  StorageDescriptor: {
    Columns: GlueColumn[];
    Location: string;
    InputFormat: string;
    OutputFormat: string;
    Compressed: boolean;
    SerdeInfo: { SerializationLibrary: string; Parameters: Record<string, string> };
  };
}

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
