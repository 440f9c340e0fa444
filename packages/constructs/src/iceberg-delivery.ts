import { Stack, aws_glue as glue, aws_iam as iam, type aws_kinesisfirehose as firehose } from 'aws-cdk-lib';
import { toIcebergSchema, type TableSchema } from '@store/glue-schema';
import type { Construct } from 'constructs';
import { allowObjects, errorsPrefix } from './lake-bucket.js';
import type { LakePartitioning } from './lake-partitioning.js';
import {
  createDelivery,
  deaggregation,
  loggingOf,
  numbered,
  type DeliveryStreamsProps,
} from './delivery-streams.js';
import { createDatabase, lakeTableOf, type LakeTable } from './lake-table.js';

/** What an Iceberg table is made of. */
interface IcebergTableProps {
  readonly schema: TableSchema;
  readonly partitioning: LakePartitioning;
  readonly location: string;
  readonly database?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly tableName: string;
}

/**
 * Creates the table as Apache Iceberg, version 2: its partitions are hidden, made of the column's hour or day, so there is no key
 * to name and no range that it shows. CloudFormation takes the type of a column as text; what holds fields is written as
 * Iceberg's JSON.
 */
export function createIcebergTable(scope: Construct, props: IcebergTableProps): LakeTable {
  const { schema, partitioning, location, tableName } = props;
  const { databaseName, database } = createDatabase(scope, props);
  const { fields } = toIcebergSchema(schema);
  const source = fields.find(({ name }) => name === partitioning.column);
  const unit = partitioning.intervalUnit === 'HOURS' ? 'hour' : 'day';
  // A text has no hours: such a table has no partitions.
  const isTime = source?.type === 'timestamp';
  const table = new glue.CfnTable(scope, 'Table', {
    catalogId: Stack.of(scope).account,
    databaseName,
    name: tableName,
    openTableFormatInput: {
      icebergInput: {
        metadataOperation: 'CREATE',
        version: '2',
        icebergTableInput: {
          location,
          schema: {
            type: 'struct',
            schemaId: 0,
            fields: fields.map(({ type, ...field }) => ({
              ...field,
              type: typeof type === 'string' ? type : JSON.stringify(type),
            })),
          },
          ...(isTime
            ? {
                partitionSpec: {
                  specId: 0,
                  fields: [
                    {
                      fieldId: 1000,
                      sourceId: source.id,
                      transform: unit,
                      name: `${partitioning.column}_${unit}`,
                    },
                  ],
                },
              }
            : {}),
          properties: { 'write.format.default': 'parquet' },
        },
      },
    },
  });
  if (database !== undefined) table.addResourceDependency(database);
  return lakeTableOf(scope, databaseName, tableName, table);
}

/** Creates delivery streams that append to the Iceberg table: each record is a row, none is updated or deleted. */
export function createIcebergStreams(
  scope: Construct,
  props: DeliveryStreamsProps,
): firehose.CfnDeliveryStream[] {
  const { bucket, table, lakePrefix, buffering } = props;
  const delivery = createDelivery(scope, props);
  const { role } = delivery;
  const { arns } = table;
  role.addToPolicy(
    new iam.PolicyStatement({
      actions: ['glue:GetDatabase', 'glue:UpdateTable'],
      resources: [arns.catalog, arns.database, arns.table],
    }),
  );
  allowObjects(bucket, role, 'commit', [lakePrefix]);
  allowObjects(bucket, role, 'write', [errorsPrefix]);
  return numbered(
    scope,
    props,
    delivery,
    (stream) => {
      const destination: firehose.CfnDeliveryStream.IcebergDestinationConfigurationProperty = {
        roleArn: role.roleArn,
        appendOnly: true,
        catalogConfiguration: { catalogArn: arns.catalog },
        destinationTableConfigurationList: [
          {
            destinationDatabaseName: table.databaseName,
            destinationTableName: table.tableName,
            s3ErrorOutputPrefix: errorsPrefix,
          },
        ],
        bufferingHints: { intervalInSeconds: buffering.toSeconds(), sizeInMBs: 128 },
        processingConfiguration: { enabled: true, processors: [deaggregation] },
        cloudWatchLoggingOptions: loggingOf(delivery),
        s3Configuration: {
          bucketArn: bucket.bucketArn,
          roleArn: role.roleArn,
          errorOutputPrefix: errorsPrefix,
          ...(bucket.encryptionKey === undefined
            ? {}
            : {
                encryptionConfiguration: {
                  kmsEncryptionConfig: { awskmsKeyArn: bucket.encryptionKey.keyArn },
                },
              }),
        },
      };
      stream.icebergDestinationConfiguration = destination;
    },
    table,
    bucket,
  );
}
