import {
  boolean,
  double,
  integer,
  list,
  map,
  oneOf,
  structure,
  text,
  type StructureShape,
} from '../../wire/shape.js';
import type { S3Configuration } from '../configuration.js';

/**
 * The S3 destination's configuration. All limits: AWS's service model of Firehose, API version 2015-08-04
 * (service-2.json of botocore, release of May 2026).
 */
const roleArn = text(1, 512, 'arn:.*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+');
const kmsKeyArn = text(1, 512, 'arn:.*:kms:[a-zA-Z0-9\\-]+:\\d{12}:(key|alias)/[a-zA-Z_0-9+=,.@\\-_/]+');
const nonEmpty = text(1, 1024, '^(?!\\s*$).+');
const nonEmptyWithoutWhitespace = text(1, 1024, '^\\S+$');
const proportion = double(0, 1);

const cloudWatchLoggingOptions = structure({
  Enabled: boolean,
  LogGroupName: text(0, 512, '[\\.\\-_/#A-Za-z0-9]*'),
  LogStreamName: text(0, 512, '[^:*]*'),
});

const s3Members = {
  RoleARN: roleArn,
  BucketARN: text(1, 2048, 'arn:.*:s3:::[\\w\\.\\-]{1,255}'),
  Prefix: text(0, 1024),
  ErrorOutputPrefix: text(0, 1024),
  BufferingHints: structure({ SizeInMBs: integer(1, 128), IntervalInSeconds: integer(0, 900) }),
  CompressionFormat: oneOf('UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'),
  EncryptionConfiguration: structure({
    NoEncryptionConfig: oneOf('NoEncryption'),
    KMSEncryptionConfig: structure({ AWSKMSKeyARN: kmsKeyArn }, ['AWSKMSKeyARN']),
  }),
  CloudWatchLoggingOptions: cloudWatchLoggingOptions,
};

const processors = list(
  structure(
    {
      Type: oneOf(
        'RecordDeAggregation',
        'Decompression',
        'CloudWatchLogProcessing',
        'Lambda',
        'MetadataExtraction',
        'AppendDelimiterToRecord',
      ),
      Parameters: list(
        structure(
          {
            ParameterName: oneOf(
              'LambdaArn',
              'NumberOfRetries',
              'MetadataExtractionQuery',
              'JsonParsingEngine',
              'RoleArn',
              'BufferSizeInMBs',
              'BufferIntervalInSeconds',
              'SubRecordType',
              'Delimiter',
              'CompressionFormat',
              'DataMessageExtraction',
            ),
            ParameterValue: text(1, 5120, '^(?!\\s*$).+'),
          },
          ['ParameterName', 'ParameterValue'],
        ),
      ),
    },
    ['Type'],
  ),
);

const dataFormatConversion = structure({
  SchemaConfiguration: structure({
    RoleARN: nonEmptyWithoutWhitespace,
    CatalogId: nonEmptyWithoutWhitespace,
    DatabaseName: nonEmptyWithoutWhitespace,
    TableName: nonEmptyWithoutWhitespace,
    Region: nonEmptyWithoutWhitespace,
    VersionId: nonEmptyWithoutWhitespace,
  }),
  InputFormatConfiguration: structure({
    Deserializer: structure({
      OpenXJsonSerDe: structure({
        ConvertDotsInJsonKeysToUnderscores: boolean,
        CaseInsensitive: boolean,
        ColumnToJsonKeyMappings: map(nonEmpty, nonEmptyWithoutWhitespace),
      }),
      HiveJsonSerDe: structure({ TimestampFormats: list(nonEmpty) }),
    }),
  }),
  OutputFormatConfiguration: structure({
    Serializer: structure({
      ParquetSerDe: structure({
        BlockSizeBytes: integer(67_108_864),
        PageSizeBytes: integer(65_536),
        Compression: oneOf('UNCOMPRESSED', 'GZIP', 'SNAPPY'),
        EnableDictionaryCompression: boolean,
        MaxPaddingBytes: integer(0),
        WriterVersion: oneOf('V1', 'V2'),
      }),
      OrcSerDe: structure({
        StripeSizeBytes: integer(8_388_608),
        BlockSizeBytes: integer(67_108_864),
        RowIndexStride: integer(1_000),
        EnablePadding: boolean,
        PaddingTolerance: proportion,
        Compression: oneOf('NONE', 'ZLIB', 'SNAPPY'),
        BloomFilterColumns: list(nonEmptyWithoutWhitespace),
        BloomFilterFalsePositiveProbability: proportion,
        DictionaryKeyThreshold: proportion,
        FormatVersion: oneOf('V0_11', 'V0_12'),
      }),
    }),
  }),
  Enabled: boolean,
});

const extendedMembers = {
  ...s3Members,
  ProcessingConfiguration: structure({ Enabled: boolean, Processors: processors }),
  S3BackupMode: oneOf('Disabled', 'Enabled'),
  DataFormatConversionConfiguration: dataFormatConversion,
  DynamicPartitioningConfiguration: structure({
    RetryOptions: structure({ DurationInSeconds: integer(0, 7200) }),
    Enabled: boolean,
  }),
  FileExtension: text(0, 128, "^$|\\.[0-9a-z!\\-_.*'()]+"),
  CustomTimeZone: text(0, 50, '^$|[a-zA-Z/_]+'),
};

/** What UpdateDestination changes. */
export interface S3Update extends S3Configuration {
  readonly S3BackupUpdate?: S3Configuration;
}

/** DeliveryStreamEncryptionConfigurationInput. */
export interface EncryptionInput {
  readonly KeyType: string;
  readonly KeyARN?: string;
}

/** S3DestinationConfiguration, deprecated by AWS and still taken. */
export const s3DestinationConfiguration: StructureShape<S3Configuration> = structure(s3Members, [
  'RoleARN',
  'BucketARN',
]);
/** S3DestinationUpdate. */
export const s3DestinationUpdate: StructureShape<S3Configuration> = structure(s3Members);
/** ExtendedS3DestinationConfiguration. */
export const extendedS3DestinationConfiguration: StructureShape<S3Configuration> = structure(
  { ...extendedMembers, S3BackupConfiguration: s3DestinationConfiguration },
  ['RoleARN', 'BucketARN'],
);
/** ExtendedS3DestinationUpdate. */
export const extendedS3DestinationUpdate: StructureShape<S3Update> = structure({
  ...extendedMembers,
  S3BackupUpdate: s3DestinationUpdate,
});
/** DeliveryStreamEncryptionConfigurationInput. */
export const encryptionConfigurationInput: StructureShape<EncryptionInput> = structure(
  { KeyARN: kmsKeyArn, KeyType: oneOf('AWS_OWNED_CMK', 'CUSTOMER_MANAGED_CMK') },
  ['KeyType'],
);
