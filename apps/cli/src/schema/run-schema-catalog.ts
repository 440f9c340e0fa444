import type { GlueClient, Table } from '@aws-sdk/client-glue';
import {
  toTableInput,
  toTableName,
  type CompatibilityMode,
  type GlueColumn,
  type TableInputOptions,
  type TableSchema,
} from '@store/glue-schema';
import {
  diffTable,
  fingerprintParameter,
  pushTable,
  readTable,
  schemaFingerprint,
  listTableVersions,
  rollbackTable,
  type DiffTableOptions,
  tableKind,
  type PlanOptions,
} from '@store/glue-schema/catalog';
import { CliError } from '../terminal/errors.js';
import { cascadeText, planJson, planText } from './plan-text.js';
import { readType } from './read-type.js';
import type { SchemaOutput, SchemaSource } from './flags.js';
import { renamesOf, tableInputOptions, type TableFlags } from './run-schema-print.js';

/** Flags of `store schema diff` and `store schema push`. */
export interface SchemaPushOptions extends SchemaSource, Omit<TableFlags, 'location'> {
  /** @defaultValue that of the table in the catalog */
  readonly location?: string;
  readonly database: string;
  /** @defaultValue 'BACKWARD' */
  readonly compatibility?: CompatibilityMode;
  /** Takes changes that depend on the readers, such as a wider integer. */
  readonly allowWiden?: boolean;
  /** Removes columns that only the catalog has. */
  readonly prune?: boolean;
  /** Gives registered partitions the columns of the table. */
  readonly cascade?: boolean;
  /** Makes the database where there is none. */
  readonly createDatabase?: boolean;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
}

/** `store schema diff`: 0 when the catalog's table is the same, 2 when compatible, 3 when not. */
export async function runSchemaDiff(
  options: SchemaPushOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database } = options;
  const wanted = await wantedTable(schema, options, glue);
  const plan = await diffTable(glue, wanted);
  const name = `${database}.${wanted.table.Name}`;
  output.stdout(options.json === true ? planJson(plan, name) : planText(plan, name));
  if (!plan.report.compatible) return 3;
  return plan.action === 'none' ? 0 : 2;
}

/** The table of a type as a push would have it, beside what the catalog has. */
export async function wantedTable(
  schema: TableSchema,
  options: SchemaPushOptions,
  glue: GlueClient,
): Promise<DiffTableOptions> {
  const { database, signal } = options;
  const tableName = options.table ?? toTableName(schema.name);
  const live = await readTable(glue, { databaseName: database, tableName }, signal);
  const location = options.location ?? placeOf(live, `${database}.${tableName}`);
  const table = toTableInput(schema, {
    ...storedAs(live),
    ...tableInputOptions({ ...options, location }),
    // It tells the catalog's readers which manifest the table follows.
    parameters: { [fingerprintParameter]: schemaFingerprint(schema) },
  });
  const PartitionKeys = keysOf(live, schema, options);
  return {
    databaseName: database,
    table: PartitionKeys === undefined ? table : { ...table, PartitionKeys },
    ...planOptions(options, renamesOf(schema)),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** How the objects of the catalog's table are written, where it holds JSON. */
function storedAs(live: Table | undefined): Pick<TableInputOptions, 'format' | 'serde'> {
  const library = live?.StorageDescriptor?.SerdeInfo?.SerializationLibrary ?? '';
  if (!/json/i.test(library)) return {};
  return { format: 'json', serde: /hcatalog|hive/i.test(library) ? 'hive' : 'openx' };
}

/** The catalog's partition keys as they are, where the type marks none: their values are in the path alone. */
function keysOf(
  live: Table | undefined,
  { columns }: TableSchema,
  given: SchemaPushOptions,
): GlueColumn[] | undefined {
  if (given.partitionKey !== undefined || columns.some(({ partitionKey }) => partitionKey === true))
    return undefined;
  const keys = (live?.PartitionKeys ?? []).map(({ Name = '', Type = 'string', Comment }) => ({
    Name,
    Type,
    ...(Comment === undefined ? {} : { Comment }),
  }));
  // A key that is a column of the type now is for the person to settle: the plan says so.
  return columns.some(({ name }) => keys.some((key) => key.Name === name)) ? undefined : keys;
}

/** Where the objects of the catalog's table lie. */
function placeOf(live: Table | undefined, name: string): string {
  const location = live?.StorageDescriptor?.Location;
  if (location !== undefined && location !== '') return location;
  // A view lies nowhere, and its push is refused before anybody looks.
  if (live !== undefined && !['parquet', 'json', 'other'].includes(tableKind(live))) return 's3://nowhere/';
  const fix = 'Say where its objects lie: --location s3://bucket/prefix/';
  if (live === undefined) throw new CliError('USAGE', `${name} is not in the catalog yet.`, { fix });
  throw new CliError('USAGE', `${name} is in the catalog without a location.`, { fix, exitCode: 1 });
}

/** `store schema push`: creates or updates the table. Exit code 0 or 1, and 3 for a change that is refused. */
export async function runSchemaPush(
  options: SchemaPushOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database, dryRun = false, createDatabase = false, json = false } = options;
  const wanted = await wantedTable(schema, options, glue);
  const name = `${database}.${wanted.table.Name}`;
  const before = await diffTable(glue, wanted);
  if (!before.report.compatible) {
    if (json) output.stdout(planJson(before, name));
    else output.stderr(planText(before, name));
    return 3;
  }
  const { action, versionId, plan, cascade } = await pushTable(glue, { ...wanted, dryRun, createDatabase });
  if (json) {
    const { warnings, report } = plan;
    output.stdout(
      `${JSON.stringify({ action, table: name, versionId, kind: plan.kind, changes: report.changes, warnings, cascade })}\n`,
    );
  } else {
    const version = versionId === undefined ? '' : `, version ${versionId}`;
    output.stdout(`${planText(plan, name)}${name}: ${action}${version}\n`);
    if (cascade !== undefined) output.stdout(cascadeText(cascade, plan, dryRun));
  }
  return (cascade?.failed.length ?? 0) > 0 ? 1 : 0;
}

function planOptions(
  { compatibility, allowWiden, prune, cascade }: SchemaPushOptions,
  renames: Readonly<Record<string, string>>,
): PlanOptions {
  return {
    ...(compatibility === undefined ? {} : { compatibility }),
    allowConditional: allowWiden ?? false,
    prune: prune ?? false,
    cascade: cascade ?? false,
    renames,
  };
}

/** Which table of the catalog. */
export interface SchemaTableOptions {
  readonly database: string;
  readonly table: string;
  readonly json?: boolean;
  readonly signal?: AbortSignal;
}

const addressOf = ({
  database,
  table,
  signal,
}: SchemaTableOptions): { databaseName: string; tableName: string; signal?: AbortSignal } => ({
  databaseName: database,
  tableName: table,
  ...(signal === undefined ? {} : { signal }),
});

/** `store schema versions`: the table's versions, newest first. */
export async function runSchemaVersions(
  options: SchemaTableOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const versions = await listTableVersions(glue, addressOf(options));
  if (options.json === true) {
    output.stdout(`${JSON.stringify(versions, null, 2)}\n`);
    return 0;
  }
  for (const { versionId, updatedAt, columns } of versions) {
    const when = updatedAt === undefined ? '' : `  ${updatedAt.toISOString()}`;
    output.stdout(
      `${versionId.padStart(4)}${when}  ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}\n`,
    );
  }
  return 0;
}

/** Flags of `store schema rollback`. */
export interface SchemaRollbackOptions extends SchemaTableOptions {
  /** The version to go back to. */
  readonly to: string;
  readonly dryRun?: boolean;
  /** Gives registered partitions the columns of the version. */
  readonly cascade?: boolean;
  /** What must stay readable of the partitions. @defaultValue 'BACKWARD' */
  readonly compatibility?: CompatibilityMode;
  /** Takes changes that depend on the readers. */
  readonly allowWiden?: boolean;
}

/** `store schema rollback`: makes an archived version the newest one. Exit code 0 or 1, and 3 where it is refused. */
export async function runSchemaRollback(
  options: SchemaRollbackOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { to, dryRun = false, cascade = false, compatibility = 'BACKWARD', allowWiden = false } = options;
  const result = await rollbackTable(glue, {
    ...addressOf(options),
    versionId: to,
    dryRun,
    cascade,
    compatibility,
    allowConditional: allowWiden,
  });
  const { action, versionId, warnings, cascade: followed } = result;
  if (options.json === true) {
    output.stdout(`${JSON.stringify({ action, versionId, warnings, cascade: followed })}\n`);
  } else {
    const version = versionId === undefined ? '' : `, version ${versionId}`;
    output.stdout(warnings.map((warning) => `! ${warning}\n`).join(''));
    output.stdout(`${options.database}.${options.table}: ${action}${version}\n`);
    if (followed !== undefined) output.stdout(cascadeText(followed, result, dryRun));
  }
  return (followed?.failed.length ?? 0) > 0 ? 1 : 0;
}
