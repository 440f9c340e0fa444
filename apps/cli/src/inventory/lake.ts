import {
  CreateDeliveryStreamCommand,
  DescribeDeliveryStreamCommand,
  type FirehoseClient,
} from '@aws-sdk/client-firehose';
import {
  CreateDatabaseCommand,
  CreateTableCommand,
  type GlueClient,
  type TableInput,
} from '@aws-sdk/client-glue';
import { inventoryEventSchema, type EventPartitioning } from '@store/schema';
import { setTimeout as delay } from 'node:timers/promises';
import { names } from './names.js';
import { toTableInput, type TableSchema } from '@store/glue-schema';

/** Made-up, as the embedded endpoint has no accounts; on AWS the stack creates what this file creates. */
const localRole = 'arn:aws:iam::000000000000:role/store-delivery';

/** What the lake is made of. */
export interface InventoryLakeOptions {
  readonly glue: GlueClient;
  readonly firehose: FirehoseClient;
  readonly tableInput: TableInput;
  readonly partitioning: EventPartitioning;
}

/** Creates database, table and delivery stream at the embedded endpoint; what exists already stays. */
export async function createInventoryLake({
  glue,
  firehose,
  tableInput,
  partitioning,
}: InventoryLakeOptions): Promise<void> {
  await unlessExists(() => glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: names.database } })));
  await unlessExists(() =>
    glue.send(new CreateTableCommand({ DatabaseName: names.database, TableInput: tableInput })),
  );
  await unlessExists(() => firehose.send(new CreateDeliveryStreamCommand(deliveryStream(partitioning))));
  while ((await status(firehose)) === 'CREATING') await delay(20);
}

async function status(firehose: FirehoseClient): Promise<string | undefined> {
  const answer = await firehose.send(
    new DescribeDeliveryStreamCommand({ DeliveryStreamName: names.deliveryStream }),
  );
  return answer.DeliveryStreamDescription?.DeliveryStreamStatus;
}

const existing = new Set(['AlreadyExistsException', 'ResourceInUseException']);

async function unlessExists(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof Error && existing.has(error.name))) throw error;
  }
}

/** JSON in, several events a record, Parquet out, one folder for each value of the partition key. */
function deliveryStream(partitioning: EventPartitioning): CreateDeliveryStreamCommand['input'] {
  return {
    DeliveryStreamName: names.deliveryStream,
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: {
      RoleARN: localRole,
      BucketARN: `arn:aws:s3:::${names.bucket}`,
      Prefix: partitioning.prefix,
      ErrorOutputPrefix: partitioning.errorPrefix,
      BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 300 },
      CompressionFormat: 'UNCOMPRESSED',
      DynamicPartitioningConfiguration: { Enabled: true, RetryOptions: { DurationInSeconds: 300 } },
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
              { ParameterName: 'MetadataExtractionQuery', ParameterValue: partitioning.query },
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
          RoleARN: localRole,
          DatabaseName: names.database,
          TableName: names.table,
          Region: 'us-east-1',
          VersionId: 'LATEST',
        },
      },
    },
  };
}

/** The first moment for which partitions are projected; the lake may hold events from then on. */
const firstProjected: Readonly<Record<EventPartitioning['key'], string>> = {
  datehour: '2020-01-01-00',
  date: '2020-01-01',
};

/**
 * The Glue table of inventory events: columns from the TypeScript type, partitions computed instead of crawled, rows
 * of a file sorted by store, which the embedded endpoint does where the table says so.
 */
export function inventoryTableInput(
  partitioning: EventPartitioning,
  schema: TableSchema = inventoryEventSchema,
): TableInput {
  const { key, projection } = partitioning;
  const input = toTableInput(schema, {
    tableName: names.table,
    location: `s3://${names.bucket}/inventory/`,
    partitionKeys: [{ name: key, type: 'string' }],
    projection: { keys: { [key]: { ...projection, range: [firstProjected[key], 'NOW+1YEARS'] } } },
  });
  const SortColumns = [{ Column: 'store_id', SortOrder: 1 }];
  return { ...input, StorageDescriptor: { ...input.StorageDescriptor, SortColumns } };
}
