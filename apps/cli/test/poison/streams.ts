import type { PoisonedEndpoint } from './endpoint.js';

/** Streams that the campaign puts to, each with another way of reading and writing records. */
export const streams = ['openx', 'hive', 'dynamic', 'lines', 'parts'] as const;

/** A stream of the campaign. */
export type PoisonStream = (typeof streams)[number];

/** Database of the campaign's tables; a table is called as its stream. */
export const database = 'poison';

const columns = [
  { Name: 'id', Type: 'bigint' },
  { Name: 'n', Type: 'bigint' },
  { Name: 's', Type: 'string' },
  { Name: 'tag', Type: 'string' },
];

/** Makes the tables and the streams. */
export async function createStreams(endpoint: PoisonedEndpoint): Promise<void> {
  await must(endpoint, 'AWSGlue.CreateDatabase', { DatabaseInput: { Name: database } });
  for (const name of ['openx', 'hive', 'dynamic']) await createTable(endpoint, name);
  await createStream(endpoint, 'openx', { Prefix: 'openx/', ...conversion('openx', 'OpenXJsonSerDe') });
  await createStream(endpoint, 'hive', { Prefix: 'hive/', ...conversion('hive', 'HiveJsonSerDe') });
  await createStream(endpoint, 'dynamic', {
    Prefix: 'dynamic/p=!{partitionKeyFromQuery:p}/',
    ...partitioned('{p:.p}'),
    ...conversion('dynamic', 'OpenXJsonSerDe'),
  });
  await createStream(endpoint, 'lines', { Prefix: 'lines/' });
  await createStream(endpoint, 'parts', {
    Prefix: 'parts/!{partitionKeyFromQuery:p}/',
    ...partitioned('{p:.p}', [
      {
        Type: 'RecordDeAggregation',
        Parameters: [{ ParameterName: 'SubRecordType', ParameterValue: 'JSON' }],
      },
    ]),
  });
}

/** Makes a stream whose partition query or prefix is hostile; answers whether it was taken. */
export async function createHostileStream(
  endpoint: PoisonedEndpoint,
  name: string,
  query: string,
  prefix: string,
): Promise<number> {
  const { status } = await endpoint.call('Firehose_20150804.CreateDeliveryStream', {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: { ...destination, Prefix: prefix, ...partitioned(query) },
  });
  return status;
}

const destination = {
  RoleARN: 'arn:aws:iam::000000000000:role/firehose',
  BucketARN: 'arn:aws:s3:::lake',
  ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/',
  BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
};

async function createStream(
  endpoint: PoisonedEndpoint,
  name: PoisonStream,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await must(endpoint, 'Firehose_20150804.CreateDeliveryStream', {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: { ...destination, ...settings },
  });
}

function conversion(table: string, deserializer: string): Readonly<Record<string, unknown>> {
  return {
    DataFormatConversionConfiguration: {
      Enabled: true,
      InputFormatConfiguration: { Deserializer: { [deserializer]: {} } },
      OutputFormatConfiguration: { Serializer: { ParquetSerDe: {} } },
      SchemaConfiguration: {
        RoleARN: destination.RoleARN,
        DatabaseName: database,
        TableName: table,
        Region: 'us-east-1',
      },
    },
  };
}

function partitioned(query: string, before: readonly unknown[] = []): Readonly<Record<string, unknown>> {
  return {
    DynamicPartitioningConfiguration: { Enabled: true },
    ProcessingConfiguration: {
      Enabled: true,
      Processors: [
        ...before,
        {
          Type: 'MetadataExtraction',
          Parameters: [
            { ParameterName: 'MetadataExtractionQuery', ParameterValue: query },
            { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
          ],
        },
      ],
    },
  };
}

async function createTable(endpoint: PoisonedEndpoint, name: string): Promise<void> {
  await must(endpoint, 'AWSGlue.CreateTable', {
    DatabaseName: database,
    TableInput: {
      Name: name,
      TableType: 'EXTERNAL_TABLE',
      Parameters: { classification: 'parquet' },
      PartitionKeys: name === 'dynamic' ? [{ Name: 'p', Type: 'string' }] : [],
      StorageDescriptor: {
        Columns: columns,
        Location: `s3://lake/${name}/`,
        InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  });
}

async function must(endpoint: PoisonedEndpoint, target: string, body: unknown): Promise<void> {
  const answer = await endpoint.call(target, body);
  if (answer.status !== 200) throw new Error(`${target}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
