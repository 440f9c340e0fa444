import { createDeserializer, type RecordDeserializer } from '@store/glue-schema';
import { compileJq, fieldsRead, jqLimits, type FieldUse, type StepBudget } from '@store/jq';
import type { Conversion, DeliveryPlan, LambdaStep, Partitioning } from '../delivery/delivery-plan.js';
import { parsePrefix } from '../delivery/prefix-expression.js';
import type { SnapshotColumn } from '../lake/table-catalog.js';
import { converts, parameterOf, partitions, processorOf, type S3Configuration } from './configuration.js';

const MIB = 1024 * 1024;
const DEFAULT_SIZE_MIB = 5;
const DEFAULT_LARGE_SIZE_MIB = 128;
const DEFAULT_INTERVAL_SECONDS = 300;
const DEFAULT_LAMBDA_SIZE_MIB = 1;
const DEFAULT_LAMBDA_INTERVAL_SECONDS = 60;
const DEFAULT_LAMBDA_RETRIES = 3;
const extensions = {
  UNCOMPRESSED: '',
  GZIP: '.gz',
  ZIP: '.zip',
  Snappy: '.snappy',
  HADOOP_SNAPPY: '.hsnappy',
};
const codecs = { UNCOMPRESSED: 'uncompressed', GZIP: 'gzip', SNAPPY: 'snappy' } as const;

/** Which stream a plan is for, and what this endpoint adds to AWS's settings. */
export interface PlanContext {
  readonly streamName: string;
  readonly streamArn: string;
  readonly streamId: string;
  readonly streamVersion: string;
  readonly maxActivePartitions: number;
  /** A buffer that is converted goes out at this size at the latest. */
  readonly conversionBlockBytes: number;
}

/** Reads a checked configuration into what delivery does. */
export function planFromConfiguration(configuration: S3Configuration, context: PlanContext): DeliveryPlan {
  const { streamName, streamArn, streamId, streamVersion, conversionBlockBytes } = context;
  const large = converts(configuration) || partitions(configuration);
  const hints = configuration.BufferingHints;
  const bytes = (hints?.SizeInMBs ?? (large ? DEFAULT_LARGE_SIZE_MIB : DEFAULT_SIZE_MIB)) * MIB;
  const compression = configuration.CompressionFormat ?? 'UNCOMPRESSED';
  const conversion = conversionOf(configuration);
  const deAggregation = deAggregationOf(configuration);
  const partitioning = partitioningOf(configuration, context.maxActivePartitions);
  const lambda = lambdaOf(configuration);
  const delimiter = delimiterOf(configuration);
  return {
    streamName,
    streamArn,
    streamId,
    streamVersion,
    bucket: bucketOf(configuration),
    prefix: parsePrefix(configuration.Prefix ?? ''),
    errorPrefix: parsePrefix(
      configuration.ErrorOutputPrefix ??
        `${configuration.Prefix ?? ''}!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/`,
    ),
    timeZone: configuration.CustomTimeZone === '' ? 'UTC' : (configuration.CustomTimeZone ?? 'UTC'),
    extension:
      configuration.FileExtension !== undefined && configuration.FileExtension !== ''
        ? configuration.FileExtension
        : conversion === undefined
          ? extensions[compression]
          : '.parquet',
    bufferBytes: conversion === undefined ? bytes : Math.min(bytes, conversionBlockBytes),
    bufferMs: (hints?.IntervalInSeconds ?? DEFAULT_INTERVAL_SECONDS) * 1000,
    compression,
    ...(deAggregation === undefined ? {} : { deAggregation }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(partitioning === undefined ? {} : { partitioning }),
    ...(conversion === undefined ? {} : { conversion }),
    ...(lambda === undefined ? {} : { lambda }),
  };
}

/** Name of the bucket that a configuration delivers to. */
export function bucketOf({ BucketARN = '' }: S3Configuration): string {
  return BucketARN.slice(BucketARN.lastIndexOf(':') + 1);
}

function conversionOf(configuration: S3Configuration): Conversion | undefined {
  if (!converts(configuration)) return undefined;
  const conversion = configuration.DataFormatConversionConfiguration;
  const deserializer = conversion?.InputFormatConfiguration?.Deserializer;
  const output = conversion?.OutputFormatConfiguration?.Serializer?.ParquetSerDe;
  return {
    serializer: 'parquet',
    codec: codecs[output?.Compression ?? 'SNAPPY'],
    plainLines: readsPlainLines(deserializer ?? {}),
    deserializer: (schema) => createTableDeserializer(schema.columns ?? [], deserializer ?? {}),
  };
}

function deAggregationOf(configuration: S3Configuration): DeliveryPlan['deAggregation'] {
  const processor = processorOf(configuration, 'RecordDeAggregation');
  if (processor === undefined) return undefined;
  if (parameterOf(processor, 'SubRecordType') === 'JSON') return { kind: 'json' };
  return { kind: 'delimited', delimiter: Buffer.from(parameterOf(processor, 'Delimiter') ?? '', 'base64') };
}

function partitioningOf(configuration: S3Configuration, maxActive: number): Partitioning | undefined {
  if (!partitions(configuration)) return undefined;
  const text = parameterOf(processorOf(configuration, 'MetadataExtraction'), 'MetadataExtractionQuery');
  if (text === undefined) return { maxActive };
  let nowSeconds = 0;
  const budget = { steps: jqLimits.steps };
  const program = programOf(text, () => nowSeconds, budget);
  const run = (document: unknown, arrivalAt: number): readonly unknown[] => {
    nowSeconds = arrivalAt / 1000;
    return program(document);
  };
  const fields = fieldsOf(text);
  return { maxActive, query: { text, run, budget, ...(fields === undefined ? {} : { fields }) } };
}

/** A query that was accepted by an earlier release, and is not any more, fails for each record, not for the start. */
function programOf(
  text: string,
  now: () => number,
  budget: StepBudget,
): (document: unknown) => readonly unknown[] {
  try {
    return compileJq(text, { now, budget });
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function fieldsOf(text: string): readonly FieldUse[] | undefined {
  try {
    // A query that is refused fails for each record, whatever its fields.
    compileJq(text);
    return fieldsRead(text);
  } catch {
    // It does not compile, and so reads none; each record says so.
    return undefined;
  }
}

function lambdaOf(configuration: S3Configuration): LambdaStep | undefined {
  const processor = processorOf(configuration, 'Lambda');
  if (processor === undefined) return undefined;
  const number = (name: string, otherwise: number): number => {
    const text = parameterOf(processor, name);
    return text === undefined ? otherwise : Number(text);
  };
  return {
    functionArn: parameterOf(processor, 'LambdaArn') ?? '',
    bufferBytes: number('BufferSizeInMBs', DEFAULT_LAMBDA_SIZE_MIB) * MIB,
    bufferMs: number('BufferIntervalInSeconds', DEFAULT_LAMBDA_INTERVAL_SECONDS) * 1000,
    retries: number('NumberOfRetries', DEFAULT_LAMBDA_RETRIES),
  };
}

function delimiterOf(configuration: S3Configuration): Buffer | undefined {
  const processor = processorOf(configuration, 'AppendDelimiterToRecord');
  if (processor === undefined) return undefined;
  // The console writes an escape, `\n`; without the parameter a line feed is meant.
  const text = parameterOf(processor, 'Delimiter') ?? '\\n';
  return Buffer.from(text.replaceAll('\\n', '\n').replaceAll('\\t', '\t'));
}

/** How Firehose is told to read JSON. */
export interface DeserializerConfiguration {
  readonly OpenXJsonSerDe?: {
    readonly CaseInsensitive?: boolean;
    readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
    readonly ColumnToJsonKeyMappings?: Readonly<Record<string, string>>;
  };
  readonly HiveJsonSerDe?: { readonly TimestampFormats?: readonly string[] };
}

/** Builds the deserializer that a configuration names, for a table's columns. */
export function createTableDeserializer(
  columns: readonly SnapshotColumn[],
  { OpenXJsonSerDe: openx, HiveJsonSerDe: hive }: DeserializerConfiguration,
): RecordDeserializer {
  if (hive !== undefined) {
    const formats = hive.TimestampFormats;
    return createDeserializer(columns, {
      serde: 'hive',
      ...(formats === undefined ? {} : { timestampFormats: formats }),
    });
  }
  const mappings = openx?.ColumnToJsonKeyMappings;
  return createDeserializer(columns, {
    caseInsensitive: openx?.CaseInsensitive ?? true,
    convertDotsInJsonKeysToUnderscores: openx?.ConvertDotsInJsonKeysToUnderscores ?? false,
    ...(mappings === undefined ? {} : { columnToJsonKeyMappings: mappings }),
  });
}

/** Whether keys are the columns' own names and values are read the OpenX way, as {@link plainLinePattern} has it. */
export function readsPlainLines({
  OpenXJsonSerDe: openx,
  HiveJsonSerDe: hive,
}: DeserializerConfiguration): boolean {
  const mapped = Object.keys(openx?.ColumnToJsonKeyMappings ?? {}).length > 0;
  return hive === undefined && !mapped && openx?.ConvertDotsInJsonKeysToUnderscores !== true;
}
