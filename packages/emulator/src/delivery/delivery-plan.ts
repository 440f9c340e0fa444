import type { RecordDeserializer } from '@store/glue-schema';
import type { FieldUse, StepBudget } from '@store/jq';
import type { PrefixTemplate } from './prefix-expression.js';
import type { ParquetCodec } from '../lake/parquet-writer.js';
import type { SchemaSnapshot } from '../lake/table-catalog.js';

/** How Firehose compresses what it delivers. */
export type CompressionFormat = 'UNCOMPRESSED' | 'GZIP' | 'ZIP' | 'Snappy' | 'HADOOP_SNAPPY';

/** What a delivery stream does with a record, read once from its destination's configuration. */
export interface DeliveryPlan {
  readonly streamName: string;
  /** ARN of the stream, as its functions are told. */
  readonly streamArn: string;
  readonly streamId: string;
  readonly streamVersion: string;
  readonly bucket: string;
  readonly prefix: PrefixTemplate;
  readonly errorPrefix: PrefixTemplate;
  readonly timeZone: string;
  readonly extension: string;
  /** A buffer that holds this much goes out. */
  readonly bufferBytes: number;
  /** A buffer whose oldest record is this old goes out. */
  readonly bufferMs: number;
  readonly compression: CompressionFormat;
  readonly deAggregation?: DeAggregation;
  /** Appended after each record that is not converted. */
  readonly delimiter?: Buffer;
  readonly partitioning?: Partitioning;
  readonly conversion?: Conversion;
  readonly lambda?: LambdaStep;
}

/** How one record holds several. */
export type DeAggregation =
  { readonly kind: 'json' } | { readonly kind: 'delimited'; readonly delimiter: Buffer };

/** Dynamic partitioning. */
export interface Partitioning {
  /** Most partitions with an open buffer. */
  readonly maxActive: number;
  /**
   * Finds the keys of a parsed document; absent when only Lambda sets keys. The time is that of arrival, so that a
   * replay finds the same keys even where the query asks for the time.
   */
  readonly query?: {
    readonly text: string;
    /** The only fields of a document that the query looks at; absent when it may look at any. */
    readonly fields?: readonly FieldUse[];
    run(document: unknown, arrivalAt: number): readonly unknown[];
    /** Steps that the query may still take. */
    readonly budget: StepBudget;
  };
}

/** Record format conversion. */
export interface Conversion {
  /** Builds the deserializer for a table; throws when a column's type is not valid. */
  deserializer(schema: SchemaSnapshot): RecordDeserializer;
  /** Whether lines of the columns' plain form are stored as they are, so that they need not be parsed. */
  readonly plainLines: boolean;
  readonly codec: ParquetCodec;
  /** Present when the output is not Parquet, which is refused at creation. */
  readonly serializer: 'parquet';
}

/** The Lambda processor. */
export interface LambdaStep {
  readonly functionArn: string;
  readonly bufferBytes: number;
  readonly bufferMs: number;
  readonly retries: number;
}
