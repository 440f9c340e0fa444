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
import { toTableInput, type KeyProjection, type PartitionKey, type TableSchema } from '@store/glue-schema';
import { runKey, runNames, runProjection } from './runs.js';

/** Made-up, as the embedded endpoint has no accounts; on AWS the stack creates what this file creates. */
export const localRole = 'arn:aws:iam::000000000000:role/store-delivery';

/** When the delivery stream writes what it holds: after so much, or so long after the first record of an object. */
export const inventoryBuffering: { readonly SizeInMBs: number; readonly IntervalInSeconds: number } =
  Object.freeze({ SizeInMBs: 128, IntervalInSeconds: 300 });

/** What the lake is made of. */
export interface InventoryLakeOptions {
  readonly glue: GlueClient;
  readonly firehose: FirehoseClient;
  /** The table of the events, by whose columns the delivery stream converts. */
  readonly tableInput: TableInput;
  readonly partitioning: EventPartitioning;
  /** Tables beside it. @defaultValue none */
  readonly moreTables?: readonly TableInput[];
}

/** Creates database, table and delivery stream at the embedded endpoint; what exists already stays. */
export async function createInventoryLake({
  glue,
  firehose,
  tableInput,
  partitioning,
  moreTables = [],
}: InventoryLakeOptions): Promise<void> {
  await unlessExists(() => glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: names.database } })));
  for (const TableInput of [tableInput, ...moreTables]) {
    await unlessExists(() => glue.send(new CreateTableCommand({ DatabaseName: names.database, TableInput })));
  }
  const stream = deliveryStream(partitioning, tableInput.Name);
  await unlessExists(() => firehose.send(new CreateDeliveryStreamCommand(stream)));
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

/** JSON in, several events a record, Parquet out by the columns of a table, one folder for each partition. */
function deliveryStream(
  partitioning: EventPartitioning,
  table: string | undefined,
): CreateDeliveryStreamCommand['input'] {
  return {
    DeliveryStreamName: names.deliveryStream,
    DeliveryStreamType: 'DirectPut',
    ExtendedS3DestinationConfiguration: {
      RoleARN: localRole,
      BucketARN: `arn:aws:s3:::${names.bucket}`,
      Prefix: partitioning.prefix,
      ErrorOutputPrefix: partitioning.errorPrefix,
      BufferingHints: inventoryBuffering,
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
          TableName: table,
          Region: 'us-east-1',
          VersionId: 'LATEST',
        },
      },
    },
  };
}

/**
 * The Glue table of inventory events: columns from the TypeScript type, partitions computed instead of crawled, rows
 * of a file sorted by store, which the embedded endpoint does where the table says so.
 */
export function inventoryTableInput(
  partitioning: EventPartitioning,
  schema: TableSchema = inventoryEventSchema,
): TableInput {
  return eventTable(names.table, partitioning, schema);
}

/** The Glue table of the events of all runs: as that of the events of one, with a further key of the partitions. */
export function runsTableInput(partitioning: EventPartitioning, schema: TableSchema): TableInput {
  return eventTable(runNames.allEvents, partitioning, schema, [[runKey, runProjection]]);
}

function eventTable(
  tableName: string,
  { key, projection }: EventPartitioning,
  schema: TableSchema,
  moreKeys: readonly (readonly [PartitionKey, KeyProjection])[] = [],
): TableInput {
  const values: KeyProjection = { ...projection, range: [projection.range[0], 'NOW+1YEARS'] };
  const keys = [[{ name: key, type: 'string' }, values] as const, ...moreKeys];
  const input = toTableInput(schema, {
    tableName,
    location: `s3://${names.bucket}/inventory/`,
    partitionKeys: keys.map(([one]) => one),
    projection: { keys: Object.fromEntries(keys.map(([{ name }, of]) => [name, of])) },
  });
  const SortColumns = [{ Column: 'store_id', SortOrder: 1 }];
  return { ...input, StorageDescriptor: { ...input.StorageDescriptor, SortColumns } };
}
