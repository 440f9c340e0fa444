import type { GlueClient } from '@aws-sdk/client-glue';
import {
  toTableInput,
  toTableName,
  type CompatibilityMode,
  type TableChange,
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
  type PlanOptions,
  type TablePlan,
} from '@store/glue-schema/catalog';
import { CliError } from '../terminal/errors.js';
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
  const plan = await diffTable(glue, await wantedTable(schema, options, glue));
  output.stdout(
    options.json === true ? planJson(plan) : planText(plan, `${database}.${plan.table.Name ?? ''}`),
  );
  if (plan.action === 'none') return 0;
  return plan.report.compatible ? 2 : 3;
}

async function wantedTable(
  schema: TableSchema,
  options: SchemaPushOptions,
  glue: GlueClient,
): Promise<DiffTableOptions> {
  const { database, signal } = options;
  const location = options.location ?? (await liveLocation(schema, options, glue));
  return {
    databaseName: database,
    table: toTableInput(schema, {
      ...tableInputOptions({ ...options, location }),
      // It tells the catalog's readers which manifest the table follows.
      parameters: { [fingerprintParameter]: schemaFingerprint(schema) },
    }),
    ...planOptions(options, renamesOf(schema)),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Where the objects of the catalog's table lie. */
async function liveLocation(
  schema: TableSchema,
  { database, table, signal }: SchemaPushOptions,
  glue: GlueClient,
): Promise<string> {
  const tableName = table ?? toTableName(schema.name);
  const live = await readTable(glue, { databaseName: database, tableName }, signal);
  const location = live?.StorageDescriptor?.Location;
  if (location !== undefined && location !== '') return location.endsWith('/') ? location : `${location}/`;
  throw new CliError('USAGE', `${database}.${tableName} is not in the catalog yet.`, {
    fix: 'Say where its objects lie: --location s3://bucket/prefix/',
  });
}

/** `store schema push`: creates or updates the table. Exit code 0 or 1, and 3 for a change that is refused. */
export async function runSchemaPush(
  options: SchemaPushOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { schema } = readType(options, output);
  if (schema === undefined) return 1;
  const { database, dryRun = false } = options;
  const wanted = await wantedTable(schema, options, glue);
  const name = `${database}.${wanted.table.Name}`;
  const before = await diffTable(glue, wanted);
  if (!before.report.compatible) {
    output.stderr(planText(before, name));
    return 3;
  }
  const { action, versionId, plan } = await pushTable(glue, { ...wanted, dryRun });
  output.stdout(
    options.json === true
      ? `${JSON.stringify({ action, table: name, versionId })}\n`
      : `${planText(plan, name)}${name}: ${action}${versionId === undefined ? '' : `, version ${versionId}`}\n`,
  );
  return 0;
}

function planOptions(
  { compatibility, allowWiden, prune }: SchemaPushOptions,
  renames: Readonly<Record<string, string>>,
): PlanOptions {
  return {
    ...(compatibility === undefined ? {} : { compatibility }),
    allowConditional: allowWiden ?? false,
    prune: prune ?? false,
    renames,
  };
}

const orders = {
  table: 'Push the table first, then the producers.',
  producers: 'Deploy the producers first, then push the table.',
  split: 'Split it: push what is added, deploy the producers, then remove.',
  any: 'The order does not matter.',
} as const;

function planText({ action, report, table, warnings }: TablePlan, name: string): string {
  const count = table.StorageDescriptor?.Columns?.length ?? 0;
  const columns = count === 1 ? '1 column' : `${count} columns`;
  const lines = [
    ...(action === 'create' ? [`${name} is not in the catalog: create it with ${columns}`] : []),
    ...(action === 'none' ? [`${name} is what the type says: ${columns}`] : []),
    ...report.changes.map(changeLine),
    ...report.violations.filter((change) => !report.changes.includes(change)).map(changeLine),
    ...warnings.map((warning) => `! ${warning}`),
    ...(action === 'update' && report.changes.length > 0 ? [orders[report.first]] : []),
    ...(report.compatible ? [] : [`Refused: ${report.violations.length} change(s) break readers.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const changeLine = ({ path, kind, impact, message }: TableChange): string =>
  `${impact.padEnd(11)} ${kind.padEnd(12)} ${path === '' ? '' : `${path}: `}${message}`;

const planJson = ({ action, versionId, report, warnings }: TablePlan): string =>
  `${JSON.stringify({ action, versionId, warnings, ...report }, null, 2)}\n`;

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
}

/** `store schema rollback`: makes an archived version the newest one. */
export async function runSchemaRollback(
  options: SchemaRollbackOptions,
  glue: GlueClient,
  output: SchemaOutput,
): Promise<number> {
  const { to, dryRun = false, database, table } = options;
  const result = await rollbackTable(glue, { ...addressOf(options), versionId: to, dryRun });
  const { action, versionId } = result;
  output.stdout(
    options.json === true
      ? `${JSON.stringify({ action, versionId })}\n`
      : `${database}.${table}: ${action}${versionId === undefined ? '' : `, version ${versionId}`}\n`,
  );
  return 0;
}
