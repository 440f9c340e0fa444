/** The members of an S3 destination's configuration that this endpoint acts on; names and units are AWS's. */
export interface S3Configuration {
  readonly RoleARN?: string;
  readonly BucketARN?: string;
  readonly Prefix?: string;
  readonly ErrorOutputPrefix?: string;
  readonly BufferingHints?: { readonly SizeInMBs?: number; readonly IntervalInSeconds?: number };
  readonly CompressionFormat?: 'UNCOMPRESSED' | 'GZIP' | 'ZIP' | 'Snappy' | 'HADOOP_SNAPPY';
  readonly ProcessingConfiguration?: {
    readonly Enabled?: boolean;
    readonly Processors?: readonly ProcessorConfiguration[];
  };
  readonly S3BackupMode?: 'Disabled' | 'Enabled';
  readonly S3BackupConfiguration?: S3Configuration;
  readonly DataFormatConversionConfiguration?: ConversionConfiguration;
  readonly DynamicPartitioningConfiguration?: { readonly Enabled?: boolean };
  readonly FileExtension?: string;
  readonly CustomTimeZone?: string;
}

/** One processor. */
export interface ProcessorConfiguration {
  readonly Type: string;
  readonly Parameters?: readonly { readonly ParameterName: string; readonly ParameterValue: string }[];
}

/** Record format conversion. */
export interface ConversionConfiguration {
  readonly Enabled?: boolean;
  readonly SchemaConfiguration?: {
    readonly CatalogId?: string;
    readonly DatabaseName?: string;
    readonly TableName?: string;
    readonly Region?: string;
    readonly VersionId?: string;
  };
  readonly InputFormatConfiguration?: {
    readonly Deserializer?: {
      readonly OpenXJsonSerDe?: {
        readonly CaseInsensitive?: boolean;
        readonly ConvertDotsInJsonKeysToUnderscores?: boolean;
        readonly ColumnToJsonKeyMappings?: Readonly<Record<string, string>>;
      };
      readonly HiveJsonSerDe?: { readonly TimestampFormats?: readonly string[] };
    };
  };
  readonly OutputFormatConfiguration?: {
    readonly Serializer?: {
      readonly ParquetSerDe?: { readonly Compression?: 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY' };
      readonly OrcSerDe?: unknown;
    };
  };
}

/** True where conversion applies; AWS takes an absent `Enabled` for true here. */
export function converts(configuration: S3Configuration): boolean {
  const conversion = configuration.DataFormatConversionConfiguration;
  return conversion !== undefined && conversion.Enabled !== false;
}

/** True where dynamic partitioning applies. */
export function partitions(configuration: S3Configuration): boolean {
  return configuration.DynamicPartitioningConfiguration?.Enabled === true;
}

/** The processors that run; AWS takes an absent `Enabled` for false here. */
export function activeProcessors(configuration: S3Configuration): readonly ProcessorConfiguration[] {
  const processing = configuration.ProcessingConfiguration;
  return processing?.Enabled === true ? (processing.Processors ?? []) : [];
}

/** A processor by its type. */
export function processorOf(
  configuration: S3Configuration,
  type: string,
): ProcessorConfiguration | undefined {
  return activeProcessors(configuration).find((processor) => processor.Type === type);
}

/** A processor's parameter. */
export function parameterOf(processor: ProcessorConfiguration | undefined, name: string): string | undefined {
  return processor?.Parameters?.find(({ ParameterName }) => ParameterName === name)?.ParameterValue;
}
