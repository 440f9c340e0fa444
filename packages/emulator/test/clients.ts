import { FirehoseClient, type CreateDeliveryStreamCommandInput } from '@aws-sdk/client-firehose';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  GlueClient,
  type StorageDescriptor,
} from '@aws-sdk/client-glue';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from '../src/index.js';

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' };

/** A folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An endpoint that stops with the test. */
export async function startedEmulator(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({ dataDir: options.dataDir ?? (await temporaryFolder()), ...options });
  onTestFinished(async () => {
    await emulator.close();
  });
  return emulator;
}

export function firehoseClient(
  { endpoint }: { readonly endpoint: string },
  region = 'us-east-1',
): FirehoseClient {
  const client = new FirehoseClient({ endpoint, region, credentials, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

export function glueClient({ endpoint }: { readonly endpoint: string }): GlueClient {
  const client = new GlueClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => {
    client.destroy();
  });
  return client;
}

/** Columns of the table that most tests deliver to. */
export const readingColumns: { Name: string; Type: string }[] = [
  { Name: 'id', Type: 'bigint' },
  { Name: 'at', Type: 'string' },
  { Name: 'store', Type: 'string' },
  { Name: 'amount', Type: 'int' },
];

/** Makes the table `lake.readings`, partitioned by hour. */
export async function createReadings(
  { endpoint }: Pick<Emulator, 'endpoint'>,
  storage: Partial<StorageDescriptor> = {},
): Promise<void> {
  const glue = new GlueClient({ endpoint, region: 'us-east-1', credentials });
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'lake' } }));
  await glue.send(
    new CreateTableCommand({
      DatabaseName: 'lake',
      TableInput: {
        Name: 'readings',
        TableType: 'EXTERNAL_TABLE',
        Parameters: { classification: 'parquet' },
        PartitionKeys: [{ Name: 'datehour', Type: 'string' }],
        StorageDescriptor: {
          Columns: readingColumns,
          Location: 's3://lake-bucket/readings/',
          InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          SerdeInfo: {
            SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
          },
          ...storage,
        },
      },
    }),
  );
  glue.destroy();
}

const roleArn = 'arn:aws:iam::000000000000:role/firehose';

/** A stream that converts and partitions by hour, as a deployed one would. */
export function readingsStream(
  name = 'readings',
  destination: Partial<
    NonNullable<CreateDeliveryStreamCommandInput['ExtendedS3DestinationConfiguration']>
  > = {},
): CreateDeliveryStreamCommandInput {
  return {
    DeliveryStreamName: name,
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: 'arn:aws:s3:::lake-bucket',
      Prefix: 'readings/datehour=!{partitionKeyFromQuery:datehour}/',
      ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd/HH}/',
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      DynamicPartitioningConfiguration: { Enabled: true },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [
          {
            Type: 'RecordDeAggregation',
            Parameters: [{ ParameterName: 'SubRecordType', ParameterValue: 'JSON' }],
          },
          {
            Type: 'MetadataExtraction',
            Parameters: [
              {
                ParameterName: 'MetadataExtractionQuery',
                ParameterValue: '{datehour:(.at[0:10]+"-"+.at[11:13])}',
              },
              { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
            ],
          },
        ],
      },
      DataFormatConversionConfiguration: {
        Enabled: true,
        InputFormatConfiguration: { Deserializer: { OpenXJsonSerDe: {} } },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        SchemaConfiguration: {
          RoleARN: roleArn,
          DatabaseName: 'lake',
          TableName: 'readings',
          Region: 'us-east-1',
        },
      },
      ...destination,
    },
  };
}

/** A stream that stores records as they come. */
export function plainStream(
  name: string,
  destination: Partial<
    NonNullable<CreateDeliveryStreamCommandInput['ExtendedS3DestinationConfiguration']>
  > = {},
): CreateDeliveryStreamCommandInput {
  return {
    DeliveryStreamName: name,
    ExtendedS3DestinationConfiguration: {
      RoleARN: roleArn,
      BucketARN: 'arn:aws:s3:::plain-bucket',
      ...destination,
    },
  };
}

/** One reading as JSON. */
export function reading(id: number, hour = 8): string {
  const at = `2026-01-05T${String(hour).padStart(2, '0')}:30:00.000Z`;
  return JSON.stringify({ id, at, store: `store-${id % 7}`, amount: id % 100 });
}

/** Text as a record. */
export function record(text: string): { Data: Uint8Array } {
  return { Data: Buffer.from(text) };
}
