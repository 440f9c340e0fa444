import { Stack, aws_athena as athena, aws_glue as glue, type aws_s3 as s3 } from 'aws-cdk-lib';
import { toTableInput } from '@store/glue-schema';
import { eventHourPartitioning, inventoryEventSchema } from '@store/schema';
import type { Construct } from 'constructs';
import { lakePrefix } from './lake.js';
import { nameOf, type Stage } from './stage.js';

/** The Glue database and table, and what policies call them. */
export interface Catalog {
  /** Name of the Glue database. */
  readonly databaseName: string;
  /** Name of the table of events. */
  readonly tableName: string;
  /** The table as a CloudFormation resource, for others to depend on. */
  readonly table: glue.CfnTable;
  /** ARNs that a policy needs for reading the table. */
  readonly arns: { readonly catalog: string; readonly database: string; readonly table: string };
}

/**
 * Creates the Glue database and table: columns, partition key and projection are those of the TypeScript type. No
 * crawler, no repair.
 *
 * @example
 * ```ts
 * import { createCatalog, createLake, stageOf } from '@store/constructs';
 * import { App, Stack } from 'aws-cdk-lib';
 *
 * const stack = new Stack(new App(), 'inventory');
 * const stage = stageOf('dev');
 * const { databaseName, tableName } = createCatalog(stack, stage, createLake(stack, stage));
 * console.log(`${databaseName}.${tableName}`); // store_dev.inventory_events
 * ```
 */
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

/** Bytes that one query may scan: 10 GB, about five cents. */
export const mostBytesScanned = 10_000_000_000;

/**
 * Creates Athena's work group: results are kept by Athena for a day, encrypted, so no bucket and no grant is
 * needed for them.
 *
 * @example
 * ```ts
 * import { createWorkGroup, stageOf } from '@store/constructs';
 * import { App, Stack } from 'aws-cdk-lib';
 *
 * const stack = new Stack(new App(), 'inventory');
 * console.log(createWorkGroup(stack, stageOf('dev')).name); // store-dev-inventory
 * ```
 */
export function createWorkGroup(scope: Construct, stage: Stage): athena.CfnWorkGroup {
  return new athena.CfnWorkGroup(scope, 'WorkGroup', {
    name: nameOf(stage, 'inventory'),
    recursiveDeleteOption: !stage.permanent,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: mostBytesScanned,
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      managedQueryResultsConfiguration: { enabled: true },
    },
  });
}
