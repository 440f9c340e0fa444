import { Names, Stack, aws_athena as athena, aws_glue as glue, RemovalPolicy } from 'aws-cdk-lib';
import { toTableInput, type TableSchema } from '@store/glue-schema';
import type { Construct } from 'constructs';
import type { LakePartitioning } from './lake-partitioning.js';

/** The Glue database and table, and what policies call them. */
export interface LakeTable {
  readonly databaseName: string;
  readonly tableName: string;
  readonly table: glue.CfnTable;
  /** ARNs that a policy needs for reading the table. */
  readonly arns: {
    readonly catalog: string;
    readonly database: string;
    readonly table: string;
    /** Athena looks at the database `default` at each query, whatever the query names (Athena User Guide, "Fine-grained access"). */
    readonly defaultDatabase: string;
  };
}

/** What the table is made of. */
interface LakeTableProps {
  readonly schema: TableSchema;
  readonly partitioning: LakePartitioning;
  readonly location: string;
  /** A database that exists. */
  readonly database?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly tableName: string;
}

/** Creates the database, unless there is one, and the table: columns, partition key and projection. No crawler, no repair. */
export function createTable(scope: Construct, props: LakeTableProps): LakeTable {
  const { schema, partitioning, location, tableName } = props;
  const { databaseName, database } = createDatabase(scope, props);
  const table = new glue.CfnTable(scope, 'Table', {
    catalogId: Stack.of(scope).account,
    databaseName,
    tableInput: {},
  });
  const { key, format, from, intervalUnit } = partitioning;
  table.addPropertyOverride(
    'TableInput',
    toTableInput(schema, {
      tableName,
      location,
      format: 'parquet',
      partitionKeys: [{ name: key, type: 'string' }],
      projection: {
        keys: { [key]: { type: 'date', range: [from, 'NOW'], format, interval: 1, intervalUnit } },
      },
    }),
  );
  if (database !== undefined) table.addResourceDependency(database);
  return lakeTableOf(scope, databaseName, tableName, table);
}

/** What policies call a table. */
export function lakeTableOf(
  scope: Construct,
  databaseName: string,
  tableName: string,
  table: glue.CfnTable,
): LakeTable {
  const arn = (resource: string): string => Stack.of(scope).formatArn({ service: 'glue', resource });
  return {
    databaseName,
    tableName,
    table,
    arns: {
      catalog: arn('catalog'),
      database: arn(`database/${databaseName}`),
      table: arn(`table/${databaseName}/${tableName}`),
      defaultDatabase: arn('database/default'),
    },
  };
}

/** The database's name, and the database where it is made here. Glue makes up no name, so that its place in the app does. */
export function createDatabase(
  scope: Construct,
  { database: given, namePrefix }: Pick<LakeTableProps, 'database' | 'namePrefix'>,
): { readonly databaseName: string; readonly database?: glue.CfnDatabase } {
  if (given !== undefined) return { databaseName: given };
  const databaseName = (namePrefix ?? Names.uniqueResourceName(scope, { maxLength: 120, separator: '_' }))
    .toLowerCase()
    .replaceAll('-', '_');
  const database = new glue.CfnDatabase(scope, 'Database', {
    catalogId: Stack.of(scope).account,
    databaseInput: { name: databaseName, description: 'Events of the lake' },
  });
  return { databaseName, database };
}

/** Bytes that one query may always scan: 10 GB, about five cents. */
const leastCutoff = 10_000_000_000;

/**
 * Bytes that one delivery stream's full load comes to in an hour as Parquet: 5 MiB a second of events of 460 bytes, of
 * which 52 are left (docs/scale.md has both figures).
 */
const parquetBytesPerHour = Math.ceil((5 * 1024 * 1024 * 3600 * 52) / 460);

/** Bytes after which a query of the table is stopped: an hour of all its delivery streams fits. */
export const bytesScannedCutoff = (streams: number): number =>
  Math.max(leastCutoff, streams * parquetBytesPerHour);

/** Athena's work group: results are kept by Athena for a day, encrypted, so no bucket and no grant is needed for them. */
export function createWorkGroup(
  scope: Construct,
  {
    streams,
    namePrefix,
    removalPolicy,
  }: {
    readonly streams: number;
    readonly namePrefix?: string | undefined;
    readonly removalPolicy: RemovalPolicy;
  },
): athena.CfnWorkGroup {
  return new athena.CfnWorkGroup(scope, 'WorkGroup', {
    name:
      namePrefix === undefined
        ? Names.uniqueResourceName(scope, { maxLength: 120 })
        : `${namePrefix}-inventory`,
    recursiveDeleteOption: removalPolicy === RemovalPolicy.DESTROY,
    workGroupConfiguration: {
      enforceWorkGroupConfiguration: true,
      publishCloudWatchMetricsEnabled: true,
      bytesScannedCutoffPerQuery: bytesScannedCutoff(streams),
      engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
      managedQueryResultsConfiguration: { enabled: true },
    },
  });
}
