import { LONGEST_KEY_BYTES } from '../lake/key-order.js';
import { evaluatePrefix, parsePrefix, prefixProblem } from '../delivery/prefix-expression.js';
import { timestampFormatProblem } from '@store/glue-schema';
import { compileJq } from '@store/jq';
import { ServiceError } from '../wire/service-error.js';
import type { TableCatalog } from '../lake/table-catalog.js';
import {
  converts,
  parameterOf,
  partitions,
  processorOf,
  type ProcessorConfiguration,
  type S3Configuration,
} from './configuration.js';

/** Least buffer size, in MiB, with conversion or dynamic partitioning; source: Firehose API reference, 2026-08. */
const LEAST_LARGE_BUFFER_MIB = 64;
/** Least interval with dynamic partitioning: no zero buffering; source: Firehose developer guide, 2026-08. */
const LEAST_PARTITIONING_INTERVAL_SECONDS = 60;

/** Refuses what AWS would refuse beyond the service model: members that do not go together. */
export function checkConfiguration(configuration: S3Configuration, catalog: TableCatalog): void {
  const problem =
    prefixProblems(configuration) ??
    partitioningProblem(configuration) ??
    processorProblem(configuration) ??
    conversionProblem(configuration, catalog) ??
    timeZoneProblem(configuration.CustomTimeZone);
  if (problem !== undefined) throw new ServiceError('InvalidArgumentException', problem);
}

function prefixProblems(configuration: S3Configuration): string | undefined {
  const { Prefix = '', ErrorOutputPrefix = '' } = configuration;
  const error = parsePrefix(ErrorOutputPrefix);
  const problem = prefixProblem(parsePrefix(Prefix), 'data') ?? prefixProblem(error, 'error');
  if (problem !== undefined) return problem;
  if (!parsePrefix(Prefix).isPlain && ErrorOutputPrefix === '') {
    return 'ErrorOutputPrefix cannot be null or empty when Prefix contains expressions.';
  }
  const tooLong =
    keyLengthProblem(configuration, 'Prefix') ?? keyLengthProblem(configuration, 'ErrorOutputPrefix');
  if (tooLong !== undefined) return tooLong;
  const namesType = error.parts.some(
    (part) => part.kind === 'expression' && part.value === 'error-output-type',
  );
  return error.isPlain || namesType
    ? undefined
    : 'ErrorOutputPrefix must contain at least one instance of !{firehose:error-output-type}.';
}

/** Longest name that an object may have behind its prefix: stream, version, time, UUID; without its extension. */
const LONGEST_NAME_BYTES = 64 + 1 + 10 + 1 + 19 + 1 + 36;
const LONGEST_ERROR_TYPE = 'format-conversion-failed';

/** A prefix under which no object could be written, whatever the record. */
function keyLengthProblem(
  { FileExtension = '', ...configuration }: S3Configuration,
  member: 'Prefix' | 'ErrorOutputPrefix',
): string | undefined {
  const evaluated = evaluatePrefix(parsePrefix(configuration[member] ?? ''), {
    arrivalAt: 0,
    timeZone: 'UTC',
    randomString: () => 'x'.repeat(11),
    errorOutputType: LONGEST_ERROR_TYPE,
  });
  const bytes = Buffer.byteLength(evaluated) + Buffer.byteLength(FileExtension) + LONGEST_NAME_BYTES;
  return bytes > LONGEST_KEY_BYTES
    ? `${member} is too long: with the name of an object it makes a key of up to ${bytes} bytes, and S3 takes up to ${LONGEST_KEY_BYTES}.`
    : undefined;
}

function partitioningProblem(configuration: S3Configuration): string | undefined {
  const { Prefix = '', BufferingHints: hints } = configuration;
  const namespaces = parsePrefix(Prefix).parts.flatMap((part) =>
    part.kind === 'expression' ? [part.namespace] : [],
  );
  const usesQuery = namespaces.includes('partitionKeyFromQuery');
  const usesLambda = namespaces.includes('partitionKeyFromLambda');
  const extraction = processorOf(configuration, 'MetadataExtraction');
  if (!partitions(configuration)) {
    if (usesQuery || usesLambda) {
      return 'Prefix uses partition keys, but dynamic partitioning is not enabled.';
    }
    return extraction === undefined
      ? undefined
      : 'MetadataExtraction processor is only supported when dynamic partitioning is enabled.';
  }
  if (!usesQuery && !usesLambda) {
    return 'Prefix must contain a partition key expression when dynamic partitioning is enabled.';
  }
  if (usesQuery && extraction === undefined) {
    return 'MetadataExtraction processor is required when Prefix contains partitionKeyFromQuery.';
  }
  if (usesLambda && processorOf(configuration, 'Lambda') === undefined) {
    return 'Lambda processor is required when Prefix contains partitionKeyFromLambda.';
  }
  if (hints?.SizeInMBs !== undefined && hints.SizeInMBs < LEAST_LARGE_BUFFER_MIB) {
    return `BufferingHints.SizeInMBs must be at least ${LEAST_LARGE_BUFFER_MIB} when dynamic partitioning is enabled.`;
  }
  const interval = hints?.IntervalInSeconds;
  return interval !== undefined && interval < LEAST_PARTITIONING_INTERVAL_SECONDS
    ? `BufferingHints.IntervalInSeconds must be at least ${LEAST_PARTITIONING_INTERVAL_SECONDS} when dynamic partitioning is enabled.`
    : undefined;
}

function processorProblem(configuration: S3Configuration): string | undefined {
  const extraction = processorOf(configuration, 'MetadataExtraction');
  if (extraction !== undefined) {
    const engine = parameterOf(extraction, 'JsonParsingEngine');
    if (engine !== 'JQ-1.6') return `JsonParsingEngine must be JQ-1.6, got ${engine ?? 'none'}.`;
    const query = parameterOf(extraction, 'MetadataExtractionQuery');
    if (query === undefined) return 'MetadataExtractionQuery is required.';
    try {
      compileJq(query);
    } catch (error) {
      return `MetadataExtractionQuery: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  const lambda = processorOf(configuration, 'Lambda');
  if (lambda !== undefined && parameterOf(lambda, 'LambdaArn') === undefined) {
    return 'LambdaArn is required for a Lambda processor.';
  }
  for (const type of ['Decompression', 'CloudWatchLogProcessing']) {
    if (processorOf(configuration, type) !== undefined) return `The ${type} processor is not supported here.`;
  }
  return deAggregationProblem(processorOf(configuration, 'RecordDeAggregation'));
}

function deAggregationProblem(processor: ProcessorConfiguration | undefined): string | undefined {
  if (processor === undefined) return undefined;
  const type = parameterOf(processor, 'SubRecordType');
  if (type === 'JSON') return undefined;
  if (type !== 'DELIMITED') return `SubRecordType must be JSON or DELIMITED, got ${type ?? 'none'}.`;
  const delimiter = parameterOf(processor, 'Delimiter');
  return delimiter === undefined || Buffer.from(delimiter, 'base64').length === 0
    ? 'Delimiter, in base64, is required when SubRecordType is DELIMITED.'
    : undefined;
}

function conversionProblem(configuration: S3Configuration, catalog: TableCatalog): string | undefined {
  if (!converts(configuration)) return undefined;
  const { CompressionFormat, BufferingHints, DataFormatConversionConfiguration: conversion } = configuration;
  if (CompressionFormat !== undefined && CompressionFormat !== 'UNCOMPRESSED') {
    return 'Compression format must be UNCOMPRESSED when data format conversion is enabled.';
  }
  if (BufferingHints?.SizeInMBs !== undefined && BufferingHints.SizeInMBs < LEAST_LARGE_BUFFER_MIB) {
    return `BufferingHints.SizeInMBs must be at least ${LEAST_LARGE_BUFFER_MIB} when data format conversion is enabled.`;
  }
  const input = conversion?.InputFormatConfiguration?.Deserializer;
  const isOneOf = (input?.OpenXJsonSerDe === undefined) !== (input?.HiveJsonSerDe === undefined);
  if (!isOneOf) return 'Exactly one of OpenXJsonSerDe and HiveJsonSerDe is required.';
  for (const format of input?.HiveJsonSerDe?.TimestampFormats ?? []) {
    const problem = timestampFormatProblem(format);
    if (problem !== undefined) return `TimestampFormats: ${problem}`;
  }
  const output = conversion?.OutputFormatConfiguration?.Serializer;
  if (output?.OrcSerDe !== undefined) return 'The ORC serializer is not supported here; use ParquetSerDe.';
  if (output?.ParquetSerDe === undefined) return 'Exactly one of ParquetSerDe and OrcSerDe is required.';
  const { DatabaseName, TableName, VersionId } = conversion?.SchemaConfiguration ?? {};
  if (DatabaseName === undefined || TableName === undefined) {
    return 'SchemaConfiguration needs DatabaseName and TableName.';
  }
  const version = VersionId === 'LATEST' ? undefined : VersionId;
  return catalog.getTable(DatabaseName, TableName, version) === undefined
    ? `Table ${DatabaseName}.${TableName} was not found in the Glue Data Catalog.`
    : undefined;
}

function timeZoneProblem(timeZone: string | undefined): string | undefined {
  if (timeZone === undefined || timeZone === '') return undefined;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone });
    return undefined;
  } catch {
    // RangeError is how Intl says that it does not know the zone.
    return `CustomTimeZone ${timeZone} is not a known time zone.`;
  }
}
