import { Stack, aws_iam as iam, type aws_lambda as lambda } from 'aws-cdk-lib';
import type { InventoryLake } from './inventory-lake.js';
import { allowObjects } from './lake-bucket.js';

/** Prefix of the objects that the state is made of. */
const stockNowPrefix = 'stock_now/';

/**
 * Lets the planner keep the state of the shelves: an Apache Iceberg table in the lake's database and bucket, which it makes itself with
 * the statement of `@store/restock`, so that the columns are written once. Athena commits through the Data Catalog, and
 * takes back the objects that it replaces.
 */
export function keepStockNow(
  plan: lambda.Function,
  { bucket, databaseName, tableName }: InventoryLake,
): void {
  const name = `${tableName}_stock_now`;
  plan.addEnvironment('STOCK_NOW_TABLE', name);
  plan.addEnvironment('STOCK_NOW_LOCATION', `s3://${bucket.bucketName}/${stockNowPrefix}`);
  const arn = (resource: string): string => Stack.of(plan).formatArn({ service: 'glue', resource });
  plan.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['glue:CreateTable', 'glue:GetTable', 'glue:UpdateTable'],
      resources: [arn('catalog'), arn(`database/${databaseName}`), arn(`table/${databaseName}/${name}`)],
    }),
  );
  allowObjects(bucket, plan, 'commit', [stockNowPrefix]);
}
