import { Stack, aws_glue as glue, type aws_s3 as s3 } from 'aws-cdk-lib';
import { toTableInput } from '@store/glue-schema';
import { eventHourPartitioning, inventoryEventSchema } from '@store/schema';
import type { Construct } from 'constructs';
import { lakePrefix } from './lake.js';
import type { Stage } from './stage.js';

/** The Glue database and table, and what policies call them. */
export interface Catalog {
  readonly databaseName: string;
  readonly tableName: string;
  readonly table: glue.CfnTable;
  readonly arns: { readonly catalog: string; readonly database: string; readonly table: string };
}

/** The table's columns, partition key and projection are those of the TypeScript type. No crawler, no repair. */
export function createCatalog(scope: Construct, stage: Stage, lake: s3.Bucket): Catalog {
  const { account } = Stack.of(scope);
  const databaseName = `store_${stage.name}`;
  const tableName = 'inventory_events';
  const database = new glue.CfnDatabase(scope, 'Database', {
    catalogId: account,
    databaseInput: { name: databaseName, description: 'Inventory events of stores' },
  });
  const { key, projection } = eventHourPartitioning;
  const location = `s3://${lake.bucketName}/${lakePrefix}`;
  const table = new glue.CfnTable(scope, 'Table', { catalogId: account, databaseName, tableInput: {} });
  table.addPropertyOverride(
    'TableInput',
    toTableInput(inventoryEventSchema, {
      tableName,
      location,
      format: 'parquet',
      partitionKeys: [{ name: key, type: 'string' }],
      projection: {
        keys: {
          [key]: {
            type: projection.type,
            range: ['2020-01-01-00', 'NOW'],
            format: projection.format,
            interval: projection.interval,
            intervalUnit: projection.intervalUnit,
          },
        },
      },
    }),
  );
  table.addResourceDependency(database);
  const arn = (resource: string): string => Stack.of(scope).formatArn({ service: 'glue', resource });
  return {
    databaseName,
    tableName,
    table,
    arns: {
      catalog: arn('catalog'),
      database: arn(`database/${databaseName}`),
      table: arn(`table/${databaseName}/${tableName}`),
    },
  };
}
